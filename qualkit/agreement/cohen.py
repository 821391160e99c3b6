"""Cohen's kappa: do two coders agree more often than their habits alone would make them?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from qualkit.agreement.bootstrap import Statistic, coefficient_row
from qualkit.agreement.matrix import rating_matrix, unique_pairs
from qualkit.errors import DataError


def cohen_kappa(
    ratings: pd.DataFrame,
    *,
    unit: str = "unit",
    coder: str = "coder",
    value: str = "value",
    ci: float = 0.95,
    n_resamples: int = 1000,
    rng: int | np.random.Generator = 1,
) -> pd.DataFrame:
    """Agreement of two coders on categories, corrected for chance (unweighted).

    kappa = (p_o - p_e) / (1 - p_e), where p_o is the share of units judged alike and p_e
    the share expected if both kept their own frequencies but judged independently. It is
    low for rare codes even at high agreement (the prevalence paradox), and undefined when
    both coders used one and the same category throughout.

    Parameters
    ----------
    ratings : DataFrame
        One row per unit and coder, exactly two coders; NaN is "not judged". Units that one
        of them did not judge are left out.
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
        ``statistic``, ``estimate`` (-1 to 1; 0 = as by chance), ``ci_low``, ``ci_high``,
        ``ci_level``, ``n_units`` (judged by both), ``n_coders``, ``note``.

    References
    ----------
    Cohen (1960), Educational and Psychological Measurement 20(1), 37-46.

    Examples
    --------
    >>> ratings = pd.DataFrame({
    ...     "unit": [1, 2, 3, 4] * 2, "coder": ["Lin"] * 4 + ["Zhao"] * 4, "value": [1, 1, 0, 0, 1, 0, 0, 0]})
    >>> cohen_kappa(ratings)[["statistic", "estimate", "n_units", "n_coders"]]
         statistic  estimate  n_units  n_coders
    0  cohen_kappa       0.5        4         2
    """
    matrix = rating_matrix(ratings, unit=unit, coder=coder, value=value)
    if len(matrix.coders) > 2:
        raise DataError(
            f"Cohen's kappa compares two coders; these ratings have {len(matrix.coders)} "
            f"({', '.join(matrix.coders)}). Use krippendorff_alpha, or keep the ratings of two."
        )
    units = unique_pairs(matrix)
    left_out = f"units not judged by both coders, left out: {units.n_left_out}" if units.n_left_out else ""
    nothing = "undefined: no unit was judged by both coders"
    return coefficient_row(
        "cohen_kappa",
        _kappa(units.rows, len(matrix.values)),
        units.counts,
        n_coders=2,
        undefined="undefined: both coders gave every unit the same value" if units.counts.size else nothing,
        notes=[left_out],
        ci=ci,
        n_resamples=n_resamples,
        rng=rng,
    )


def _kappa(pairs: np.ndarray, n_values: int) -> Statistic:
    alike = (pairs[:, 0] == pairs[:, 1]).astype(float)
    first, second = np.eye(n_values)[pairs[:, 0]], np.eye(n_values)[pairs[:, 1]]

    def statistic(weights: np.ndarray) -> np.ndarray:
        n_units = weights.sum(axis=1)
        # How many agreements would each coder's own frequencies give?
        expected = ((weights @ first) * (weights @ second)).sum(axis=1)
        beyond_chance = n_units * (weights @ alike) - expected
        possible = n_units**2 - expected
        return np.divide(beyond_chance, possible, out=np.full(len(weights), np.nan), where=possible > 0)

    return statistic
