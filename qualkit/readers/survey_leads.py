"""What stands beside the questions of a questionnaire: number, moment, time taken, and the case."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Sequence

from qualkit.errors import OptionError
from qualkit.readers.survey_headings import Heading
from qualkit.readers.survey_people import is_case

_MOMENT = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[ T]+(\d{1,2})\s*[:时]\s*(\d{1,2})\s*(?:[:分]\s*(\d{1,2})(?:\.\d{1,9})?\s*秒?)?分?Z?)?"
)
_SECONDS = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*(?:秒钟?|s|sec|seconds?)?", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})")
_IN_WORDS = re.compile(
    r"(?:(\d{1,4})\s*(?:小时|时|h))?\s*(?:(\d{1,6})\s*(?:分钟?|min|m))?\s*(?:(\d{1,6})\s*(?:秒钟?|s))?", re.IGNORECASE
)


def read_moment(text: str) -> str | None:
    """A moment as ISO 8601; ``None`` for what is none.

    >>> read_moment("2031/4/2 9:31:20"), read_moment("2031年4月2日"), read_moment("4/2/2031")
    ('2031-04-02T09:31:20', '2031-04-02', None)
    """
    match = _MOMENT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (None if part is None else int(part) for part in match.groups())
    try:
        if hour is None:
            return dt.date(year or 0, month or 0, day or 0).isoformat()
        return dt.datetime(year or 0, month or 0, day or 0, hour, minute or 0, second or 0).isoformat()
    except ValueError:
        return None


def read_seconds(text: str) -> float:
    """A time taken in seconds; NaN for what is none.

    >>> read_seconds("312秒"), read_seconds("41"), read_seconds("5分12秒"), read_seconds("0:05:12")
    (312.0, 41.0, 312.0, 312.0)
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if match := _SECONDS.fullmatch(plain):
        return float(match[1])
    if (match := _CLOCK.fullmatch(plain) or _IN_WORDS.fullmatch(plain)) and plain:
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return float(3600 * hours + 60 * minutes + seconds)
    return math.nan


def find_case_column(headings: Sequence[Heading], wanted: str | None, file: str) -> int | None:
    """Which column holds the code of the case: the one wanted, or the first that asks for it."""
    for place, one in enumerate(headings):
        if wanted is None:
            if one.part is None and is_case(one.text):
                return place
        elif wanted in (one.header, one.text, f"q{one.number}"):
            return place
    if wanted is None:
        return None
    known = ", ".join(one.header for one in headings)
    raise OptionError(f"case={wanted!r} is no column of {file}. It has {known}.")
