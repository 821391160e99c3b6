"""``qualkit import`` brings a folder or files into a project and says what became of each."""

import subprocess
import sys

import pytest

import qualkit as qk

pytestmark = pytest.mark.slow  # every test starts a program of its own

WORDS = "访谈者：下课呢？\nA3：自己待着。\n"


def run(*arguments, cwd):
    command = [sys.executable, "-m", "qualkit", "import", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, stdin=subprocess.DEVNULL)


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "study"
    (folder / "interviews" / "pre").mkdir(parents=True)
    (folder / "interviews" / "pre" / "A3.txt").write_text(WORDS, encoding="utf-8")
    return folder


def test_a_folder_makes_its_project_and_comes_in(study, tmp_path):
    done = run(study, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "导入：2 个文件" in done.stdout
    with qk.open_project(tmp_path / "study.qualkit") as project:
        assert project.sources.table()["name"].tolist() == ["pre/A3"]


def test_imported_again_it_says_that_nothing_changed(study, tmp_path):
    run(study, cwd=tmp_path)
    done = run(study, "--language", "en", cwd=tmp_path)
    assert done.stdout.splitlines() == ["unchanged: 2 files"]


def test_a_refused_file_is_named_and_the_command_fails(study, tmp_path):
    (study / "interviews" / "pre" / "A4.docx").write_bytes(b"PK\x03\x04 broken")
    done = run(study, "--language", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert "A4.docx" in done.stderr
    assert "Traceback" not in done.stderr
    assert "imported: 2 files" in done.stdout


def test_single_files_go_into_a_named_project(study, tmp_path):
    file = tmp_path / "小雨后测.txt"
    file.write_text(WORDS, encoding="utf-8")
    done = run(file, "--project", "own.qualkit", "--case", "A3", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    with qk.open_project(tmp_path / "own.qualkit") as project:
        assert project.sources.table()[["name", "case", "wave"]].values.tolist() == [["post/A3", "A3", "post"]]


def test_a_changed_file_is_offered_and_taken_on_demand(study, tmp_path):
    run(study, cwd=tmp_path)
    with qk.open_project(tmp_path / "study.qualkit") as project:
        project.codes.add("alone")
        project.codings.add("pre/A3", 12, 16, "alone")
    file = study / "interviews" / "pre" / "A3.txt"
    file.write_text("访谈者：那下课呢？\nA3：自己待着。\n", encoding="utf-8")
    offered = run(study, "--language", "en", cwd=tmp_path)
    assert offered.returncode == 0, offered.stderr
    assert "changed since (not taken yet): 1 files" in offered.stdout
    taken = run(study, "--changed", "accept", "--language", "en", cwd=tmp_path)
    assert "new version taken: 1 files" in taken.stdout
    with qk.open_project(tmp_path / "study.qualkit") as project:
        assert project.codings.table()[["start", "text"]].values.tolist() == [[13, "自己待着"]]


def test_files_without_a_project_are_told_to_name_one(study, tmp_path):
    done = run(study / "interviews" / "pre" / "A3.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert "--project FILE.qualkit" in done.stderr


def test_a_folder_that_is_not_there_is_named_and_no_project_is_made(tmp_path):
    done = run("没有的文件夹", "--project", "own.qualkit", cwd=tmp_path)
    assert done.returncode == 1
    assert "does not exist" in done.stderr
    assert not (tmp_path / "own.qualkit").exists()
