"""Questionnaires in plain tables, and answers that are pointed out as too fast or all alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.readers import read_survey
from qualkit.readers.survey_flags import longest_runs
from qualkit.readers.survey_people import match_cases, plain_case


def test_a_table_in_chinese_is_read(write):
    rows = ["A3,2031-04-02 09:00:00,120,女,想爸爸", "A5,2031-04-02 09:05:00,90,女,没有"]
    text = "\n".join(["编号,提交时间,用时（秒）,性别,你最想说什么", *rows])
    survey = read_survey(write("a.csv", text))
    assert list(survey.questions.text) == ["性别", "你最想说什么"]
    assert list(survey.questions.kind) == ["single", "open"]
    assert list(survey.respondents.case) == ["A3", "A5"]
    assert list(survey.respondents.seconds) == [120, 90]
    assert list(survey.respondents.submitted_at) == ["2031-04-02T09:00:00", "2031-04-02T09:05:00"]


def test_a_table_in_english_is_read(write):
    text = (
        "Timestamp,Case ID,Full name,Friends [at school],Friends [at home],Hobbies (select all that apply),Comments\n"
        '2031-04-02 09:00:00,A3,X,4,2,"drawing, football",I would like to stay longer.\n'
        "2031-04-02 09:01:00,A5,Y,3,3,drawing,Nothing.\n"
    )
    survey = read_survey(write("a.csv", text))
    assert list(survey.questions.kind) == ["matrix", "matrix", "multiple", "multiple", "open"]
    assert list(survey.questions.part)[:4] == ["at school", "at home", "drawing", "football"]
    assert list(survey.dropped.column) == ["Full name"]
    assert list(survey.respondents.case) == ["A3", "A5"]


@pytest.mark.parametrize("heading", ["{}", "item_{}", "第{}题", "Q{}"])
def test_numbered_columns_with_answers_in_one_range_are_items_of_a_scale(write, heading):
    header = ",".join(["编号", *(heading.format(item) for item in (1, 2, 4))])
    survey = read_survey(write("a.csv", f"{header}\nA3,5,4,\nA5,1,2,3\n"))
    assert set(survey.questions.kind) == {"scale_item"}
    assert list(survey.questions.part_number) == [1, 2, 4]
    assert list(survey.answers.state) == ["answered", "answered", "empty", "answered", "answered", "answered"]


def test_numbered_columns_with_words_are_questions(write):
    survey = read_survey(write("a.csv", "编号,Q1,Q2,Q3\nA3,女,12,想爸爸。\nA5,女,9,没有。\n"))
    assert list(survey.questions.question) == ["q1", "q2", "q3"]
    assert list(survey.questions.kind) == ["single", "number", "open"]


# ── fast and alike ───────────────────────────────────────────────────────────


def flags_of(write, *rows, header="编号,用时,1,2,3,4,5,6"):
    return list(read_survey(write("a.csv", "\n".join([header, *rows]))).respondents["flags"])


def test_less_than_a_third_of_the_median_time_is_flagged_and_nobody_is_removed(write):
    flags = flags_of(write, "A1,300,1,2,3,4,5,1", "A2,99,1,2,3,4,5,1", "A3,310,2,2,3,4,5,1")
    assert flags == ["", "fast: 99 s, less than a third of the median of 300 s", ""]


def test_less_than_two_seconds_for_each_answer_is_flagged_without_others_to_compare(write):
    assert flags_of(write, "A1,11,1,2,3,4,5,1") == ["fast: 11 s for 6 answers, less than 2 s for each"]
    assert flags_of(write, "A1,12,1,2,3,4,5,1") == [""]
    assert flags_of(write, "A1,5,1,2,,,,") == [""]


def test_the_same_answer_to_all_items_is_flagged(write):
    flags = flags_of(write, "A1,60,3,3,3,3,3,3", "A2,60,3,3,3,3,3,4", "A3,60,2,2,2,2,2,", "A4,60,2,2,2,2,,")
    assert flags == ["alike: '3' to all 6 items of items", "", "alike: '2' to all 5 items of items", ""]


def test_a_long_run_of_the_same_answer_is_flagged(write):
    header = ",".join(["编号", *map(str, range(1, 16))])
    long, short = [1, 2, 3, *[4] * 10, 5, 1], [1, 2, 3, 5, *[4] * 9, 5, 1]
    rows = [",".join(["A1", *map(str, long)]), ",".join(["A2", *map(str, short)])]
    assert flags_of(write, *rows, header=header) == [
        "alike: the same answer 10 times in a row, of 15 items of items",
        "",
    ]


def test_words_that_are_all_alike_are_flagged_as_numbers_are(write):
    header = "序号,提交答卷时间,所用时间," + ",".join(f"第5题({row})" for row in "甲乙丙丁戊")
    rows = [
        "1,2031/4/2 9:00:00,60," + ",".join(["比较符合"] * 5),
        "2,2031/4/2 9:00:00,60,比较符合,比较符合,不确定,比较符合,不太符合",
    ]
    assert flags_of(write, *rows, header=header) == ["alike: '比较符合' to all 5 items of q5", ""]


@given(st.lists(st.lists(st.integers(-1, 3), min_size=6, max_size=6), min_size=1, max_size=8))
def test_the_longest_run_is_that_of_a_loop(rows):
    def by_hand(row):
        longest = run = 0
        for place, value in enumerate(row):
            run = 0 if value < 0 else run + 1 if place and row[place - 1] == value else 1
            longest = max(longest, run)
        return longest

    assert longest_runs(np.array(rows)).tolist() == [by_hand(row) for row in rows]


# ── whose answers they are ───────────────────────────────────────────────────


@pytest.mark.parametrize("written", ["A3", " a3", "Ａ３", "A03", "a 3", "A003"])
def test_a_case_is_recognised_however_it_is_typed(written):
    assert match_cases([written], ["A1", "A3", "A30"]) == {written: "A3"}


def test_a_code_that_could_be_two_cases_is_matched_to_none():
    assert match_cases(["a03"], ["A3", "A03"]) == {}
    assert match_cases(["A03"], ["A3", "A03"]) == {"A03": "A03"}


@given(st.text(st.characters(categories=["L", "N", "P", "Z"]), max_size=10))
def test_the_form_in_which_codes_are_compared_is_stable(code):
    assert plain_case(plain_case(code)) == plain_case(code)
