"""What was said piece by piece becomes one text of lines `speaker：words` with its turns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qualkit.model import Turn

_LATIN = re.compile(r"[!-~\u00c0-\u024f]")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of one speaker, with the time at which they begin."""

    speaker: str | None
    time_ms: int | None
    words: str


def compose_turns(spoken: Iterable[Spoken]) -> tuple[str, list[Turn]]:
    """A line for each piece, and the turn in it.

    >>> compose_turns([Spoken("A3", 1200, "我不去"), Spoken(None, 4000, "（沉默）")])[0]
    'A3：我不去\\n（沉默）'
    """
    lines = []
    turns = []
    place = 0
    for one in spoken:
        label = "" if one.speaker is None else f"{one.speaker}："
        lines.append(label + one.words)
        start = place + len(label)
        turns.append(Turn(start=start, end=start + len(one.words), speaker=one.speaker, time_ms=one.time_ms))
        place = start + len(one.words) + 1
    return "\n".join(lines), turns


def join_words(before: str, after: str) -> str:
    """Chinese is joined as it is; two Latin words need the space that the line end stood for.

    >>> join_words("我", "不去"), join_words("I don't", "know")
    ('我不去', "I don't know")
    """
    gap = " " if before and after and _LATIN.match(before[-1]) and _LATIN.match(after[0]) else ""
    return before + gap + after
