"""Percent agreement: in which share of the judgements do coders say the same?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from qualkit.agreement.bootstrap import Statistic, coefficient_row
from qualkit.agreement.matrix import rating_matrix, unique_value_counts


def percent_agreement(
    ratings: pd.DataFrame,
    *,
    unit: str = "unit",
    coder: str = "coder",
    value: str = "value",
    ci: float = 0.95,
    n_resamples: int = 1000,
    rng: int | np.random.Generator = 1,
) -> pd.DataFrame:
    """Share of the judgements in which coders agree, without correction for chance.

    With two coders: the share of units both judged alike. With more: within each unit the
    share of pairs of coders who agree, averaged over units (mean pairwise agreement, not
    "all coders alike"). It is high for rare codes even when coders never find the same
    passages; report it beside a chance-corrected coefficient.

    Parameters
    ----------
    ratings : DataFrame
        One row per unit and coder; NaN is "not judged". Units judged by fewer than two
        coders are left out.
    unit, coder, value : str
        Its columns.
    ci : float
        Level of the interval.
    n_resamples : int
        Bootstrap resamples of units; 0 for no interval.
    rng : int or numpy Generator
        Seed of the resampling; the same seed gives the same interval.

    Returns
    -------
    DataFrame with one row
        ``statistic``, ``estimate`` (0 to 1; 1 = always alike), ``ci_low``, ``ci_high``,
        ``ci_level``, ``n_units`` (judged by two or more), ``n_coders``, ``note``.

    References
    ----------
    Fleiss (1971), Psychological Bulletin 76(5), 378-382 (observed agreement with several coders).

    Examples
    --------
    >>> ratings = pd.DataFrame({
    ...     "unit": [1, 2, 3, 4] * 2, "coder": ["Lin"] * 4 + ["Zhao"] * 4, "value": [1, 1, 0, 0, 1, 0, 0, 0]})
    >>> percent_agreement(ratings)[["statistic", "estimate", "n_units", "n_coders"]]
               statistic  estimate  n_units  n_coders
    0  percent_agreement      0.75        4         2
    """
    matrix = rating_matrix(ratings, unit=unit, coder=coder, value=value)
    units = unique_value_counts(matrix)
    n_coders = len(matrix.coders)
    notes = [f"units judged by fewer than two coders, left out: {units.n_left_out}" if units.n_left_out else ""]
    notes.append("mean pairwise agreement" if n_coders > 2 else "")
    return coefficient_row(
        "percent_agreement",
        _mean_agreement(units.rows),
        units.counts,
        n_coders=n_coders,
        undefined="undefined: no unit was judged by two coders",
        notes=notes,
        ci=ci,
        n_resamples=n_resamples,
        rng=rng,
    )


def _mean_agreement(value_counts: np.ndarray) -> Statistic:
    # Which share of the pairs of coders agree in each kind of unit?
    n_ratings = value_counts.sum(axis=1)
    agreeing = (value_counts * (value_counts - 1)).sum(axis=1) / (n_ratings * (n_ratings - 1))
    return lambda weights: weights @ agreeing / weights.sum(axis=1)
