"""Jonckheere's test: known answer, full enumeration, and what it refuses."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from qualkit.change import jonckheere, jonckheere_trend
from qualkit.errors import DataError, OptionError

few = st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=3), min_size=2, max_size=3)


def ratings(groups):
    rows = [(f"g{place}", value) for place, values in enumerate(groups) for value in values]
    return pd.DataFrame(rows, columns=["group", "value"])


def trend(groups, **options):
    return jonckheere_trend(ratings(groups), order=[f"g{n}" for n in range(len(groups))], **options).iloc[0]


def count(groups):
    return sum(
        (high > low) + 0.5 * (high == low)
        for place, lows in enumerate(groups)
        for highs in groups[place + 1 :]
        for low in lows
        for high in highs
    )


def test_ratings_of_change_by_type_count_25_of_27_with_p_9_of_1680():
    row = trend([[0, 1, 1], [1, 2, 2], [2, 3, 3]])
    assert (row.estimate, row.maximum) == (25, 27)
    assert row.p_value == pytest.approx(9 / 1680)
    assert (row.n, row.n_groups, row.note) == (9, 3, "")


@given(few)
def test_the_exact_p_equals_the_enumeration_of_all_arrangements(groups):
    pooled = [value for values in groups for value in values]
    assume(len(set(pooled)) > 1)
    assume(len(pooled) <= 6)
    borders = np.cumsum([len(values) for values in groups])[:-1]
    counts = np.array(
        [count([list(part) for part in np.split(np.array(order), borders)]) for order in permutations(pooled)]
    )
    up, down = (counts >= count(groups)).mean(), (counts <= count(groups)).mean()
    assert trend(groups).p_value == pytest.approx(up)
    assert trend(groups, alternative="decrease").p_value == pytest.approx(down)
    assert trend(groups, alternative="two-sided").p_value == pytest.approx(min(1, 2 * min(up, down)))


@given(st.lists(st.integers(0, 60), min_size=6, max_size=14, unique=True))
def test_two_groups_are_the_mann_whitney_test(values):
    first, second = values[::2], values[1::2]
    expected = stats.mannwhitneyu(second, first, alternative="greater", method="exact")
    row = trend([first, second])
    assert [row.estimate, row.p_value] == pytest.approx([expected.statistic, expected.pvalue])


@given(few)
def test_reversing_the_order_mirrors_the_count(groups):
    assert trend(groups).estimate + trend(groups[::-1]).estimate == trend(groups).maximum


def test_large_groups_are_drawn_and_the_note_says_so():
    rng = np.random.default_rng(1)
    groups = [rng.normal(shift, 1, 60) for shift in (0, 0.2, 0.4)]
    row = trend(groups, n_resamples=2000)
    assert row.note == "p_value from 2000 random arrangements"
    n, sizes = 180, np.array([60, 60, 60])
    mean = (n**2 - (sizes**2).sum()) / 4
    sd = np.sqrt((n**2 * (2 * n + 3) - (sizes**2 * (2 * sizes + 3)).sum()) / 72)
    assert row.p_value == pytest.approx(stats.norm.sf((row.estimate - mean) / sd), abs=0.01)


@pytest.mark.parametrize("alternative", ["increase", "decrease", "two-sided"])
def test_drawn_arrangements_come_near_all_of_them(alternative, monkeypatch):
    groups = [[0, 1, 1, 7], [2, 3], [2, 4, 5, 5, 6]]
    exact = trend(groups, alternative=alternative).p_value
    monkeypatch.setattr("qualkit.change.jonckheere._MAX_STEPS", 0)
    assert trend(groups, alternative=alternative, n_resamples=5000).p_value == pytest.approx(exact, abs=0.02)


def test_equal_values_are_undefined_and_missing_ones_are_counted():
    row = trend([[1, 1], [1, 1]])
    assert np.isnan(row.p_value)
    assert row.note == "undefined: all values are equal"
    assert "values missing, left out: 1" in trend([[1, np.nan, 2], [3, 4]]).note


def test_wrong_orders_and_tables_are_refused():
    table = ratings([[1, 2], [3, 4]])
    with pytest.raises(OptionError, match="differ in: g9"):
        jonckheere_trend(table, order=["g0", "g1", "g9"])
    with pytest.raises(OptionError, match="at least 2 different values"):
        jonckheere_trend(table, order=["g0", "g0"])
    with pytest.raises(OptionError, match="alternative='up'"):
        jonckheere_trend(table, order=["g0", "g1"], alternative="up")
    with pytest.raises(DataError, match="g1 has no values"):
        trend([[1, 2], [np.nan, np.nan]])
    with pytest.raises(DataError, match="is not numbers"):
        jonckheere_trend(table.astype({"value": str}), order=["g0", "g1"])


@pytest.mark.parametrize("options", [{"n_resamples": 0}, {"n_resamples": None}, {"rng": None}, {"order": None}])
def test_options_that_cannot_be_used_are_refused(options):
    ratings = pd.DataFrame({"group": ["a", "b"], "value": [1.0, 2.0]})
    with pytest.raises(OptionError):
        jonckheere_trend(ratings, **({"order": ["a", "b"]} | options))


def test_values_that_cannot_be_used_are_refused():
    ratings = pd.DataFrame({"group": ["a", "b", "b"], "value": [1.0, 2.0, 3.0]})
    for table in (ratings.assign(group=["a", "b", None]), ratings.assign(value=[1, 2, np.inf]), ratings.to_dict()):
        with pytest.raises(DataError, match="ratings: "):
            jonckheere_trend(table, order=["a", "b"])


@pytest.mark.parametrize("alternative", ["increase", "decrease", "two-sided"])
def test_the_normal_curve_is_close_to_the_exact_count(monkeypatch, alternative):
    rng = np.random.default_rng(8)
    ratings = pd.DataFrame({"group": list("abc") * 20, "value": rng.integers(0, 6, 60) + np.tile([0, 0.4, 0.8], 20)})
    ratings["value"] = ratings["value"].round()
    options = {"order": list("abc"), "alternative": alternative}
    exact = jonckheere_trend(ratings, **options).iloc[0]
    monkeypatch.setattr(jonckheere, "_MAX_STEPS", 0)
    monkeypatch.setattr(jonckheere, "_MAX_DRAWN", 0)
    approximate = jonckheere_trend(ratings, **options).iloc[0]
    assert approximate.p_value == pytest.approx(exact.p_value, abs=0.01)
    assert "by the normal curve" in approximate.note


def test_thousands_of_cases_take_bounded_time():
    values = np.random.default_rng(9).normal(size=30_000)
    ratings = pd.DataFrame({"group": list("abc") * 10_000, "value": values})
    assert 0 < jonckheere_trend(ratings, order=list("abc"))["p_value"].item() < 1
