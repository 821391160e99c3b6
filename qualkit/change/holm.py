"""Holm's correction: how small must p be when several tests are made?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualkit.errors import DataError


def holm(p_values: Sequence[float] | np.ndarray) -> np.ndarray:
    """Adjusted p values in the order given; NaN stays NaN and does not count as a test.

    Parameters
    ----------
    p_values : sequence of float
        The p values of one family of tests.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6(2), 65-70.

    Examples
    --------
    >>> holm([0.01, 0.02, 0.03, 0.04, 0.05]).round(2).tolist()
    [0.05, 0.08, 0.09, 0.09, 0.09]
    """
    given = _p_values(p_values)
    adjusted = np.full(given.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(given))
    order = tested[np.argsort(given[tested], kind="stable")]
    # The smallest p counts as many times as there are tests, the next once less; never below the one before.
    factors = np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(1, np.maximum.accumulate(given[order] * factors))
    return adjusted


def _p_values(given: object) -> np.ndarray:
    remedy = "Give one list of numbers from 0 to 1, NaN for a test without p."
    try:
        is_text = np.asarray(given).dtype.kind not in "fiuO"
        p_values = np.asarray(given, dtype=float)
    except (TypeError, ValueError) as error:
        raise DataError(f"p_values={given!r} are not numbers. {remedy}") from error
    if p_values.ndim != 1 or (is_text and p_values.size):
        raise DataError(f"p_values={given!r} are not one list of numbers. {remedy}")
    outside = p_values[(p_values < 0) | (p_values > 1)]
    if outside.size:
        raise DataError(f"p_values: {outside[0]:g} is no p value. {remedy}")
    return p_values
