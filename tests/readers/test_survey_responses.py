"""Answers to a scale are taken from a questionnaire by numbers, and nobody's are taken for another's."""

import pandas as pd
import pyreadstat
import pytest

from qualkit.errors import DataError, OptionError, ReadError
from qualkit.readers import read_responses, read_survey, survey_responses

LEAD = "序号,提交答卷时间,所用时间"


@pytest.fixture
def survey(write):
    def read(header, *rows, **options):
        lines = [f"{number},2031/4/2 9:31:20,100,{row}" for number, row in enumerate(rows, start=1)]
        return read_survey(write("后测.csv", "\n".join([f"{LEAD},{header}", *lines])), **options)

    return read


def values(table):
    return [None if value != value else value for value in table.value]


def test_the_rows_of_the_only_matrix_are_the_items(survey):
    table = survey_responses(
        survey("1、编号,第5题(甲),第5题(乙),2、性别", "A3,4,2,1", "A5,-3,5,2"), wave="post", scale="klx"
    )
    assert list(table.columns) == ["scale", "case", "wave", "item", "value"]
    assert list(table.case) == ["A3", "A3", "A5", "A5"]
    assert list(table.item) == [1, 2, 1, 2]
    assert values(table) == [4, 2, None, 5]
    assert set(table.wave) == {"post"}


def test_rows_that_begin_with_a_number_are_those_items_in_whatever_order(survey):
    read = survey("1、编号,第5题(3、甲),第5题(1、乙),第6题(2、丙)", "A3,4,2,5")
    assert list(survey_responses(read, items=["q5", "q6"]).item) == [1, 2, 3]
    assert values(survey_responses(read, items=["q5", "q6"])) == [2, 5, 4]


def test_questions_that_follow_each_other_are_numbered_on(survey):
    read = survey("1、编号,第5题(甲),第5题(乙),第6题(丙),第6题(丁),7、总的来说", "A3,1,2,3,4,5")
    assert values(survey_responses(read, items=["q5", "q6", "q7"])) == [1, 2, 3, 4, 5]
    assert values(survey_responses(read, n_items=4)) == [1, 2, 3, 4]


def test_items_can_be_named_one_by_one(survey):
    read = survey("1、编号,第5题(甲),第5题(乙),7、总的来说", "A3,1,2,5")
    table = survey_responses(read, items={1: "q7", 2: ("q5", 2)})
    assert values(table) == [5, 2]


def test_of_several_matrices_the_one_with_as_many_rows_is_taken_or_it_is_asked(survey):
    read = survey("1、编号,第5题(甲),第5题(乙),第6题(丙),第6题(丁),第6题(戊)", "A3,1,2,3,4,4")
    assert values(survey_responses(read, n_items=3)) == [3, 4, 4]
    with pytest.raises(DataError, match=r"后测: which questions are the scale\? There is q5 \(2 rows\), q6 \(3 rows\)"):
        survey_responses(read)


def test_words_count_what_is_said_and_never_what_is_guessed(survey):
    read = survey("1、编号,第5题(甲),第5题(乙)", "A3,完全符合,不确定", "A5,不确定,(空)")
    with pytest.raises(DataError, match=r"the answers are words .完全符合, 不确定., and what they count is not known"):
        survey_responses(read)
    assert values(survey_responses(read, values={"完全符合": 5, "不确定": 3})) == [5, 3, 3, None]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["(空),4,2", "A5,1,1"], "后测: no case in row 2"),
        (["A3,4,2", "A3,1,1"], "后测: A3 answered more than once"),
    ],
)
def test_answers_of_nobody_or_of_one_twice_are_refused(survey, rows, message):
    with pytest.raises(DataError, match=message):
        survey_responses(survey("1、编号,第5题(甲),第5题(乙)", *rows))


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ("q9", "has no question 'q9'. It has q5, q6"),
        ({1: ("q5", 7)}, "q5 has no row 7; it has 2"),
        ("q6", "q6 is open"),
    ],
)
def test_items_that_are_not_there_are_refused(survey, items, message):
    read = survey("1、编号,第5题(甲),第5题(乙),6、想法", "A3,4,2,想家。", "A5,4,1,没有。")
    with pytest.raises(OptionError, match=message):
        survey_responses(read, items=items)


# ── read_responses ───────────────────────────────────────────────────────────


def test_an_export_of_wjx_is_read_as_answers_to_a_scale(samples):
    table = read_responses(samples / "wjx_seq.csv", "pre", scale="klx")
    assert table.pivot(index="case", columns="item", values="value").to_numpy().tolist() == [[2, 3], [1, 1], [4, 5]]


def test_an_spss_file_is_read_as_answers_to_a_scale(samples, tmp_path):
    assert list(read_responses(samples / "survey_labels.sav", "pre").value) == [2, 3, 1, 1, 4, 5]
    frame = pd.DataFrame({"ID": ["A3", "A5"], **{f"klx_{item}": [float(item % 5 + 1), 2.0] for item in range(1, 12)}})
    pyreadstat.write_sav(frame, tmp_path / "a.sav")
    table = read_responses(tmp_path / "a.sav", "pre")
    assert list(table.item[:11]) == list(range(1, 12))
    assert list(table.value[:11]) == [item % 5 + 1 for item in range(1, 12)]


def test_an_export_that_does_not_say_what_it_counts_is_refused_with_the_file(samples):
    with pytest.raises(ReadError, match=r"wjx_text\.csv: the answers are words"):
        read_responses(samples / "wjx_text.csv", "pre")
