import json
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest

from qualkit.errors import ProjectError
from qualkit.project import open_project


def test_an_operation_asked_for_twice_is_done_once(project):
    first = project.codings.add("pre/A3", 0, 3, "cause", op_id="click-1")
    again = project.codings.add("pre/A3", 0, 3, "cause", op_id="click-1")
    assert first == again
    assert len(project.codings.table()) == 1
    project.codings.remove(first, op_id="click-2")
    project.codings.remove(first, op_id="click-2")
    assert project.undo(op_id="click-3") == project.undo(op_id="click-3")
    assert len(project.codings.table()) == 1


def test_an_operation_is_remembered_after_closing(project, path):
    first = project.codings.add("pre/A3", 0, 3, "cause", op_id="click-1")
    project.close()
    with open_project(path, coder="Lin") as again:
        assert again.codings.add("pre/A3", 0, 3, "cause", op_id="click-1") == first
        assert len(again.codings.table()) == 1


def test_one_op_id_for_two_actions_is_refused(project):
    project.codings.add("pre/A3", 0, 3, "cause", op_id="click-1")
    with pytest.raises(ProjectError, match=r"was used for codings\.add before"):
        project.codes.add("x", op_id="click-1")


def test_what_is_refused_leaves_nothing_behind(project):
    events = len(project.history.table())
    with pytest.raises(ProjectError):
        project.codings.add("pre/A3", 0, 3, "type")
    assert len(project.history.table()) == events


def test_what_changes_nothing_is_no_event(project):
    events = len(project.history.table())
    project.cases.update("A3", site="M1")
    assert len(project.history.table()) == events


def test_the_event_stands_in_the_same_transaction_as_the_change(project, path):
    coding = project.codings.add("pre/A3", 0, 3, "cause")
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute(
            "SELECT coder, action, summary, changes, result FROM events ORDER BY event_id DESC"
        ).fetchone()
    assert row[:3] == ("Lin", "codings.add", "cause · pre/A3 · 访谈者")
    (change,) = json.loads(row[3])
    assert (change["table"], change["id"], change["before"]) == ("codings", coding, None)
    assert change["after"]["quote"] == "访谈者"
    assert json.loads(row[4]) == coding


def test_each_commit_is_flushed_to_disk(project):
    with project._database.read() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_many_threads_write_at_once(project):
    errors = []

    def code(number):
        try:
            for _ in range(20):
                project.codings.add("pre/A3", number, number + 1, "cause")
                project.codings.table()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a failure of this test
            errors.append(error)

    threads = [threading.Thread(target=code, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert project.codings.table().groupby("start").size().tolist() == [20] * 5
    assert project.check().empty


WRITER = """
import sys
from qualkit.project import open_project
path, coder = sys.argv[1:]
with open_project(path, coder=coder) as project:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(60):
        coding = project.codings.add("pre/A3", number % 20, number % 20 + 3, "cause", coder=coder)
        if number % 3 == 0:
            project.undo()
"""


def test_two_processes_write_at_once(project, path):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), coder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for coder in ("Lin", "Zhao")
    ]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.close()
    for writer in writers:
        assert writer.wait(60) == 0
        writer.stdout.close()
    assert project.codings.table().groupby("coder").size().to_dict() == {"Lin": 40, "Zhao": 40}
    assert project.check().empty


def test_a_writer_that_waits_too_long_is_told_so(project, path):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with project._database.read() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 50")
        with pytest.raises(ProjectError, match="another program has been writing"):
            project.codings.add("pre/A3", 0, 3, "cause")
        other.execute("ROLLBACK")
    project.codings.add("pre/A3", 0, 3, "cause")


def test_a_closed_project_says_so(project):
    project.close()
    with pytest.raises(ProjectError, match="is closed"):
        project.codings.table()
