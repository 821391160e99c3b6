"""Tests of paired differences by signed ranks and sign flips, with ties: exact however few cases, bounded for many."""

from __future__ import annotations

import numpy as np
from scipy.stats import norm, rankdata

# 2^20 sign patterns take a few hundredths of a second; beyond that they are drawn.
MAX_ENUMERATED = 20

# Up to here the signed ranks are counted out in a tenth of a second; the normal curve is as good beyond.
MAX_RANKED = 500

# Signs drawn in one test: about two seconds.
_MAX_SIGNS = 200_000_000

# Squares of smaller differences vanish in floating point: they count as none.
SMALLEST = 1e-150


def nonzero_differences(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """After minus before, without zeros; equal differences are equal in spite of floating point."""
    difference = after - before
    size = max(np.abs(before).max(initial=0), np.abs(after).max(initial=0))
    decimals = 12 - int(np.ceil(np.log10(size))) if size > 0 else 0
    difference = np.round(difference, min(decimals, 150))
    return difference[np.abs(difference) > SMALLEST]


def wilcoxon_exact(differences: np.ndarray) -> float:
    """Two-sided exact p of the signed-rank test on nonzero differences; NaN without any.

    Beyond ``MAX_RANKED`` differences by the normal curve. The distribution over all 2^n sign
    patterns is built rank by rank. Mid-ranks of ties are halves, so all is counted in half ranks.
    """
    n = len(differences)
    if n == 0:
        return np.nan
    if n > MAX_RANKED:
        ranks = rankdata(np.abs(differences))
        return _normal_p(ranks * np.sign(differences))
    half_ranks = np.rint(2 * rankdata(np.abs(differences))).astype(int)
    shares = np.zeros(half_ranks.sum() + 1)
    shares[0] = 1.0
    reached = 0
    for rank in half_ranks:
        # Each rank is positive in half of the patterns: shift a copy by it.
        shares[rank : reached + rank + 1] = (shares[rank : reached + rank + 1] + shares[: reached + 1]) / 2
        shares[: min(rank, reached + 1)] /= 2
        reached += rank
    observed = half_ranks[differences > 0].sum()
    one_sided = min(shares[: observed + 1].sum(), shares[observed:].sum())
    return float(min(1.0, 2 * one_sided))


def sign_flip_p(differences: np.ndarray, *, n_resamples: int, rng: np.random.Generator) -> float:
    """Two-sided p of the mean difference when each sign could as well be the other way; NaN without differences.

    All 2^n sign patterns up to 20 differences, otherwise ``n_resamples`` drawn ones with
    p = (as extreme + 1) / (drawn + 1), and by the normal curve where ``is_drawn`` says they would be too many.
    """
    n = len(differences)
    if n == 0:
        return np.nan
    observed = abs(differences.sum())
    at_least = observed - 1e-9 * np.abs(differences).sum()
    if n <= MAX_ENUMERATED:
        sums = np.zeros(1)
        for difference in differences:
            sums = np.concatenate([sums + difference, sums - difference])
        return float(np.mean(np.abs(sums) >= at_least))
    if not is_drawn(n, n_resamples):
        return _normal_p(differences)
    extreme = 0
    chunk = max(1, min(10_000, 2_000_000 // n))
    for start in range(0, n_resamples, chunk):
        signs = rng.integers(0, 2, (min(chunk, n_resamples - start), n)) * 2 - 1
        extreme += int((np.abs(signs @ differences) >= at_least).sum())
    return (extreme + 1) / (n_resamples + 1)


def is_drawn(n: int, n_resamples: int) -> bool:
    """Whether ``sign_flip_p`` draws sign patterns for ``n`` differences."""
    return n > MAX_ENUMERATED and n * n_resamples <= _MAX_SIGNS


def _normal_p(values: np.ndarray) -> float:
    # The sum of values whose signs are even chances has mean 0 and the sum of their squares as variance.
    return float(2 * norm.sf(abs(values.sum()) / np.sqrt((values**2).sum())))


def rank_biserial(differences: np.ndarray) -> float:
    """Matched-pairs rank-biserial correlation: share of rank sum that rose minus share that fell."""
    if len(differences) == 0:
        return np.nan
    ranks = rankdata(np.abs(differences))
    return float((ranks * np.sign(differences)).sum() / ranks.sum())
