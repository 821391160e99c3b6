"""How a value is printed in a table: p values, decimals, missing values, words."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from qualkit.reports.labels import value_label

MISSING = "—"


def is_p_value(column: str) -> bool:
    """Whether a column holds p values.

    >>> [is_p_value(name) for name in ("p_value", "p_holm", "wilcoxon_p_exact", "permutation_p", "mean_pre")]
    [True, True, True, True, False]
    """
    return "p" in column.split("_")


def cell_text(value: object, column: str, *, decimals: int, language: str, labels: Mapping[str, str] | None) -> str:
    """One value as a thesis prints it.

    >>> cell_text(0.0004, "p_value", decimals=2, language="zh", labels=None)
    '<0.001'
    >>> cell_text(-8.8, "difference", decimals=2, language="zh", labels=None)
    '−8.80'
    >>> cell_text(float("-inf"), "n", decimals=2, language="zh", labels=None)
    '−∞'
    >>> cell_text(float("nan"), "t", decimals=2, language="zh", labels=None)
    '—'
    """
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return "、".join(map(str, value)) if language == "zh" else ", ".join(map(str, value))
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return MISSING
    if isinstance(value, bool) or not _is_number(value):
        return value_label(str(value), language, labels)
    number = float(value)  # type: ignore[arg-type]
    if math.isinf(number):
        return _signed("∞" if number > 0 else "-∞")
    if is_p_value(column):
        return p_text(number)
    if number == int(number) and _is_whole(column, value):
        return _signed(f"{int(number)}")
    return _signed(f"{number:.{decimals}f}")


def p_text(p: float) -> str:
    """A p value with three decimals, never ``0.000``.

    >>> p_text(0.0321), p_text(1e-9)
    ('0.032', '<0.001')
    """
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def decimals_of(values: pd.Series, *, default: int) -> int:
    """Decimals that show a column of numbers: none when every one is whole.

    >>> decimals_of(pd.Series([1.0, 2.0, None]), default=2), decimals_of(pd.Series([1.5]), default=2)
    (0, 2)
    """
    known = pd.to_numeric(values, errors="coerce").dropna()
    return 0 if len(known) and (known == known.round()).all() else default


def _is_number(value: object) -> bool:
    return hasattr(value, "__float__") and not isinstance(value, str)


def _is_whole(column: str, value: object) -> bool:
    return hasattr(value, "__index__") or column.startswith("n_") or column in ("n", "df")


def _signed(text: str) -> str:
    return text.replace("-", "−")
