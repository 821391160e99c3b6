"""Places in text: code points here, UTF-16 units in the browser; the conversion happens in this file alone."""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16Index:
    """Convert between code points and UTF-16 units of one text.

    Characters above U+FFFF (emoji, rare Han) take two units; the index keeps where they
    are, so that a conversion costs one binary search.

    >>> index = Utf16Index("好😀好")
    >>> index.to_utf16(2), index.to_code_point(3)
    (3, 2)
    """

    def __init__(self, text: str) -> None:
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]
        self._astral_utf16 = [place + count for count, place in enumerate(self._astral)]

    def to_utf16(self, position: int) -> int:
        """UTF-16 offset of a code point position."""
        return position + bisect_left(self._astral, position)

    def to_code_point(self, offset: int) -> int:
        """Code point position of a UTF-16 offset; one inside a surrogate pair belongs to its character."""
        # A pair that starts at `offset - 1` counts as passed: the offset is inside it and moves to its start.
        return offset - bisect_left(self._astral_utf16, offset)


def line_starts(text: str) -> list[int]:
    """Code point positions at which the lines of ``text`` begin.

    >>> line_starts("a\\nb\\n")
    [0, 2, 4]
    """
    return [0, *(match.end() for match in re.finditer("\n", text))]


def find_unique(text: str, quote: str) -> int | None:
    """Where ``quote`` stands in ``text``; ``None`` when it is missing or stands there twice.

    >>> find_unique("我不想说。我走了。", "走了"), find_unique("哈哈", "哈")
    (6, None)
    """
    first = text.find(quote)
    if first < 0 or not quote or text.find(quote, first + 1) >= 0:
        return None
    return first


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch ``[start, end)`` without the white space at its ends.

    >>> trim("好。 我去。", 2, 6)
    (3, 6)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
