"""Where the words of a recogniser may be wrong: loops, words heard in silence, words it was unsure of."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from qualkit.language.characters import language_of
from qualkit.model import Note
from qualkit.readers.pieces import Joined, Piece

REASONS = {
    "loop": {
        "zh": "同样的话连续出现{n}次，可能是语音识别的重复错误，请对照录音核对。",
        "en": "The same words {n} times in a row: possibly a loop of the speech recogniser. "
        "Compare with the recording.",
    },
    "repetitive": {
        "zh": "这一段内部重复很多，可能是语音识别的重复错误，请对照录音核对。",
        "en": "These words repeat themselves: possibly a loop of the speech recogniser. Compare with the recording.",
    },
    "silence": {
        "zh": "语音识别认为此处很可能无人说话，文字可能是虚构的，请对照录音核对。",
        "en": "The speech recogniser holds that probably nobody spoke here; the words may be invented. "
        "Compare with the recording.",
    },
    "stock phrase": {
        "zh": "语音识别常在无人说话处写出这句话（字幕署名、求点赞等），请对照录音核对。",
        "en": "Speech recognisers often write this phrase where nobody speaks. Compare with the recording.",
    },
    "unsure": {
        "zh": "语音识别对这段文字把握较低，请对照录音核对。",
        "en": "The speech recogniser was unsure of these words. Compare with the recording.",
    },
}

# Whisper itself takes text that compresses better than this for a failure.
MOST_COMPRESSION = 2.4

# In a dialogue, 嗯 and 对 may well stand ten times in a row.
_LONG_LOOP, _SHORT_LOOP, _SHORT = 5, 12, 4

# Too short a text compresses badly whatever it says.
_LEAST_TO_COMPRESS = 60

_STOCK_PHRASE = re.compile(
    r"字幕志愿者|amara\.org|不吝点赞|点赞.{0,3}订阅|字幕(?:由|制作|提供)|明镜与点点"
    "|thanks? (?:you )?for watching|subtitles by",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to doubt the pieces ``first`` to ``last``; ``n`` is how often the words stand there."""

    first: int
    last: int
    reason: str
    n: int = 1


def find_doubts(pieces: Sequence[Piece], *, stock_phrases: bool = True) -> list[Doubt]:
    """What the pieces themselves are marked with, and loops and stock phrases of recognisers in them.

    >>> find_doubts([Piece(words="谢谢大家观看")] * 6)
    [Doubt(first=0, last=5, reason='loop', n=6)]
    """
    loops = _loops([piece.words for piece in pieces])
    looped = {number for loop in loops for number in range(loop.first, loop.last + 1)}
    single = []
    for number, piece in enumerate(pieces):
        reason = piece.doubt or _own_doubt(piece.words, stock_phrases=stock_phrases)
        if reason and piece.words and number not in looped:
            single.append(Doubt(number, number, reason))
    return sorted([*loops, *_merged(single)], key=lambda doubt: doubt.first)


def _own_doubt(words: str, *, stock_phrases: bool) -> str | None:
    if stock_phrases and len(words) <= _LEAST_TO_COMPRESS and _STOCK_PHRASE.search(words):
        return "stock phrase"
    encoded = words.encode("utf-8", "replace") if len(words) >= _LEAST_TO_COMPRESS else b""
    if encoded and len(encoded) / len(zlib.compress(encoded)) > MOST_COMPRESSION:
        return "repetitive"
    return None


def _loops(words: Sequence[str]) -> list[Doubt]:
    # One piece again and again, or two in turn.
    loops: list[Doubt] = []
    first = 0
    while first < len(words):
        lengths = [(_run_length(words, first, period) // period, period) for period in (1, 2)]
        times, period = max(lengths)
        unit = "".join(words[first : first + period])
        if unit and times >= (_LONG_LOOP if len(unit) >= _SHORT * period else _SHORT_LOOP):
            loops.append(Doubt(first, first + times * period - 1, "loop", times))
            first += times * period
        else:
            first += max(1, times * period - period)
    return loops


def _run_length(words: Sequence[str], first: int, period: int) -> int:
    last = first + period
    while last < len(words) and words[last] == words[last - period]:
        last += 1
    return min(last, len(words)) - first


def _merged(doubts: Sequence[Doubt]) -> list[Doubt]:
    # Neighbours of one reason are one remark.
    merged: list[Doubt] = []
    for doubt in doubts:
        if merged and merged[-1].reason == doubt.reason and merged[-1].last + 1 == doubt.first:
            merged[-1] = Doubt(merged[-1].first, doubt.last, doubt.reason)
        else:
            merged.append(doubt)
    return merged


def doubt_notes(doubts: Sequence[Doubt], joined: Joined) -> list[Note]:
    """A comment at the place of each doubt, in the language of the text."""
    language = language_of(joined.text)
    notes = []
    for doubt in doubts:
        start, end = joined.places[doubt.first][0], joined.places[doubt.last][1]
        if start < end:
            notes.append(Note(start=start, end=end, text=REASONS[doubt.reason][language].format(n=doubt.n)))
    return notes


def describe_doubts(doubts: Sequence[Doubt]) -> str:
    """How many places of which kind, for the report of an import.

    >>> describe_doubts([Doubt(0, 5, "loop", 6), Doubt(9, 9, "silence"), Doubt(12, 12, "silence")])
    'to be compared with the recording: 1 × loop, 2 × silence'
    """
    counts: dict[str, int] = {}
    for doubt in doubts:
        counts[doubt.reason] = counts.get(doubt.reason, 0) + 1
    return "to be compared with the recording: " + ", ".join(f"{n} × {reason}" for reason, n in counts.items())
