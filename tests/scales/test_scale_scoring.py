"""Scores from answers: known answers, laws of the key, and answers that are none."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import DataError
from qualkit.scales import Scale, read_scale

answers = st.lists(st.integers(1, 5), min_size=6, max_size=6)


def scale(**changes):
    fields = {
        "id": "mood",
        "low": 1,
        "high": 5,
        "items": range(1, 7),
        "subscales": {"joy": [1, 2, 3], "calm": [4, 5, 6]},
    }
    return Scale(**(fields | changes))


def wide(*rows, wave="pre"):
    table = pd.DataFrame(list(rows), columns=[str(n) for n in range(1, 7)])
    return table.assign(case=[f"A{n + 1}" for n in range(len(rows))], wave=wave)


def long(table):
    return table.melt(["case", "wave"], var_name="item", value_name="value")


def test_cyrm_28_scores_are_the_sums_of_the_published_key():
    responses = pd.DataFrame([[item % 5 + 1 for item in range(1, 29)]], columns=range(1, 29)).assign(
        case="A1", wave="pre"
    )
    scores = read_scale("cyrm-28").score(responses, total=True).set_index("subscale")["score"]
    key = [5, 6, 7, 12, 17, 24, 26]
    assert scores["relational"] == sum(item % 5 + 1 for item in key)
    assert scores["total"] == scores[["individual", "relational", "contextual"]].sum()


def test_cyrm_28_runs_from_28_to_140():
    responses = pd.DataFrame([[1] * 28, [5] * 28], columns=range(1, 29)).assign(case=["A1", "A2"], wave="pre")
    scores = read_scale("cyrm-28").score(responses, total=True)
    assert scores.loc[scores["subscale"] == "total", "score"].tolist() == [28, 140]


@given(answers)
def test_reversing_every_item_mirrors_the_score(row):
    plain = scale().score(wide(row))["score"]
    mirrored = scale(reverse=range(1, 7)).score(wide(row))["score"]
    assert (plain + mirrored).tolist() == [18, 18]


@given(answers)
def test_the_mean_is_the_sum_by_the_number_of_items(row):
    assert (scale(method="mean").score(wide(row))["score"] * 3).tolist() == pytest.approx(
        scale().score(wide(row))["score"].tolist()
    )


@given(st.lists(st.one_of(st.integers(1, 5), st.none()), min_size=6, max_size=6))
def test_long_and_wide_tables_score_alike(row):
    table = wide([np.nan if one is None else one for one in row], [1] * 6)
    options = {"max_missing": 1, "reverse": [2]}
    pd.testing.assert_frame_equal(scale(**options).score(table), scale(**options).score(long(table)))


def test_one_missing_item_is_prorated_and_two_give_no_score():
    scores = scale(max_missing=1).score(wide([5, 4, np.nan, np.nan, np.nan, 2]))
    assert scores["score"].tolist() == pytest.approx([13.5, np.nan], nan_ok=True)
    assert scores["n_answered"].tolist() == [2, 1]
    assert scores["note"].tolist() == [
        "prorated from 2 of 3 answered",
        "no score: 2 of 3 items not answered, at most 1 allowed",
    ]


def test_the_missing_rule_can_be_a_share_of_the_items():
    ten = Scale(id="ten", low=0, high=4, items=range(1, 11), max_missing=0.2)
    table = pd.DataFrame([[2.0] * 8 + [np.nan] * 2, [2.0] * 7 + [np.nan] * 3], columns=range(1, 11)).assign(
        case=["A", "B"]
    )
    assert ten.score(table)["score"].tolist() == pytest.approx([20, np.nan], nan_ok=True)


def test_without_prorating_any_gap_means_no_score():
    scores = scale(max_missing=2, missing_rule="none").score(wide([5, 4, np.nan, 1, 1, 1]))
    assert scores["score"].tolist() == pytest.approx([np.nan, 3], nan_ok=True)


def test_nothing_answered_is_no_score_whatever_is_allowed():
    assert scale(max_missing=3).score(wide([np.nan] * 3 + [1, 1, 1]))["score"].isna().tolist() == [True, False]


def test_rows_stand_by_person_then_subscale_in_the_order_of_the_scale():
    scores = scale().score(pd.concat([wide([1] * 6, [2] * 6), wide([3] * 6, wave="post")]))
    assert scores[["case", "wave", "subscale"]].values.tolist() == [
        ["A1", "pre", "joy"],
        ["A1", "pre", "calm"],
        ["A2", "pre", "joy"],
        ["A2", "pre", "calm"],
        ["A1", "post", "joy"],
        ["A1", "post", "calm"],
    ]
    assert scores["scale"].unique().tolist() == ["mood"]


def test_answers_as_text_and_columns_by_other_names_are_understood():
    table = wide([1, 2, 3, 4, 5, 1]).rename(columns={str(n): f"item_{n}" for n in range(1, 7)}).astype(str)
    table.loc[0, "item_3"] = " "
    assert scale(max_missing=1).score(table.assign(sex="女"))["score"].tolist() == [4.5, 10]


def test_a_table_without_waves_is_one_wave():
    scores = scale().score(wide([1] * 6).drop(columns="wave"))
    assert scores["wave"].isna().all()
    assert len(scores) == 2


def test_every_impossible_answer_is_named_with_case_wave_item_and_remedy():
    table = wide([7, 2, 3, 4, 5, 1], [1, 2, 3, 4, 2.5, 1]).astype(object)
    table.loc[0, "6"] = "五"
    with pytest.raises(DataError) as refused:
        scale().score(table)
    message = str(refused.value)
    assert "3 answers cannot be used" in message
    assert "case A1, wave pre, item 1: 7 is out of range. Correct it to a whole number from 1 to 5, or leave" in message
    assert "case A1, wave pre, item 6: 五 is not a number" in message
    assert "case A2, wave pre, item 5: 2.5 is not a whole number" in message


def test_many_impossible_answers_are_counted():
    with pytest.raises(DataError, match=r"12 answers cannot be used(?s:.)*and 2 more"):
        scale().score(wide([9] * 6, [9] * 6))


def test_an_item_the_scale_does_not_have_is_refused():
    with pytest.raises(DataError, match="item 7 is not an item of mood, which has 6"):
        scale().score(wide([1] * 6).assign(**{"7": 1}))


def test_an_item_nobody_was_given_is_refused():
    with pytest.raises(DataError, match="no column for item 4, 6"):
        scale().score(wide([1] * 6).drop(columns=["4", "6"]))
    with pytest.raises(DataError, match="items 2 do not occur"):
        scale().score(long(wide([1] * 6)).query("item != '2'"))


def test_two_answers_to_one_item_are_refused():
    table = long(wide([1] * 6))
    with pytest.raises(DataError, match=r"case A1, wave pre, item 1: answered twice"):
        scale().score(pd.concat([table, table.iloc[:1]]))


def test_answers_to_other_scales_are_passed_over():
    table = long(wide([1] * 6)).assign(scale="mood")
    other = table.assign(scale="cyrm-28", value=99)
    assert len(scale().score(pd.concat([table, other]))) == 2
    with pytest.raises(DataError, match="column 'scale' has only cyrm-28"):
        scale().score(other)


def test_an_answer_without_a_case_is_refused():
    with pytest.raises(DataError, match="6 answers have no case"):
        scale().score(wide([1] * 6).assign(case=None))


def test_cells_and_tables_that_are_no_answers_are_refused():
    table = wide([1, 2, 3, 4, 5, 5], [1, 2, 3, 4, 5, 5]).astype(object)
    for odd in ([1, 2], 3j, {"a": 1}):
        cells = table.copy()
        cells.at[0, "1"] = odd
        with pytest.raises(DataError, match=r"case A1, wave pre, item 1: .* is not a number"):
            scale().score(cells)
    for wrong in (None, table.assign(case=[1, "A2"]), table.assign(case=[["A1"], ["A2"]])):
        with pytest.raises(DataError, match="responses to mood"):
            scale().score(wrong)
