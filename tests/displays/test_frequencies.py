"""Frequencies of a questionnaire: percentages are of those who answered, and the others stand apart."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.displays import survey_frequencies
from qualkit.errors import DataError


def question(name, kind, part=None, options=None):
    return {"question": name, "text": name, "kind": kind, "part": part, "options": options or {}}


def answer(person, name, value=None, label=None, part=None, state="answered"):
    return {"respondent": str(person), "question": name, "part": part, "value": value, "label": label, "state": state}


def count(answers, questions):
    table = pd.DataFrame(answers).astype({"value": "float64"})
    return survey_frequencies(table, pd.DataFrame(questions))


def shown(table, *columns):
    return [
        tuple(None if value != value else value for value in row)
        for row in table[list(columns)].itertuples(index=False)
    ]


def test_percentages_of_a_single_choice_are_of_those_who_answered():
    answers = [answer(1, "q1", 1), answer(2, "q1", 2), answer(3, "q1", 1), answer(4, "q1", 1)]
    answers += [answer(5, "q1", state="skipped"), answer(6, "q1", label="拒答", state="empty")]
    table = count(answers, [question("q1", "single", options={"1": "是", "2": "否", "3": "不知道"})])
    assert shown(table, "state", "value", "label", "n", "n_answered", "percent") == [
        ("answered", 1, "是", 3, 4, 75),
        ("answered", 2, "否", 1, 4, 25),
        ("answered", 3, "不知道", 0, 4, 0),
        ("skipped", None, None, 1, 4, None),
        ("empty", None, None, 1, 4, None),
    ]
    assert list(table.respondents) == [["1", "3", "4"], ["2"], [], ["5"], ["6"]]


def test_words_are_counted_by_their_option_whatever_is_written_beside_it():
    answers = [
        answer(1, "q1", label="奶奶"),
        answer(2, "q1", label="其他〖姑姑〗"),
        answer(3, "q1", label="其他〖舅舅〗"),
    ]
    table = count(answers, [question("q1", "single", options={"奶奶": "奶奶", "其他": "其他"})])
    assert shown(table, "label", "n") == [("奶奶", 1), ("其他", 2)]


def test_numbers_without_labels_are_counted_in_their_order():
    table = count(
        [answer(person, "q1", value) for person, value in enumerate([10, 2, 2, 9])], [question("q1", "single")]
    )
    assert shown(table, "value", "n") == [(2, 2), (9, 1), (10, 1)]


def test_a_multiple_choice_has_percentages_of_people_and_of_choices():
    chosen = {1: ["画画", "看书"], 2: ["看书"], 3: [], 4: None}
    answers = [
        answer(
            person,
            "q6",
            None if found is None else float(part in found),
            part=part,
            state="skipped" if found is None else "answered",
        )
        for person, found in chosen.items()
        for part in ("画画", "看书", "打球")
    ]
    table = count(answers, [question("q6", "multiple", part) for part in ("画画", "看书", "打球")])
    assert shown(table, "state", "part", "n", "n_answered") == [
        ("answered", "画画", 1, 3),
        ("answered", "看书", 2, 3),
        ("answered", "打球", 0, 3),
        ("skipped", None, 1, 3),
    ]
    assert list(table.percent[:3]) == pytest.approx([100 / 3, 200 / 3, 0])
    assert list(table.percent_of_answers[:3]) == pytest.approx([100 / 3, 200 / 3, 0])


def test_each_row_of_a_matrix_is_counted_by_itself():
    answers = [
        answer(1, "q5", 1, part="甲"),
        answer(1, "q5", 2, part="乙"),
        answer(2, "q5", 2, part="甲"),
        answer(2, "q5", part="乙", state="empty"),
    ]
    options = {"1": "否", "2": "是"}
    table = count(answers, [question("q5", "matrix", part, options) for part in ("甲", "乙")])
    assert shown(table, "part", "state", "label", "n", "percent") == [
        ("甲", "answered", "否", 1, 50),
        ("甲", "answered", "是", 1, 50),
        ("乙", "answered", "否", 0, 0),
        ("乙", "answered", "是", 1, 100),
        ("乙", "empty", None, 1, None),
    ]


def test_a_ranking_has_mean_ranks_of_those_who_ranked():
    answers = [
        answer(1, "q7", 1, part="老师"),
        answer(1, "q7", 2, part="同学"),
        answer(2, "q7", 2, part="老师"),
        answer(2, "q7", part="同学", state="empty"),
    ]
    table = count(answers, [question("q7", "ranking", part) for part in ("老师", "同学")])
    assert shown(table, "part", "n", "percent", "mean_rank") == [("老师", 2, 100, 1.5), ("同学", 1, 50, 2)]


def test_open_answers_are_counted_but_not_listed():
    table = count([answer(1, "q3", label="想家"), answer(2, "q3", state="empty")], [question("q3", "open")])
    assert shown(table, "state", "label", "n") == [("answered", None, 1), ("empty", None, 1)]


def test_a_question_nobody_answered_has_no_percentage_and_says_why():
    table = count([answer(1, "q1", state="skipped")], [question("q1", "single", options={"1": "是"})])
    assert shown(table, "state", "n", "percent", "note") == [
        ("answered", 0, None, "nobody answered"),
        ("skipped", 1, None, "nobody answered"),
    ]


def test_two_waves_at_once_are_refused():
    with pytest.raises(DataError, match=r"respondent 1 has two answers to q1. Count one questionnaire"):
        count([answer(1, "q1", 1), answer(1, "q1", 2)], [question("q1", "single")])


@given(st.lists(st.sampled_from([1.0, 2.0, 3.0, None, "skipped"]), min_size=1, max_size=30))
def test_every_respondent_is_counted_once(given_answers):
    answers = [
        answer(
            person,
            "q1",
            one if isinstance(one, float) else None,
            state="answered" if isinstance(one, float) else one or "empty",
        )
        for person, one in enumerate(given_answers)
    ]
    table = count(answers, [question("q1", "single", options={"1": "甲", "2": "乙"})])
    assert table.n.sum() == len(given_answers)
    assert sorted(person for people in table.respondents for person in people) == sorted(
        map(str, range(len(given_answers)))
    )
    if table.n_answered.max():
        assert table.percent.sum() == pytest.approx(100)
