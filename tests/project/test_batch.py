"""Many changes in one transaction: each holds or is undone by itself, and all are on disk at the end."""

import pytest

import qualkit as qk
from qualkit.errors import ProjectError


def test_what_was_done_before_an_error_stays(project, path):
    def stop_half_way():
        with project._database.batch():
            project.codes.add("kept")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stop_half_way()
    project.close()
    with qk.open_project(path, coder="Lin") as again:
        assert "kept" in set(again.codes.table()["code"])


def test_a_refused_change_leaves_nothing_and_the_others_hold(project):
    with project._database.batch():
        project.codes.add("one")
        with pytest.raises(ProjectError, match="exists already"):
            project.codes.add("one")
        project.codes.add("two")
    assert {"one", "two"} <= set(project.codes.table()["code"])
    assert project.check().empty


def test_each_change_has_its_own_event_and_is_undone_alone(project):
    before = len(project.history.table())
    with project._database.batch():
        project.codes.add("one")
        project.codes.add("two")
    assert len(project.history.table()) == before + 2
    project.undo()
    assert "one" in set(project.codes.table()["code"])
    assert "two" not in set(project.codes.table()["code"])


def test_what_is_read_meanwhile_is_the_state_so_far(project):
    with project._database.batch():
        project.codes.add("one")
        assert "one" in set(project.codes.table()["code"])


def test_others_see_it_when_it_is_on_disk(project, path):
    with qk.open_project(path, coder="Zhao") as other:
        with project._database.batch():
            project.codes.add("one")
            assert "one" not in set(other.codes.table()["code"])
        assert "one" in set(other.codes.table()["code"])


def test_a_batch_inside_a_batch_is_refused(project):
    refusal = pytest.raises(ProjectError, match="inside another change")
    with project._database.batch(), refusal, project._database.batch():
        pass
