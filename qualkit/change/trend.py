"""What the trend tests share: an order stated beforehand and the tails of an exact distribution."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from qualkit.checks import require_choice, require_columns, require_rows
from qualkit.errors import DataError, OptionError

ALTERNATIVES = ("increase", "decrease", "two-sided")


def require_order(
    table: pd.DataFrame, order: Sequence[object], column: str, value: str, *, minimum: int, alternative: str, what: str
) -> None:
    """Refuse a table or an order that a trend test cannot use."""
    require_choice("alternative", alternative, ALTERNATIVES)
    require_columns(table, [column, value], what=what)
    require_rows(table, what=what)
    if isinstance(order, str) or len(order) < minimum or len(set(order)) != len(order):
        raise OptionError(f"order={order!r} must list at least {minimum} different values of {column!r}.")
    known = list(table[column].dropna().unique())
    if set(known) != set(order):
        odd = ", ".join(str(one) for one in set(known) ^ set(order))
        raise OptionError(f"order and the column {column!r} differ in: {odd}. Name each value of the column once.")
    if not pd.api.types.is_numeric_dtype(table[value]):
        raise DataError(f"{what}: the column {value!r} is not numbers. Convert it, for example with pandas.to_numeric.")


def exact_tail(distribution: np.ndarray, observed: int, alternative: str) -> float:
    """The p value of ``observed``; ``distribution`` counts the arrangements that give each value of the statistic."""
    shares = distribution / distribution.sum()
    up, down = shares[observed:].sum(), shares[: observed + 1].sum()
    if alternative == "increase":
        return float(min(1.0, up))
    if alternative == "decrease":
        return float(min(1.0, down))
    return float(min(1.0, 2 * min(up, down)))
