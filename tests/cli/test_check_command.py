"""``qualkit check`` says whether a project file is sound."""

import sqlite3
import subprocess
import sys

import qualkit as qk


def check(path):
    return subprocess.run([sys.executable, "-m", "qualkit", "check", str(path)], capture_output=True, encoding="utf-8")


def test_a_sound_project_passes(tmp_path):
    path = tmp_path / "a.qualkit"
    qk.create_project(path, title="a", prefix="A").close()
    done = check(path)
    assert done.returncode == 0, done.stderr
    assert "sound" in done.stdout


def test_a_file_that_is_no_project_is_named(tmp_path):
    path = tmp_path / "a.qualkit"
    path.write_bytes(b"not a database at all" * 100)
    done = check(path)
    assert done.returncode == 1
    assert "a.qualkit" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_coding_that_lost_its_words_is_shown(tmp_path):
    path = tmp_path / "a.qualkit"
    with qk.create_project(path, title="a", prefix="A") as project:
        project.sources.add_text("t", "我不想说。", kind="interview")
        project.codes.add("silence")
        coding = project.codings.add("t", 0, 4, "silence")
    with sqlite3.connect(path) as database:
        database.execute("update codings set quote = '别的话' where coding_id = ?", (coding,))
    database.close()
    done = check(path)
    assert done.returncode == 1
    assert coding in done.stdout
