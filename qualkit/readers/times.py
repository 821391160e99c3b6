"""Clock times and days that stand in a text."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress

#: 01:23, 00:01:23 or 00:01:23.456, as a pattern.
CLOCK = r"(?:\d{1,2}[:：])?\d{1,2}[:：]\d{2}(?:[.,]\d{1,3})?"

#: 2031-04-05, 2031/4/5 or 2031年4月5日.
DAY = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")


def read_clock(clock: str) -> int:
    """The milliseconds of a clock time such as ``CLOCK`` finds.

    >>> read_clock("01:02"), read_clock("1:02：41"), read_clock("00:00:16.48")
    (62000, 3761000, 16480)
    """
    whole, _, fraction = clock.replace("：", ":").replace(",", ".").partition(".")
    seconds = 0
    for part in whole.split(":"):
        seconds = 60 * seconds + int(part)
    return 1000 * seconds + int(f"{fraction:0<3}")


def find_days(text: str) -> list[str]:
    """The days named in a text, as ISO 8601; what no calendar has is none.

    >>> find_days("2031年4月15日 下午 3:02 – 2031/04/18"), find_days("2031-13-45")
    (['2031-04-15', '2031-04-18'], [])
    """
    days = []
    for match in DAY.finditer(text):
        with suppress(ValueError):
            days.append(dt.date(*map(int, match.groups())).isoformat())
    return days
