"""The bootstrap: drawing kinds of units by count is drawing units."""

import numpy as np
import pytest

from qualkit.agreement.bootstrap import bootstrap_interval


def mean_of(values):
    return lambda weights: weights @ values / weights.sum(axis=1)


def test_interval_of_a_mean_is_close_to_theory():
    low, high, remark = bootstrap_interval(
        mean_of(np.array([0.0, 1.0])), np.array([300, 100]), ci=0.95, n_resamples=5000, rng=1
    )
    error = 1.96 * np.sqrt(0.25 * 0.75 / 400)
    assert (low, high) == pytest.approx((0.25 - error, 0.25 + error), abs=0.004)
    assert remark == ""


def test_a_wider_level_gives_a_wider_interval():
    counts, values = np.array([5, 6, 7]), mean_of(np.array([1.0, 2.0, 5.0]))
    narrow = bootstrap_interval(values, counts, ci=0.8, n_resamples=500, rng=1)
    wide = bootstrap_interval(values, counts, ci=0.99, n_resamples=500, rng=1)
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_many_kinds_of_units_are_drawn_in_parts():
    counts = np.ones(30_000, dtype=int)
    low, high, _ = bootstrap_interval(mean_of(np.arange(30_000) % 2.0), counts, ci=0.95, n_resamples=100, rng=1)
    assert low < 0.5 < high


def test_undefined_everywhere_is_said():
    undefined = bootstrap_interval(lambda w: np.full(len(w), np.nan), np.array([3, 4]), ci=0.95, n_resamples=10, rng=1)
    assert np.isnan(undefined[0])
    assert undefined[2] == "no interval: undefined in every resample"
