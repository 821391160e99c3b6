"""Read a Praat TextGrid: each interval with a label is speech of its tier."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from qualkit.errors import ReadError
from qualkit.model import Note
from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.pieces import Joined, Piece, join_pieces, on_one_line, speaker_name

# Praat reads what stands free: strings, numbers and flags. Names, brackets and comments are there for people.
_TOKEN = re.compile(
    r'"(?P<string>[^"]*+(?:""[^"]*+)*+)"'
    r'|(?P<open>")'
    r"|(?<!\S)(?:(?P<number>[+-]?\d{1,30}(?:\.\d{0,30})?(?:[eE][+-]?\d{1,3})?)%?|(?P<flag><\w{1,20}>))(?!\S)"
    r"|(?<!\S)![^\n]*"
)
_LATEST_S = 1e8

_MOST_TIERS = 10_000

# Tiers that cut the sounds of other tiers into pieces.
_SOUNDS = re.compile(r"(?i:.*(?:phones?|phonemes?|segments?|syllables?|tones?|pitch))|.*(?:音素|音段|音节|声调|拼音)")

_BEGIN = re.compile(r'\s*(?:File type\s*=\s*)?"ooTextFile(?: short)?"\s*(?:Object class\s*=\s*)?"TextGrid"')
_REMEDY = "Open it in Praat and save it again with Save as text file…"


@dataclass(frozen=True, slots=True)
class _Label:
    start: float
    end: float
    words: str


@dataclass(frozen=True, slots=True)
class _Tier:
    name: str
    is_points: bool
    labels: list[_Label]


class _Tokens:
    """The values of a file one after the other, in the long form as in the short one."""

    def __init__(self, content: Content) -> None:
        self._name = content.name
        self._text = content.text
        self._place = 0
        self._tokens = self._scan()

    def string(self) -> str:
        return self._next("string", "a text in quotes")

    def number(self) -> float:
        value = float(self._next("number", "a number"))
        if not abs(value) < _LATEST_S:
            raise self._error("the number", "is larger than any time")
        return value

    def count(self, most: int) -> int:
        value = self.number()
        if value < 0 or value != int(value) or value > most:
            raise self._error(f"the number {value:g}", "is no count of what follows")
        return int(value)

    def flag(self) -> str:
        return self._next("flag", "<exists>")

    @property
    def rest(self) -> int:
        """How many values can stand in the rest of the file at most."""
        return len(self._text) - self._place

    def _next(self, kind: str, wanted: str) -> str:
        for match in self._tokens:
            self._place = match.start()
            if match[kind] is None:
                raise self._error(repr(match[0][:30]), f"stands where {wanted} should be")
            return match[kind].replace('""', '"') if kind == "string" else match[kind]
        self._place = len(self._text)
        raise self._error("the end", f"comes where {wanted} should be")

    def _scan(self) -> Iterator[re.Match[str]]:
        for match in _TOKEN.finditer(self._text):
            if match["open"]:
                self._place = match.start()
                raise self._error("a quote", 'opens and is never closed; write "" for a quote inside a label')
            if match.lastgroup:
                yield match

    def _error(self, what: str, why: str) -> ReadError:
        line = self._text.count("\n", 0, self._place) + 1
        return ReadError(f"{self._name}, line {line}: {what} {why}. {_REMEDY}")


def read_textgrid(content: Content) -> Draft:
    """The labelled intervals of all tiers in the order of time; the speaker is the tier's name.

    An empty interval is silence. Points, and tiers of single sounds, become notes ``tier: label`` at the speech
    they fall in; where nothing else is there, they are the text.
    """
    if content.data.startswith(b"ooBinaryFile"):
        raise ReadError(f"{content.name} is a binary file of Praat. {_REMEDY}")
    tiers = _tiers(content)
    spoken = [one for one in tiers if not one.is_points and not _SOUNDS.fullmatch(one.name) and one.labels]
    spoken = (
        spoken or [one for one in tiers if not one.is_points and one.labels] or [one for one in tiers if one.labels]
    )
    if not spoken:
        raise ReadError(f"{content.name} has no label with words. Check that the right file was chosen.")
    timed = sorted(((label, one) for one in spoken for label in one.labels), key=lambda pair: pair[0].start)
    pieces = [
        Piece(words=label.words, speaker=speaker_name(one.name), time_ms=round(1000 * max(label.start, 0)))
        for label, one in timed
    ]
    joined = join_pieces(pieces)
    notes = _notes([one for one in tiers if one not in spoken], [label for label, _ in timed], joined)
    meta = {"tiers": ", ".join(one.name for one in tiers if one.name)}
    return Draft(text=joined.text, turns=joined.turns, meta=meta, notes=notes, encoding=content.encoding)


def _tiers(content: Content) -> list[_Tier]:
    tokens = _Tokens(content)
    tokens.string()
    if tokens.string() != "TextGrid":
        raise ReadError(f"{content.name} is a file of Praat, but no TextGrid. Save the TextGrid of the recording.")
    tokens.number()
    tokens.number()
    if tokens.flag() != "<exists>":
        return []
    return [_tier(tokens) for _ in range(tokens.count(_MOST_TIERS))]


def _tier(tokens: _Tokens) -> _Tier:
    is_points = tokens.string() == "TextTier"
    name = on_one_line(tokens.string())
    tokens.number()
    tokens.number()
    labels = []
    for _ in range(tokens.count(tokens.rest)):
        start = tokens.number()
        end = start if is_points else tokens.number()
        words = on_one_line(tokens.string())
        if words:
            labels.append(_Label(start, end, words))
    return _Tier(name, is_points, labels)


def _notes(tiers: list[_Tier], spoken: list[_Label], joined: Joined) -> list[Note]:
    # A label outside of all speech stands at the speech before it.
    starts = [label.start for label in spoken]
    notes = []
    for tier in tiers:
        for label in tier.labels:
            place = max(bisect_right(starts, label.start) - 1, 0)
            start, end = joined.places[place]
            notes.append(Note(start=start, end=end, text=f"{tier.name}: {label.words}", kind="tag"))
    return sorted(notes, key=lambda note: (note.start, note.end))


def _recognises(content: Content) -> bool:
    if content.suffix == ".textgrid" or content.data.startswith(b"ooBinaryFile\x08TextGrid"):
        return True
    return bool(_BEGIN.match(content.head))


FORMAT = Format(
    name="textgrid",
    label={"zh": "Praat TextGrid 标注", "en": "Praat TextGrid"},
    suffixes=(".textgrid",),
    recognises=_recognises,
    read=read_textgrid,
)
