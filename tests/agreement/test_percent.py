"""Percent agreement: known answers, and how it stands to the other coefficients."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.agreement import percent_agreement


def ratings_of(*coders):
    parts = [pd.DataFrame({"unit": range(len(values)), "coder": name, "value": values}) for name, values in coders]
    return pd.concat(parts, ignore_index=True)


def test_1000_characters_with_150_differences_agree_in_85_percent():
    first = [1] * 50 + [1] * 75 + [0] * 75 + [0] * 800
    second = [1] * 50 + [0] * 75 + [1] * 75 + [0] * 800
    row = percent_agreement(ratings_of(("A", first), ("B", second))).iloc[0]
    assert row.estimate == pytest.approx(0.85)
    # The interval is close to that of a proportion: .85 ± 1.96 √(.85 · .15 / 1000).
    assert [row.ci_low, row.ci_high] == pytest.approx([0.828, 0.872], abs=0.004)


def test_with_three_coders_it_is_the_mean_over_pairs():
    ratings = ratings_of(("A", [1, 1, 1]), ("B", [1, 1, 0]), ("C", [1, 0, 0]))
    row = percent_agreement(ratings).iloc[0]
    assert row.estimate == pytest.approx((1 + 1 / 3 + 1 / 3) / 3)
    assert row.note == "mean pairwise agreement"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30))
def test_with_two_coders_it_is_the_share_of_equal_units(pairs):
    first, second = zip(*pairs, strict=True)
    estimate = percent_agreement(ratings_of(("A", first), ("B", second)), n_resamples=0)["estimate"].item()
    assert estimate == pytest.approx(np.mean([a == b for a, b in pairs]))


def test_one_unit_has_an_estimate_and_no_interval():
    row = percent_agreement(ratings_of(("A", [1]), ("B", [1]))).iloc[0]
    assert row.estimate == 1
    assert np.isnan(row.ci_low)
    assert "at least two units" in row.note


def test_units_without_a_second_judgement_are_left_out_and_counted():
    row = percent_agreement(ratings_of(("A", [1, 0, 1.0]), ("B", [1, np.nan, 0]))).iloc[0]
    assert (row.estimate, row.n_units) == (0.5, 2)
    assert row.note == "units judged by fewer than two coders, left out: 1"


def test_the_input_is_left_as_it_was():
    ratings = ratings_of(("A", [1, 0]), ("B", [1, 1]))
    before = ratings.copy()
    percent_agreement(ratings)
    pd.testing.assert_frame_equal(ratings, before)
