"""The characters of a text: how many were spoken, and whether they are Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qualkit.model import Mark

_HAN = re.compile("[\u3400-\u9fff]")


def count_characters(text: str, *, marks: Iterable[Mark] = (), start: int = 0, end: int | None = None) -> int:
    """Count the characters of ``text[start:end]`` that are no space and lie in no mark.

    Positions of ``marks`` are those of the whole ``text``.

    >>> count_characters("就……自己 待着。（低头）", marks=[Mark(start=1, end=3), Mark(start=9, end=13)])
    6
    """
    stop = len(text) if end is None else end
    count = 0
    place = start
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.end <= place:
            continue
        if mark.start >= stop:
            break
        count += _count_visible(text[place : mark.start])
        place = mark.end
    return count + _count_visible(text[place:stop])


def _count_visible(text: str) -> int:
    return sum(map(len, text.split()))


def language_of(text: str) -> str:
    """``zh`` when the text has Han characters, else ``en``.

    >>> language_of("退缩型"), language_of("withdrawal")
    ('zh', 'en')
    """
    return "zh" if _HAN.search(text) else "en"
