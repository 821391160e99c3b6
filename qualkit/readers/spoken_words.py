"""Single words with their times, as some recognisers list them, become pieces of speech."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualkit.readers.pieces import Piece, on_one_line

# Where nobody is named, a longer silence or the end of a sentence begins a new turn.
_LONGEST_SILENCE_MS = 1500
_STOP = re.compile(r"[。！？!?]|\.(?!\d)")
_PUNCTUATION = re.compile(r"[,.;:!?%…，。；：！？、]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word or punctuation mark; ``speaker`` is ``None`` where the recogniser names nobody."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    speaker: str | None = None


def pieces_of_words(words: Iterable[Word]) -> list[Piece]:
    """A piece for each word, punctuation with the word before it.

    >>> [piece.words for piece in pieces_of_words([Word("I"), Word("did"), Word("."), Word("Yes")])]
    ['I', 'did.', 'Yes']
    """
    pieces: list[Piece] = []
    sentence = 0
    last_end: int | None = None
    for word in words:
        text = on_one_line(word.text)
        if not text:
            continue
        if pieces and _PUNCTUATION.fullmatch(text):
            before = pieces[-1]
            pieces[-1] = Piece(
                words=before.words + text, speaker=before.speaker, time_ms=before.time_ms, utterance=before.utterance
            )
            continue
        is_late = last_end is not None and word.start_ms is not None and word.start_ms - last_end > _LONGEST_SILENCE_MS
        if pieces and (is_late or _STOP.search(pieces[-1].words[-1:])):
            sentence += 1
        pieces.append(Piece(words=text, speaker=word.speaker, time_ms=word.start_ms, utterance=f"sentence {sentence}"))
        last_end = word.end_ms if word.end_ms is not None else word.start_ms
    return pieces


class Spans:
    """Who speaks when, where the recogniser lists it apart from the words.

    >>> spans = Spans([(0, 2000, "S1"), (2500, 4000, "S2")])
    >>> spans.speaker_at(1999), spans.speaker_at(2200), spans.speaker_at(2500), spans.speaker_at(None)
    ('S1', None, 'S2', None)
    """

    def __init__(self, spans: Sequence[tuple[int, int, str]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _, _ in self._spans]

    def speaker_at(self, time_ms: int | None) -> str | None:
        """The speaker of the span that holds this moment."""
        number = bisect_right(self._starts, time_ms) - 1 if time_ms is not None else -1
        if number < 0 or time_ms is None:
            return None
        _, end, speaker = self._spans[number]
        return speaker if time_ms < end else None
