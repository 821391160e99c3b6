"""Bring values that people and spreadsheets write in many ways to the one form that is stored."""

from __future__ import annotations

import math
import operator
import re
from datetime import date, datetime
from typing import Any

import pandas as pd

from qualkit.errors import ChangedError, DataError
from qualkit.remarks import Remark

_DATE = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T].*)?")


def to_text(value: Any) -> str | None:
    """Text without space around it; ``None`` for what is empty or missing.

    >>> to_text(" A1 "), to_text(""), to_text(float("nan")), to_text(3.0)
    ('A1', None, None, '3')
    """
    if not pd.api.types.is_scalar(value):
        raise DataError(f"{value!r} is not one value. Give text or a number.")
    if pd.isna(value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None


def require_unchanged(current: str, seen: str) -> None:
    """Refuse to write over words that are others than those one has seen.

    >>> require_unchanged("回避", "回避")
    """
    if current != seen:
        message = Remark(
            f"This was changed since: it is {current!r} now. Look at it and write it again.",
            f"这里刚在别处改过，现为“{current}”。请看过后再写。",
        )
        raise ChangedError(message, current=current)


def to_iso_date(value: Any) -> str | None:
    """A day as ISO 8601.

    >>> to_iso_date("2031年4月5日"), to_iso_date("2031/4/5 10:20"), to_iso_date(None)
    ('2031-04-05', '2031-04-05', None)
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = to_text(value)
    if text is None:
        return None
    match = _DATE.fullmatch(text)
    try:
        if match:
            return date(*map(int, match.groups())).isoformat()
    except ValueError:
        pass  # such as a 13th month: refused below
    raise DataError(f"{text!r} is no day. Write it as year-month-day, such as 2031-04-15.")


def to_number(value: Any, *, name: str) -> float | None:
    """A finite number; ``None`` for what is empty or missing.

    >>> to_number("3", name="value"), to_number(float("nan"), name="value")
    (3.0, None)
    """
    text = to_text(value)
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise DataError(f"{name}={value!r} is no number. Correct it or leave it empty.")
    return number


def to_position(value: Any, *, name: str) -> int:
    """A place in a text: a whole number, no less than zero.

    >>> to_position(3, name="start")
    3
    """
    try:
        if isinstance(value, bool):
            raise TypeError(value)
        position = operator.index(value)
    except TypeError:
        raise DataError(f"{name}={value!r} is no place in a text. Give a whole number of characters.") from None
    if position < 0:
        raise DataError(f"{name}={position} lies before the text. Positions count characters from 0.")
    return position
