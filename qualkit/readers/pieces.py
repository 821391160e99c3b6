"""Pieces of speech, such as cues and segments, become turns, and each keeps its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualkit.errors import ReadError
from qualkit.model import Turn
from qualkit.readers.decode import clean_text, drop_invisible
from qualkit.readers.word_gap import gap_between

# Words that are on one line already, as nearly all are.
_PLAIN = re.compile(
    r"[!-~\u4e00-\u9fff\uff01-\uff5e、。〈-】“”‘’…—]+(?: [!-~\u4e00-\u9fff\uff01-\uff5e、。〈-】“”‘’…—]+)*"
)

# A longer name is no name; what stands beyond it would only hide the words.
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A few words on one line; pieces of the same ``utterance`` belong together whoever is named.

    ``doubt`` says why the recogniser's words may be wrong: one of the keys of ``doubts.REASONS``.
    """

    words: str
    speaker: str | None = None
    time_ms: int | None = None
    utterance: str | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """The text of all pieces, its turns, and where in it each piece stands."""

    text: str
    turns: list[Turn]
    places: list[tuple[int, int]]


def require_size(n_pieces: int, name: str, *, most: int) -> None:
    """Refuse more cues or segments than any recording has."""
    if n_pieces > most:
        raise ReadError(
            f"{name} has {n_pieces:,} cues or segments; up to {most:,} are read. Split it, one recording per file."
        )


def on_one_line(text: str) -> str:
    """The words without line ends and without space around them.

    >>> on_one_line(" 我\\n不去 ")
    '我不去'
    """
    if _PLAIN.fullmatch(text):
        return text
    lines = [" ".join(line.split()) for line in clean_text(text).splitlines()]
    return "".join(gap + words for gap, words in _with_gaps(lines))


def speaker_name(name: object) -> str | None:
    """The label a program gives a speaker, as it stands; a bare number is the speaker of that number.

    >>> speaker_name(" SPEAKER_00"), speaker_name(1), speaker_name("")
    ('SPEAKER_00', 'Speaker 1', None)
    """
    if isinstance(name, bool) or not isinstance(name, int | str):
        return None
    if isinstance(name, int):
        name = f"{name}" if abs(name) < 10_000 else ""
    label = " ".join(drop_invisible(clean_text(name)).split())[:_LONGEST_NAME].strip()
    return f"Speaker {label}" if label.isdecimal() else label or None


def join_pieces(pieces: Sequence[Piece]) -> Joined:
    """A line `speaker：words` for each turn.

    Neighbouring pieces of one speaker are one turn with the time of the first. Pieces of nobody stay
    apart: who spoke is not guessed.

    >>> joined = join_pieces([Piece(speaker="A3", time_ms=0, words="我"), Piece(speaker="A3", words="不去")])
    >>> joined.text, joined.turns, joined.places
    ('A3：我不去', [Turn(start=3, end=6, speaker='A3', time_ms=0)], [(3, 4), (4, 6)])
    """
    lines: list[str] = []
    turns: list[Turn] = []
    places: list[tuple[int, int]] = []
    place = 0
    for run in _runs(pieces):
        speaker = run[0].speaker
        label = "" if speaker is None else f"{speaker}："
        parts = _with_gaps(piece.words for piece in run)
        lines.append(label + "".join(gap + words for gap, words in parts))
        start = end = place + len(label)
        for gap, words in parts:
            places.append((end + len(gap), end + len(gap) + len(words)))
            end = places[-1][1]
        turns.append(Turn(start=start, end=end, speaker=speaker, time_ms=run[0].time_ms))
        place = end + 1
    return Joined("\n".join(lines), turns, places)


def _runs(pieces: Iterable[Piece]) -> list[list[Piece]]:
    runs: list[list[Piece]] = []
    for piece in pieces:
        if runs and _belong_together(runs[-1][-1], piece):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _belong_together(one: Piece, other: Piece) -> bool:
    if one.speaker != other.speaker:
        return False
    return one.speaker is not None or (one.utterance is not None and one.utterance == other.utterance)


def _with_gaps(parts: Iterable[str]) -> list[tuple[str, str]]:
    # Each part, and the space that stands between it and the one before.
    pairs = []
    before = ""
    for words in parts:
        pairs.append((gap_between(before, words), words))
        before = words[-1:] or before
    return pairs
