"""Read the JSON of Whisper, WhisperX, whisper.cpp and of the programs around them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from qualkit.readers.content import Content
from qualkit.readers.doubts import MOST_COMPRESSION
from qualkit.readers.format import Draft, Format
from qualkit.readers.json_text import load_json, milliseconds, number_of, objects, text_of
from qualkit.readers.pieces import Piece, on_one_line, speaker_name
from qualkit.readers.recognised import draft_pieces

# What Whisper's own rules take for silence and for failure.
_MOST_SILENCE = 0.6
_LEAST_LOG_PROBABILITY = -1.0


def read_whisper(content: Content) -> Draft:
    """Lines `speaker：words` and their turns from the segments.

    Neighbouring segments of one speaker are one turn; a segment whose speaker is not named is a turn
    of nobody. Segments that Whisper repeats, or holds for silence, carry a comment.

    >>> data = '{"segments": [{"start": 8.1, "text": " 嗯", "speaker": "SPEAKER_00"}], "language": "zh"}'
    >>> draft = read_whisper(Content(data.encode(), "A3.json"))
    >>> draft.text, draft.meta
    ('SPEAKER_00：嗯', {'language': 'zh'})
    """
    value = load_json(content)
    pieces = [_piece(segment) for segment in _segments(value)]
    n_empty = sum(1 for piece in pieces if not piece.words)
    odd = [f"{n_empty} of {len(pieces)} segments have no words"] if n_empty else []
    return draft_pieces(content, pieces, meta=_meta(value), odd=odd)


def _segments(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        return objects(value)
    # Segments with speakers come first: insanely-fast-whisper lists both.
    lists = (objects(value, key) for key in ("segments", "speakers", "transcription", "chunks"))
    first = next((one for one in map(list, lists) if one), [])
    return iter(first)


def _piece(segment: dict[str, Any]) -> Piece:
    return Piece(
        words=on_one_line(text_of(segment.get("text"))),
        speaker=speaker_name(segment.get("speaker")),
        time_ms=_start(segment),
        doubt=_doubt(segment),
    )


def _start(segment: dict[str, Any]) -> int | None:
    # Seconds, or a pair of seconds, or (whisper.cpp) thousandths.
    if isinstance(pair := segment.get("timestamp"), list) and pair:
        return milliseconds(pair[0])
    if isinstance(offsets := segment.get("offsets"), dict):
        return milliseconds(offsets.get("from"), per_unit=1)
    return milliseconds(segment.get("start"))


def _doubt(segment: dict[str, Any]) -> str | None:
    if (number_of(segment.get("no_speech_prob")) or 0.0) > _MOST_SILENCE:
        return "silence"
    if (number_of(segment.get("compression_ratio")) or 0.0) > MOST_COMPRESSION:
        return "repetitive"
    if (number_of(segment.get("avg_logprob")) or 0.0) < _LEAST_LOG_PROBABILITY:
        return "unsure"
    return None


def _meta(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    result = value.get("result")
    language = value.get("language") or (result.get("language") if isinstance(result, dict) else None)
    return {"language": on_one_line(text_of(language))[:40]}


def _recognises(content: Content) -> bool:
    probe = list(itertools.islice(_segments(load_json(content)), 20))
    times = ("start", "timestamp", "offsets", "seek")
    return any(isinstance(one.get("text"), str) and any(key in one for key in times) for one in probe)


FORMAT = Format(
    name="whisper",
    label={"zh": "Whisper 转写 JSON", "en": "Whisper JSON"},
    suffixes=(".json",),
    recognises=_recognises,
    read=read_whisper,
)
