"""What stands in the cells of hand-made tables: numbers, days, yes and no."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata

from qualkit.errors import ReadError

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_YES = {"1", "√", "✓", "✔", "☑", "是", "到", "有", "出席", "出勤", "到场", "y", "yes", "true", "present"}
_NO = {"0", "×", "✗", "✘", "☒", "x", "否", "无", "缺", "缺席", "缺勤", "请假", "未到", "n", "no", "false", "absent"}
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T].*|\s*\(?(?:星期|周|礼拜).*)?")
_MOST_SHOWN = 40
_NUMERALS = "一二三四五六七八九"


def shorten(text: str) -> str:
    """A value in quotes as it is shown in a message.

    >>> shorten("x"), shorten("长" * 50)
    ("'x'", "'长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长'…")
    """
    return repr(text) if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]!r}…"


def read_number(text: str, place: str) -> float:
    """A number, also in full-width digits; a blank cell is NaN.

    >>> read_number("３", "a.csv, row 2"), read_number("", "a.csv, row 3")
    (3.0, nan)
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return math.nan
    if not _NUMBER.fullmatch(plain):
        raise ReadError(
            f"{place}: {shorten(text)} is not a number. Enter the number, or leave the cell blank when not answered."
        )
    return float(plain)


def read_yes_no(text: str, place: str) -> bool | None:
    """Yes or no as √ / ×, 1 / 0, 是 / 否; ``None`` for a blank cell.

    >>> read_yes_no("√", ""), read_yes_no("请假", ""), read_yes_no("", "")
    (True, False, None)
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if not plain:
        return None
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise ReadError(f"{place}: {shorten(text)} is neither yes nor no. Write √ or ×, 1 or 0, 是 or 否.")


def read_day(text: str, place: str) -> str:
    """A day as ISO 8601; a blank cell stays blank.

    >>> read_day("2031年4月5日", ""), read_day("2031/4/5", "")
    ('2031-04-05', '2031-04-05')
    """
    if not text.strip():
        return ""
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        if match is None:
            raise ValueError(text)
        return dt.date(*(int(part) for part in match.groups())).isoformat()
    except ValueError as error:
        raise ReadError(f"{place}: {shorten(text)} is not a day. Write it as 2031-04-19.") from error


def read_ordinal(text: str, place: str) -> int:
    """The number of a session: 3, 第3节, 第三节.

    >>> read_ordinal("第十二节", ""), read_ordinal("3", "")
    (12, 3)
    """
    plain = re.sub(r"^第|[节次]$", "", unicodedata.normalize("NFKC", text).strip())
    if re.fullmatch("[0-9]{1,4}", plain):
        return int(plain)
    if match := re.fullmatch(f"(?:([{_NUMERALS}]?)(十))?([{_NUMERALS}]?)", plain):
        tens, ten, ones = match.groups()
        number = (10 * (_NUMERALS.index(tens) + 1 if tens else 1) if ten else 0) + (
            _NUMERALS.index(ones) + 1 if ones else 0
        )
        if number:
            return number
    raise ReadError(f"{place}: {shorten(text)} is not the number of a session. Write 1, 2, 3 …")
