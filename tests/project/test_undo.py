import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.errors import ProjectError, QualkitError
from qualkit.project import create_project, open_project
from qualkit.project.schema import LIVING
from qualkit.project.undo import Event


def visible_state(path):
    """Every present row of every living table."""
    with closing(sqlite3.connect(path)) as connection:
        return {name: set(connection.execute(f"SELECT * FROM {name} WHERE removed_at IS NULL")) for name in LIVING}  # noqa: S608


def test_undo_takes_back_and_redo_does_again(project):
    coding = project.codings.add("pre/A3", 0, 3, "cause")
    done = project.undo()
    assert isinstance(done, Event)
    assert done.action == "codings.add"
    assert project.codings.table().empty
    assert project.history.next_undo().action == "codes.add"
    assert project.redo() == done
    assert project.codings.table().coding_id.tolist() == [coding]
    assert project.redo() is None


def test_a_new_action_ends_what_could_be_redone(project):
    project.codings.add("pre/A3", 0, 3, "cause")
    project.undo()
    project.codings.add("pre/A3", 0, 5, "cause")
    assert project.history.next_redo() is None
    assert project.redo() is None
    project.undo()
    assert project.redo() is not None
    assert project.codings.table().end.tolist() == [5]


def test_undo_within_a_section_leaves_other_actions_alone(project):
    project.codings.add("pre/A3", 0, 3, "cause")
    assert project.undo(section="codings").action == "codings.add"
    assert project.undo(section="codings") is None
    assert len(project.codes.table()) == 4
    assert project.redo(section="codes") is None
    assert project.redo(section="codings").action == "codings.add"


def test_the_making_of_the_project_is_not_undone(path):
    with create_project(path) as project:
        assert project.undo() is None
        assert project.redo() is None


def test_undo_is_an_event_and_nothing_is_deleted(project):
    project.codings.add("pre/A3", 0, 3, "cause")
    project.undo()
    last = project.history.table().iloc[-1]
    assert last.action == "undo"
    assert last.undoes == last.event_id - 1
    with project._database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM codings").scalar() == 1


def test_undo_and_redo_survive_closing(project, path):
    coding = project.codings.add("pre/A3", 0, 3, "cause", memo="嗯")
    project.codings.set_memo(coding, "另一个")
    project.undo()
    project.close()
    with open_project(path, coder="Lin") as again:
        assert again.codings.table().memo.tolist() == ["嗯"]
        again.redo()
        assert again.codings.table().memo.tolist() == ["另一个"]
        again.undo()
        again.undo()
        assert again.codings.table().empty


def test_each_coder_undoes_their_own(project, path):
    project.codings.add("pre/A3", 0, 3, "cause")
    with open_project(path, coder="Zhao") as other:
        other.codings.add("pre/A3", 0, 5, "cause")
        project.undo()
        assert other.codings.table().coder.tolist() == ["Zhao"]
        other.undo()
        assert other.undo() is None
    assert project.codings.table().empty


def test_undo_is_refused_when_another_has_changed_the_row_since(project, path):
    coding = project.codings.add("pre/A3", 0, 3, "cause")
    with open_project(path, coder="Zhao") as other:
        other.codings.update(coding, weight=3)
    before = visible_state(path)
    with pytest.raises(ProjectError, match=r"codings DEV-\w+ was changed since by Zhao"):
        project.undo()
    assert visible_state(path) == before
    with open_project(path, coder="Zhao") as other:
        other.undo()
    project.undo()
    assert project.codings.table().empty


def test_undo_is_refused_while_another_uses_what_would_go(project, path):
    project.codes.add("strategy")
    with open_project(path, coder="Zhao") as other:
        other.codings.add("pre/A3", 0, 3, "strategy")
    with pytest.raises(ProjectError, match=r"codes 'strategy' is still in use \(1 in codings\)"):
        project.undo()


def test_redo_is_refused_when_what_it_needs_is_gone(project, path):
    project.codings.add("pre/A3", 0, 3, "cause")
    project.undo()
    with open_project(path, coder="Zhao") as other:
        other.codes.remove("cause")
    with pytest.raises(ProjectError, match="needs a row of codes that has been removed since"):
        project.redo()


def test_redo_is_refused_when_the_name_is_taken(project, path):
    project.codes.add("strategy")
    project.undo()
    with open_project(path, coder="Zhao") as other:
        other.codes.add("strategy")
    with pytest.raises(ProjectError, match="something else of the same name"):
        project.redo()
    assert project.check().empty


def actions(project, draw):
    # One random action; what it refuses is as good as what it does.
    codings = project.codings.table().coding_id.tolist()
    codes = project.codes.table().code.tolist()
    cases = project.cases.table().case.tolist()
    names = st.sampled_from(["a", "b", "a.c", "d"])
    start = draw(st.integers(0, 10))
    choice = draw(st.integers(0, 13))
    if choice <= 2 and codes:
        project.codings.add(
            "text",
            start,
            start + draw(st.integers(1, 5)),
            draw(st.sampled_from(codes)),
            memo=draw(st.sampled_from([None, "memo"])),
        )
    elif choice == 3 and codings:
        project.codings.remove(draw(st.sampled_from(codings)))
    elif choice == 4 and codings:
        project.codings.set_memo(draw(st.sampled_from(codings)), draw(st.sampled_from(["", "one", "two"])))
    elif choice == 5 and codings:
        project.codings.update(draw(st.sampled_from(codings)), weight=draw(st.integers(0, 4)))
    elif choice == 6:
        project.codes.add(draw(names), label=draw(st.text(max_size=3).filter(str.isprintable)))
    elif choice == 7 and codes:
        project.codes.update(draw(st.sampled_from(codes)), definition=draw(names))
    elif choice == 8 and codes:
        project.codes.remove(draw(st.sampled_from(codes)))
    elif choice == 9:
        project.cases.add(draw(names), role=draw(names), age=start)
    elif choice == 10 and cases:
        project.cases.set_speaker(draw(st.sampled_from([None, "text"])), draw(names), draw(st.sampled_from(cases)))
    elif choice == 11 and cases:
        project.cases.remove(draw(st.sampled_from(cases)))
    elif choice == 12:
        text = project.sources.get("text").text
        project.sources.correct("text", text[:start] + draw(st.sampled_from(["", "又", "说了"])) + text[start + 1 :])
    else:
        project.sources.add_text(draw(names), "甲：乙。", kind="interview", case=draw(names))


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_actions_are_undone_to_the_start_and_redone_to_the_end(data, tmp_path_factory):
    path = tmp_path_factory.mktemp("undo") / "random.qualkit"
    with create_project(path) as other:
        other.sources.add_text("text", "A：说一些话，再说一些。", kind="interview")
    with open_project(path, coder="Lin") as project:
        states = [visible_state(path)]
        for _ in range(data.draw(st.integers(1, 15))):
            try:
                actions(project, data.draw)
            except QualkitError:
                assert visible_state(path) == states[-1]
            if visible_state(path) != states[-1]:
                states.append(visible_state(path))
        for state in reversed(states[:-1]):
            assert project.undo() is not None
            assert visible_state(path) == state
        assert project.undo() is None
        for state in states[1:]:
            assert project.redo() is not None
            assert visible_state(path) == state
        assert project.redo() is None
        assert set(project.check()["check"]) <= {"version"}  # codings whose words were corrected away
