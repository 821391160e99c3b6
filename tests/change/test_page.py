"""Page's test: the published example, scipy, full enumeration with ties."""

from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from qualkit.change import page, page_trend
from qualkit.errors import DataError, OptionError


def trend(rows, **options):
    columns = [f"c{n}" for n in range(len(rows[0]))]
    wide = pd.DataFrame(rows, columns=columns).assign(case=[f"A{n + 1}" for n in range(len(rows))])
    long = wide.melt("case", var_name="condition")
    return page_trend(long, order=columns, **options).iloc[0]


@given(st.lists(st.permutations([1, 2, 3, 4]), min_size=2, max_size=8))
def test_without_ties_it_equals_scipy(rows):
    expected = stats.page_trend_test(rows, method="exact")
    row = trend(rows)
    assert [row.estimate, row.p_value] == pytest.approx([expected.statistic, expected.pvalue])


@given(st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=1, max_size=4))
def test_with_ties_it_equals_the_enumeration_of_all_orders(rows):
    ranks = stats.rankdata(rows, axis=1)
    assume(np.ptp(ranks) > 0)
    weights = np.array([1, 2, 3])
    within = [[np.dot(order, weights) for order in permutations(one)] for one in ranks]
    sums = np.array([sum(choice) for choice in product(*within)])
    observed = (ranks * weights).sum()
    assert trend(rows).p_value == pytest.approx((sums >= observed - 1e-9).mean())
    assert trend(rows, alternative="decrease").p_value == pytest.approx((sums <= observed + 1e-9).mean())


def test_every_case_in_the_stated_order_is_the_maximum():
    row = trend([[1, 5, 9]] * 3)
    assert (row.estimate, row.maximum, row.share) == (42, 42, 1)
    assert row.p_value == pytest.approx(1 / 6**3)
    assert trend([[9, 5, 1]] * 3).share == 0


def test_cases_without_all_conditions_are_left_out_by_name():
    row = trend([[1, 5, 9], [2, np.nan, 3], [1, 2, 3]])
    assert (row.n, row.note) == (2, "left out, not all conditions: A2")


def test_what_cannot_be_tested_is_undefined_or_refused():
    assert trend([[1, 1, 1], [2, 2, 2]]).note == "undefined: every case scores all conditions alike"
    with pytest.raises(OptionError, match="at least 3 different values"):
        trend([[1, 2], [2, 3]])
    with pytest.raises(OptionError, match="at most 8"):
        trend([range(9)])
    with pytest.raises(DataError, match="scores: no case has a value for each"):
        trend([[1, np.nan, 2]])
    table = pd.DataFrame({"case": "A1", "condition": ["a", "b", "c", "c"], "value": 1})
    with pytest.raises(DataError, match="scores: case A1 has more than one value for c"):
        page_trend(table, order=["a", "b", "c"])


def test_rows_without_case_or_condition_are_refused():
    table = pd.DataFrame({"case": "A1", "condition": list("abcd"), "value": 1})
    for column in ("case", "condition"):
        with pytest.raises(DataError, match=f"1 rows have no '{column}'"):
            page_trend(table.assign(**{column: ["a", "b", "c", None]}), order=["a", "b", "c"])


@pytest.mark.parametrize("order", [None, 3, "abc", [["a"], ["b"], ["c"]]])
def test_an_order_that_is_no_list_of_values_is_refused(order):
    with pytest.raises(OptionError, match="order="):
        page_trend(pd.DataFrame({"case": "A1", "condition": list("abc"), "value": 1}), order=order)


@pytest.mark.parametrize("alternative", ["increase", "decrease", "two-sided"])
def test_thousands_of_cases_are_tested_by_the_normal_curve_close_to_the_exact_count(monkeypatch, alternative):
    rng = np.random.default_rng(8)
    rows = rng.integers(0, 6, (300, 4)) + 0.07 * np.arange(4)
    exact = trend(np.round(rows), alternative=alternative)
    monkeypatch.setattr(page, "_MAX_STEPS", 0)
    approximate = trend(np.round(rows), alternative=alternative)
    assert approximate.p_value == pytest.approx(exact.p_value, abs=0.005)
    assert (exact.note, approximate.note[:28]) == ("", "p_value by the normal curve:")


def test_many_cases_take_bounded_time():
    rows = np.random.default_rng(9).normal(size=(3000, 8))
    assert 0 < trend(rows).p_value < 1
