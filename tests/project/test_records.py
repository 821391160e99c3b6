import numpy as np
import pandas as pd
import pytest

from qualkit.errors import DataError, NotFoundError, OptionError
from qualkit.project import open_project
from qualkit.scales import Norm, Scale
from qualkit.tables import RESPONSES, SCORES

SCALE = Scale(
    id="mood", low=1, high=5, items=[1, 2, 3], subscales={"a": [1, 2], "b": [3]}, reverse=[3], max_missing=1,
    direction="lower is better", norms={"a": Norm(sd=2.0, reliability=0.8)}, title={"zh": "情绪"},
)  # fmt: skip


@pytest.fixture
def scaled(project):
    """The small project with a scale of three items."""
    project.scales.add(SCALE)
    return project


def wide(**answers):
    return pd.DataFrame([{"case": case, "1": one, "2": two, "3": three} for case, (one, two, three) in answers.items()])


def test_a_scale_comes_back_as_it_was(scaled, path):
    assert scaled.scales.get("mood") == SCALE
    scaled.close()
    with open_project(path) as again:
        assert again.scales.get("mood") == SCALE
        assert again.scales.get("mood").score(wide(A3=(1, 2, 3))).score.tolist() == [3, 3]


def test_answers_are_scored_by_the_scales_of_the_project(scaled):
    scaled.responses.add_table(wide(A3=(4, np.nan, 1)), wave="pre")
    scaled.responses.add_table(wide(A3=(1, 2, 5)), wave="post")
    assert set(RESPONSES.columns) == set(scaled.responses.table().columns)
    scores = scaled.scores.table()
    assert list(scores.columns) == list(SCORES.columns)
    assert scores[["subscale", "wave", "score", "n_answered"]].values.tolist() == [
        ["a", "pre", 8, 1],
        ["b", "pre", 5, 1],
        ["a", "post", 3, 2],
        ["b", "post", 1, 1],
    ]


def test_a_corrected_answer_takes_the_place_of_the_earlier_one(scaled):
    scaled.responses.add_table(wide(A3=(4, np.nan, 1)), wave="pre")
    scaled.responses.add_table(wide(A3=(4, 2, 1)), wave="pre")
    assert scaled.responses.table().value.tolist() == [4, 2, 1]
    scaled.undo()
    assert scaled.responses.table().value.isna().tolist() == [False, True, False]


def test_answers_that_cannot_be_are_refused_whole(scaled):
    with pytest.raises(DataError, match="case A3, wave pre, item 2: 9 is out of range"):
        scaled.responses.add_table(wide(A3=(4, 9, 1)), wave="pre")
    with pytest.raises(NotFoundError, match="no case 'A9'"):
        scaled.responses.add_table(wide(A3=(4, 2, 1), A9=(1, 1, 1)), wave="pre")
    with pytest.raises(OptionError, match="wave='T9'"):
        scaled.responses.add_table(wide(A3=(4, 2, 1)), wave="T9")
    assert scaled.responses.table().empty
    assert scaled.scores.table().empty
    assert list(scaled.scores.table().columns) == list(SCORES.columns)


def test_without_a_scale_answers_are_refused(project):
    with pytest.raises(DataError, match="Which scale are these answers to"):
        project.responses.add_table(wide(A3=(1, 2, 3)), wave="pre")


def test_a_session_is_added_and_changed_by_its_number(project):
    first = project.sessions.add(1, date="2031-09-20", name="相识")
    assert project.sessions.add(1, aim="认识") == first
    project.sessions.add(10)
    project.sessions.add(2)
    assert project.sessions.table()[["session", "name", "aim"]].fillna("").values.tolist() == [
        [1, "相识", "认识"],
        [2, "", ""],
        [10, "", ""],
    ]
    with pytest.raises(DataError, match="session='one' is no number"):
        project.sessions.add("one")


def test_attendance_is_said_once_per_case_and_session(project):
    project.sessions.add(1)
    project.sessions.set_attendance(1, "A3", True)
    project.sessions.set_attendance(1, "A3", False)
    assert project.sessions.attendance_table()[["session", "case", "attended"]].values.tolist() == [[1, "A3", False]]
    with pytest.raises(NotFoundError, match="no session 7"):
        project.sessions.set_attendance(7, "A3", True)


def test_ratings_of_an_observer_are_replaced_not_doubled(project):
    project.sessions.add(1)
    ratings = pd.DataFrame(
        {"session": [1, 1], "case": ["A3", "A3"], "observer": ["O1", "O2"], "item": "参与度", "value": [3.0, np.nan]}
    )
    project.observations.add_table(ratings)
    project.observations.add_table(ratings.assign(value=[4.0, 2.0], attended=True))
    assert project.observations.table()[["observer", "value", "attended"]].values.tolist() == [
        ["O1", 4.0, True],
        ["O2", 2.0, True],
    ]


def test_chains_of_the_logic_model_keep_their_order(project):
    first = project.links.add(problem="退缩", need="被听见")
    project.links.add(problem="攻击", session="5")
    assert project.links.table().problem.tolist() == ["退缩", "攻击"]
    project.links.remove(first)
    assert project.links.table().problem.tolist() == ["攻击"]
    with pytest.raises(DataError, match="A chain has no reason"):
        project.links.add(reason="x")


def test_memos_go_on_anything_and_say_what_it_is(project):
    code = project.codes.table().code_id[0]
    project.memos.add(code, "想一想", kind="theory")
    memo = project.memos.table().iloc[0]
    assert (memo.target, memo.kind, memo.coder) == ("codes", "theory", "Lin")
    project.memos.update(memo.memo_id, "再想")
    project.memos.remove(memo.memo_id)
    assert project.memos.table().empty
    with pytest.raises(NotFoundError, match="Nothing in this project has the id 'x'"):
        project.memos.add("x", "text")
    with pytest.raises(OptionError, match="kind='secret'"):
        project.memos.add(code, "text", kind="secret")
