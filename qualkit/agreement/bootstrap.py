"""How sure is a coefficient? Percentile intervals from resampling units."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from qualkit.checks import require_between, require_count, require_seed

# Statistic of one study per row of weights: how often each kind of unit occurs in it.
Statistic = Callable[[np.ndarray], np.ndarray]

_CHUNK_CELLS = 2_000_000


def coefficient_row(
    name: str,
    statistic: Statistic,
    counts: np.ndarray,
    *,
    n_coders: int,
    undefined: str,
    notes: Iterable[str],
    ci: float,
    n_resamples: int,
    rng: int | np.random.Generator,
) -> pd.DataFrame:
    """One row: the coefficient, its interval, what it rests on, and a note.

    ``statistic`` maps weights (studies × kinds of unit) to one estimate per study; ``undefined``
    says why the estimate is NaN, if it is.
    """
    require_between("ci", ci, 0, 1)
    require_count("n_resamples", n_resamples)
    require_seed("rng", rng)
    n_units = int(counts.sum())
    estimate = float(statistic(counts[None, :].astype(float))[0]) if n_units else np.nan
    low, high = np.nan, np.nan
    notes = [note for note in notes if note]
    if np.isnan(estimate):
        notes.insert(0, undefined)
    elif n_resamples:
        low, high, remark = bootstrap_interval(statistic, counts, ci=ci, n_resamples=n_resamples, rng=rng)
        notes.extend(filter(None, [remark]))
    row = {"statistic": name, "estimate": estimate, "ci_low": low, "ci_high": high, "ci_level": ci}
    row |= {"n_units": n_units, "n_coders": n_coders, "note": "; ".join(notes)}
    return pd.DataFrame([row])


def bootstrap_interval(
    statistic: Statistic, counts: np.ndarray, *, ci: float, n_resamples: int, rng: int | np.random.Generator
) -> tuple[float, float, str]:
    """Percentile interval over resampled units, and a remark where the resampling had gaps.

    Units are drawn with replacement; since equal units are interchangeable, only how often
    each kind is drawn matters: a multinomial draw. Krippendorff's own algorithm resamples
    deviations instead and gives a narrower interval that leaves out the sampling of units.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 13.
    """
    n_units = int(counts.sum())
    if n_units < 2:
        return np.nan, np.nan, "no interval: it needs at least two units"
    generator = np.random.default_rng(rng)
    chunk = max(1, _CHUNK_CELLS // len(counts))
    estimates = []
    for start in range(0, n_resamples, chunk):
        size = min(chunk, n_resamples - start)
        estimates.append(statistic(generator.multinomial(n_units, counts / n_units, size=size).astype(float)))
    found = np.concatenate(estimates)
    defined = found[~np.isnan(found)]
    if defined.size == 0:
        return np.nan, np.nan, "no interval: undefined in every resample"
    low, high = np.quantile(defined, [(1 - ci) / 2, (1 + ci) / 2])
    n_undefined = found.size - defined.size
    remark = f"{n_undefined} of {n_resamples} resamples undefined and left out of the interval" if n_undefined else ""
    return float(low), float(high), remark
