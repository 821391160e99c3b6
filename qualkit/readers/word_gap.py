"""The blank between words that the end of a line or a recogniser parted."""

from __future__ import annotations

import re

_LATIN = re.compile(r"[!-~\u00c0-\u024f]")


def gap_between(before: str, after: str) -> str:
    """Chinese is joined as it is; two Latin words need the blank that the line end stood for.

    >>> gap_between("我", "不去"), gap_between("I don't", "know")
    ('', ' ')
    """
    return " " if before and after and _LATIN.match(before[-1]) and _LATIN.match(after[0]) else ""
