"""What the trend tests share: an order stated beforehand and the tails of an exact distribution."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import norm

from qualkit.checks import require_choice, require_columns, require_filled, require_keys, require_numbers, require_rows
from qualkit.errors import OptionError

ALTERNATIVES = ("increase", "decrease", "two-sided")


def require_order(
    table: pd.DataFrame, order: Sequence[object], column: str, value: str, *, minimum: int, alternative: str, what: str
) -> None:
    """Refuse a table or an order that a trend test cannot use."""
    require_choice("alternative", alternative, ALTERNATIVES)
    require_columns(table, [column, value], what=what)
    require_rows(table, what=what)
    require_keys(table, [column], what=what)
    require_filled(table, column, what=what)
    if not _is_order(order, minimum):
        raise OptionError(f"order={order!r} must list at least {minimum} different values of {column!r}.")
    known = list(table[column].dropna().unique())
    if set(known) != set(order):
        odd = ", ".join(str(one) for one in set(known) ^ set(order))
        raise OptionError(f"order and the column {column!r} differ in: {odd}. Name each value of the column once.")
    require_numbers(table, value, what=what)


def normal_tail(observed: float, mean: float, variance: float, alternative: str) -> float:
    """The p value of ``observed`` by the normal curve, where all arrangements are too many to count."""
    z = (observed - mean) / np.sqrt(variance)
    return float({"increase": norm.sf(z), "decrease": norm.cdf(z), "two-sided": 2 * norm.sf(abs(z))}[alternative])


def _is_order(order: object, minimum: int) -> bool:
    if isinstance(order, str) or not pd.api.types.is_list_like(order):
        return False
    values = list(order)  # type: ignore[call-overload]
    return len(values) >= minimum and all(map(pd.api.types.is_scalar, values)) and len(set(values)) == len(values)


def exact_tail(distribution: np.ndarray, observed: int, alternative: str) -> float:
    """The p value of ``observed``; ``distribution`` counts the arrangements that give each value of the statistic."""
    shares = distribution / distribution.sum()
    up, down = shares[observed:].sum(), shares[: observed + 1].sum()
    if alternative == "increase":
        return float(min(1.0, up))
    if alternative == "decrease":
        return float(min(1.0, down))
    return float(min(1.0, 2 * min(up, down)))
