"""Odd arguments are refused with the remedy and leave nothing behind that a table or a check would trip over."""

import sqlite3
from contextlib import closing

import numpy as np
import pytest

import qualkit as qk
from qualkit.errors import DataError, ProjectError, QualkitError
from qualkit.model import Mark, Turn

SURROGATE = "\ud800"


def n_events(project):
    return len(project.history.table())


@pytest.mark.parametrize("value", [SURROGATE, ["a"], ("a", "b"), np.array(["a", "b"]), 10**30, {"a": 1}])
def test_a_value_that_cannot_be_stored_is_refused_and_leaves_nothing(project, value):
    before = n_events(project)
    for attempt in (
        lambda: project.sources.add_text(value, "A3：好", kind="interview", case=value),
        lambda: project.sources.add_text("x", "A3：好", kind="interview", session=value),
        lambda: project.codings.add(value, 0, 3, "cause"),
        lambda: project.codings.add("pre/A3", 0, 3, value),
        lambda: project.codings.table(code=value),
        lambda: project.sessions.add(value),
    ):
        with pytest.raises(QualkitError, match=r"\. \w|; \w"):
            attempt()
    assert n_events(project) == before
    assert project.check().empty


@pytest.mark.parametrize("name", ["coder", "memo"])
def test_a_lone_surrogate_is_named(project, name):
    with pytest.raises(DataError, match="character 0 is half of a surrogate pair"):
        project.codings.add("pre/A3", 0, 3, "cause", **{name: SURROGATE})
    assert project.codings.table().empty


def test_positions_of_numpy_are_stored_as_numbers(project):
    turn, mark = Turn(start=np.int64(0), end=np.int64(2), time_ms=np.int64(5)), Mark(start=np.int32(1), end=np.int32(2))
    project.sources.add_text("x", "你好", kind="interview", turns=[turn], marks=[mark])
    source = project.sources.get("x")
    assert (source.turns, source.marks) == ((Turn(start=0, end=2, time_ms=5),), (Mark(start=1, end=2),))
    assert project.check().empty


@pytest.mark.parametrize(
    "turn", [(0, 1), Turn(start=0.5, end=1), Turn(start=None, end=1), Turn(start=0, end=1, time_ms="x")]
)
def test_turns_without_whole_places_are_refused(project, turn):
    with pytest.raises(DataError, match="Give a"):
        project.sources.add_text("x", "你好", kind="interview", turns=[turn])


@pytest.mark.timeout(5)
def test_a_text_beyond_any_interview_is_refused_in_time(project):
    with pytest.raises(DataError, match="x: the text has 10,000,001 characters; up to 10,000,000 are kept"):
        project.sources.add_text("x", "好" * 10_000_001, kind="interview")
    assert project.sources.table()["name"].tolist() == ["pre/A3"]


def test_true_and_false_are_no_places(project):
    with pytest.raises(DataError, match="start=False is no place"):
        project.codings.add("pre/A3", False, True, "cause")


@pytest.mark.parametrize("text", [None, "", "  ", 5])
def test_a_memo_without_words_is_refused(project, text):
    source = project.sources.table().source_id[0]
    with pytest.raises(DataError, match="Write some text"):
        project.memos.add(source, text)


@pytest.mark.parametrize(
    "options", [{"title": SURROGATE}, {"coder": SURROGATE}, {"coder": ["a", "b"]}, {"waves": None}, {"language": "xx"}]
)
def test_a_project_that_cannot_be_made_leaves_no_file(tmp_path, options):
    with pytest.raises(QualkitError):
        qk.create_project(tmp_path / "new.qualkit", **options)
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_no_system_accepts_is_refused(tmp_path):
    with pytest.raises(ProjectError, match="cannot be opened"):
        qk.open_project(tmp_path / ("x" * 300))
    with pytest.raises(ProjectError, match="cannot be made"):
        qk.create_project(str(tmp_path / "a\0b"))


@pytest.mark.parametrize(
    "statement", ["DELETE FROM alembic_version", "UPDATE settings SET value = '{'", "DROP TABLE settings"]
)
def test_a_project_without_what_it_needs_is_said_to_be_damaged(project, path, statement):
    project.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    with pytest.raises(ProjectError, match=r"damaged|no such table"):
        qk.open_project(path)


def test_a_project_held_by_another_program_is_not_called_damaged(project, path, monkeypatch):
    project.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connect = sqlite3.connect
        monkeypatch.setattr(sqlite3, "connect", lambda *args, **options: connect(*args, **{**options, "timeout": 0.1}))
        with pytest.raises(ProjectError, match="held by another program"):
            qk.open_project(path)


def test_a_device_is_no_project():
    with pytest.raises(ProjectError, match="a device or a pipe"):
        qk.open_project("/dev/null")
