"""Answers to a scale: wide becomes long, and nothing but numbers passes."""

import pytest

from qualkit.errors import ReadError
from qualkit.readers import read_responses


def test_a_wide_table_becomes_one_row_per_answer(write):
    answers = read_responses(write("pre.csv", "编号,1,item_2,第3题\nA1,4,,2\nA2,1,5,３\n"), "pre")
    assert answers.to_dict("list") == {
        "case": ["A1", "A1", "A1", "A2", "A2", "A2"],
        "wave": ["pre"] * 6,
        "item": [1, 2, 3, 1, 2, 3],
        "value": pytest.approx([4, float("nan"), 2, 1, 5, 3], nan_ok=True),
    }


def test_a_wave_column_is_used(write):
    answers = read_responses(write("a.csv", "case,wave,1\nA1,pre,4\nA1,post,3\n"))
    assert list(answers.wave) == ["pre", "post"]


def test_the_scale_is_put_first_when_it_is_named(write):
    answers = read_responses(write("a.csv", "case,1\nA1,4\n"), "pre", scale="social-behaviour")
    assert list(answers.columns) == ["scale", "case", "wave", "item", "value"]
    assert list(answers.scale) == ["social-behaviour"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("编号,1,2\nA1,4,b", r"a\.csv, row 2, column C \(2\): 'b' is not a number"),
        ("编号,1\nA1,4\nA2,1\nA1,3", r"a\.csv, row 4, column A \(编号\): 'A1' stands in row 2 already"),
        ("编号,1\n,4", r"row 2, column A \(编号\): blank"),
        ("编号,1,备注\nA1,4,x", r"column '备注' is neither"),
        ("编号,1,item_1\nA1,4,3", "item 1 has two columns"),
        ("编号\nA1", "has no items"),
        ("1,2\n3,4", "has no column 编号"),
        ("编号,wave,1\nA1,post,4", "has a column 'wave' already"),
    ],
)
def test_a_faulty_table_is_refused_with_the_cell(write, text, message):
    with pytest.raises(ReadError, match=message):
        read_responses(write("a.csv", text), "pre")


def test_a_blank_answer_is_not_answered_and_not_zero(write):
    assert read_responses(write("a.csv", "编号,1\nA1,\n")).value.isna().all()
