"""Krippendorff's alpha against its published example, an independent implementation, and its own laws."""

from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qualkit.agreement import krippendorff_alpha
from qualkit.errors import DataError, OptionError

PUBLISHED = Path(__file__).parents[1] / "data" / "published"

cells = arrays(np.int64, st.tuples(st.integers(2, 12), st.integers(2, 4)), elements=st.integers(-1, 4))


def long(matrix):
    n_units, n_coders = matrix.shape
    value = np.where(matrix < 0, np.nan, matrix).ravel()
    unit, coder = np.repeat(np.arange(n_units), n_coders), np.tile(list("ABCD"[:n_coders]), n_units)
    return pd.DataFrame({"unit": unit, "coder": coder, "value": value})


@pytest.fixture
def published():
    table = pd.read_csv(PUBLISHED / "krippendorff_2011_data.csv", comment="#")
    return table.melt("observer", var_name="unit", value_name="value").rename(columns={"observer": "coder"})


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_matches_krippendorff_2011(published, level, alpha):
    row = krippendorff_alpha(published, level=level).iloc[0]
    assert row.estimate == pytest.approx(alpha, abs=0.0005)
    assert (row.n_units, row.n_coders) == (11, 4)


def test_nominal_alpha_of_the_published_data_is_113_of_152(published):
    assert krippendorff_alpha(published)["estimate"].item() == pytest.approx(113 / 152)


def test_the_interval_of_the_published_data_is_that_of_resampled_units(published):
    row = krippendorff_alpha(published, n_resamples=4000).iloc[0]
    assert row.ci_low == pytest.approx(0.42, abs=0.03)
    assert row.ci_high == 1.0


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
@given(matrix=cells)
def test_alpha_equals_the_krippendorff_package(level, matrix):
    data = np.where(matrix < 0, np.nan, matrix).T
    assume(len(np.unique(data[~np.isnan(data)])) > 1)
    pairable = data[:, (~np.isnan(data)).sum(axis=0) >= 2]
    assume(len(np.unique(pairable[~np.isnan(pairable)])) > 1)
    expected = krippendorff.alpha(reliability_data=data, level_of_measurement=level)
    estimate = krippendorff_alpha(long(matrix), level=level, n_resamples=0)["estimate"].item()
    assert estimate == pytest.approx(expected, abs=1e-9)


@given(cells, st.randoms(use_true_random=False))
def test_alpha_does_not_depend_on_order_of_rows_or_names_of_coders(matrix, random):
    ratings = long(matrix)
    shuffled = ratings.sample(frac=1, random_state=random.randrange(2**32))
    shuffled["coder"] = shuffled["coder"].map(dict(zip("ABCD", "DBAC", strict=True)))
    first = krippendorff_alpha(ratings, n_resamples=0)["estimate"].item()
    second = krippendorff_alpha(shuffled, n_resamples=0)["estimate"].item()
    assert first == pytest.approx(second, nan_ok=True)


def test_bootstrap_over_kinds_of_units_equals_alpha_of_the_resampled_units():
    rng = np.random.default_rng(4)
    matrix = rng.integers(0, 3, (30, 2))
    drawn = rng.integers(0, 30, (400, 30))
    by_hand = [krippendorff_alpha(long(matrix[rows]), n_resamples=0)["estimate"].item() for rows in drawn]
    row = krippendorff_alpha(long(matrix), n_resamples=4000).iloc[0]
    assert [row.ci_low, row.ci_high] == pytest.approx(np.quantile(by_hand, [0.025, 0.975]), abs=0.05)


def test_the_interval_is_the_same_every_time_and_changes_with_the_seed(published):
    first, again = krippendorff_alpha(published), krippendorff_alpha(published)
    other = krippendorff_alpha(published, rng=np.random.default_rng(99), n_resamples=37)
    pd.testing.assert_frame_equal(first, again)
    assert other["ci_low"].item() != first["ci_low"].item()


def test_ordinal_words_need_their_order_and_then_equal_their_ranks(published):
    words = published.assign(
        value=published["value"].map({1: "never", 2: "rarely", 3: "often", 4: "mostly", 5: "always"})
    )
    with pytest.raises(DataError, match=r"order of the values .* is not known.*categories="):
        krippendorff_alpha(words, level="ordinal")
    order = ["never", "rarely", "often", "mostly", "always"]
    estimate = krippendorff_alpha(words, level="ordinal", categories=order)["estimate"].item()
    assert estimate == pytest.approx(0.815, abs=0.0005)


def test_constant_ratings_are_undefined_with_the_reason():
    row = krippendorff_alpha(long(np.ones((5, 2), dtype=int))).iloc[0]
    assert np.isnan(row.estimate)
    assert np.isnan(row.ci_low)
    assert row.note == "undefined: all ratings are the same value"


@pytest.mark.parametrize("level", ["ordinal", "interval", "ratio"])
def test_constant_ratings_are_undefined_at_every_level(level):
    ratings = long(np.full((7, 3), 3)).assign(value=0.1 + 0.2)
    assert np.isnan(krippendorff_alpha(ratings, level=level)["estimate"].item())


def test_no_unit_with_two_ratings_is_undefined_with_the_reason():
    row = krippendorff_alpha(long(np.array([[1, -1], [-1, 2]]))).iloc[0]
    assert np.isnan(row.estimate)
    assert row.n_units == 0
    assert "no unit was judged by two coders" in row.note


def test_resamples_without_variation_are_left_out_and_counted():
    row = krippendorff_alpha(long(np.array([[0, 0]] * 5 + [[1, 1]]))).iloc[0]
    assert "of 1000 resamples undefined and left out" in row.note
    assert row.estimate == 1


def test_words_at_the_interval_level_are_refused():
    with pytest.raises(DataError, match="needs numbers"):
        krippendorff_alpha(long(np.array([[1, 2], [2, 2]])).replace({"value": {1.0: "a", 2.0: "b"}}), level="interval")


def test_an_unknown_level_is_refused_with_the_choices():
    with pytest.raises(OptionError, match="'nominal', 'ordinal', 'interval', 'ratio'"):
        krippendorff_alpha(long(np.array([[1, 2], [2, 2]])), level="metric")


def test_a_value_outside_the_categories_is_refused():
    with pytest.raises(DataError, match=r"values 3\.0 are not among categories"):
        krippendorff_alpha(long(np.array([[1, 3], [2, 2]])), level="ordinal", categories=[1, 2])


def test_negative_values_have_no_ratio_level():
    ratings = long(np.array([[1, 3], [2, 2]]))
    with pytest.raises(DataError, match="values from zero up"):
        krippendorff_alpha(ratings.assign(value=-ratings["value"]), level="ratio")


@pytest.mark.parametrize("level", ["interval", "ratio"])
@pytest.mark.parametrize("factor", [1e307, 1e-200, 5e-324, 3.0])
def test_alpha_does_not_depend_on_the_unit_however_large_or_small(published, level, factor):
    scaled = published.assign(value=published["value"] * factor)
    expected = krippendorff_alpha(published, level=level, n_resamples=50).iloc[0]
    row = krippendorff_alpha(scaled, level=level, n_resamples=50).iloc[0]
    assert [row.estimate, row.ci_low, row.ci_high] == pytest.approx(
        expected[["estimate", "ci_low", "ci_high"]].tolist()
    )


def test_interval_alpha_does_not_depend_on_where_zero_is(published):
    moved = published.assign(value=published["value"] + 2.0**50)
    assert krippendorff_alpha(moved, level="interval")["estimate"].item() == pytest.approx(0.849, abs=0.0005)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_infinite_and_complex_ratings_are_refused_with_their_place(level):
    ratings = long(np.array([[1, 2], [2, 2], [3, 3]]))
    with pytest.raises(DataError, match="coder 'B' gave unit '0' an infinite 'value'"):
        krippendorff_alpha(ratings.assign(value=[1, np.inf, 2, 2, 3, 3]), level=level)
    with pytest.raises(DataError, match="'value' has a cell with a complex"):
        krippendorff_alpha(ratings.assign(value=[1 + 2j, 1, 2, 2, 3, 3]), level=level)


def test_numbers_that_floating_point_cannot_tell_apart_are_refused():
    ratings = long(np.array([[1, 2], [2, 2]])).assign(value=[2**60, 2**60 + 1, 2**60, 2**60])
    with pytest.raises(DataError, match="too large to tell them apart"):
        krippendorff_alpha(ratings, level="interval")


@pytest.mark.parametrize("categories", ["abc", 5, [[1], [2]]])
def test_categories_that_are_no_list_are_refused(categories):
    with pytest.raises((DataError, OptionError), match="categories"):
        krippendorff_alpha(long(np.array([[1, 2], [2, 2]])), level="ordinal", categories=categories)
