"""Paths that lead nowhere, may not be read or change while they are imported cost one row of the report."""

import errno
import os
import sys
from pathlib import Path

import pytest

import qualkit as qk

TALK = "社工：你好。\nA1：我想去。\n"
ON_LINUX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links and rights")


@pytest.fixture
def study(tmp_path):
    """A folder with two transcripts."""
    for name in ("pre/A1.txt", "post/A1.txt"):
        file = tmp_path / "study" / "interviews" / name
        file.parent.mkdir(parents=True)
        file.write_text(TALK, encoding="utf-8")
    return tmp_path / "study"


@pytest.fixture
def project(tmp_path):
    with qk.create_project(tmp_path / "a.qualkit", title="x", prefix="BAD") as opened:
        yield opened


def statuses(report):
    return {row["file"]: row["status"] for row in report.to_dict("records") if row["file"] != "study.yaml"}


@ON_LINUX
def test_links_that_lead_in_circles_do_not_hold_an_import_up(study, project):
    pre = study / "interviews" / "pre"
    (pre / "A2.txt").symlink_to("A3.txt")
    (pre / "A3.txt").symlink_to("A2.txt")
    (pre / "again").symlink_to(study, target_is_directory=True)
    report = project.import_folder(study)
    assert set(statuses(report).values()) == {"imported"}
    assert project.check().empty
    refused = project.import_files([pre / "A2.txt"])
    assert refused.status.item() == "refused"
    assert "A2.txt" in refused.detail.item()


def test_a_folder_and_a_file_that_may_not_be_read_are_named(study, project, monkeypatch):
    # Those who run tests may often read everything: the system's refusal is played.
    locked = study / "interviews" / "post"
    (study / "interviews" / "pre" / "A2.txt").write_text(TALK, encoding="utf-8")
    scan, read = os.scandir, Path.read_bytes

    def refuse(path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", lambda path=".": refuse(path) if Path(path) == locked else scan(path))
    monkeypatch.setattr(Path, "read_bytes", lambda path: refuse(path) if path.stem in ("A2", "post") else read(path))
    report = project.import_folder(study).set_index("file")
    assert report.status["interviews/pre/A1.txt"] == "imported"
    for name in ("interviews/pre/A2.txt", "interviews/post"):
        assert report.status[name] == "refused"
        assert "check its permissions" in report.detail[name]
    assert project.check().empty


@pytest.mark.parametrize("changes", ["gone", "empty", "a folder", "another text"])
def test_a_file_that_changes_while_it_is_imported_costs_nothing_else(study, project, changes):
    victim = study / "interviews" / "post" / "A1.txt"

    def change(done, n, file):
        if done == 1 and victim.is_file():
            victim.unlink()
            if changes == "a folder":
                victim.mkdir()
            elif changes != "gone":
                victim.write_text("" if changes == "empty" else TALK * 2, encoding="utf-8")

    report = project.import_folder(study, progress=change)
    found = statuses(report)
    assert found["interviews/pre/A1.txt"] == "imported"
    assert found["interviews/post/A1.txt"] in ("imported", "refused")
    assert project.check().empty
    assert len(project.sources.table()) == list(found.values()).count("imported")


@pytest.mark.parametrize("name", ["x" * 300 + ".txt", "A\0.txt", "y" * 5000 + ".docx", "中" * 200 + ".txt"])
def test_a_name_no_system_accepts_is_refused(study, project, name):
    report = project.import_files([study / name, study / "interviews" / "pre" / "A1.txt"])
    assert sorted(report.status) == ["imported", "refused"]
    assert project.check().empty


@ON_LINUX
def test_folders_within_folders_are_gone_through(study, project):
    deep = study / "interviews" / Path(*["a"] * 400)
    deep.mkdir(parents=True)
    (deep / "A9.txt").write_text(TALK, encoding="utf-8")
    report = project.import_folder(study)
    assert sorted(statuses(report).values()) == ["imported"] * 3
    assert project.check().empty


@ON_LINUX
@pytest.mark.parametrize("name", ["CON.txt", "nul.docx", "A3\n2.txt", "A3\u202etxt.txt", " .txt", "A3\udcff.txt"])
def test_odd_names_of_files_are_taken_as_they_are_or_refused(study, project, name):
    (study / "interviews" / "pre" / name).write_text(TALK, encoding="utf-8")
    found = statuses(project.import_folder(study))
    assert list(found.values()).count("imported") >= 2
    assert project.check().empty
    project.sources.table().to_csv()
