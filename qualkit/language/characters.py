"""The characters of a text: how many were spoken, and whether they are Chinese."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from qualkit.model import Mark

if TYPE_CHECKING:
    import numpy as np

# All characters for which str.isspace is true, as they are to str.split.
_SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)

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


def count_between(text: str, marks: Iterable[tuple[int, int]]) -> np.ndarray:
    """For every place of ``text``, how many characters before it are no space and lie in no mark.

    The count of a stretch is the difference between its ends: for many stretches of one text this is
    faster than counting each.

    >>> counts = count_between("就…… 待着", [(1, 3)])
    >>> int(counts[6] - counts[0]), int(counts[4] - counts[0])
    (3, 1)
    """
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    is_counted = ~_spaces()[codes]
    for start, end in marks:
        is_counted[start:end] = False
    counts = np.zeros(len(codes) + 1, dtype=np.int64)
    np.cumsum(is_counted, out=counts[1:])
    return counts


@lru_cache(maxsize=1)
def _spaces() -> np.ndarray:
    import numpy as np

    is_space = np.zeros(sys.maxunicode + 1, dtype=bool)
    is_space[[ord(character) for character in _SPACES]] = True
    return is_space


def language_of(text: str) -> str:
    """``zh`` when the text has Han characters, else ``en``.

    >>> language_of("退缩型"), language_of("withdrawal")
    ('zh', 'en')
    """
    return "zh" if _HAN.search(text) else "en"
