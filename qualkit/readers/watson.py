"""Read the JSON of IBM Watson: results with the times of their words, speakers in a list of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.json_text import load_json, milliseconds, objects, text_of
from qualkit.readers.pieces import Piece, on_one_line, speaker_name
from qualkit.readers.recognised import draft_pieces
from qualkit.readers.spoken_words import Word, pieces_of_words


def read_watson(content: Content) -> Draft:
    """Lines `speaker：words` and their turns; without speakers each result is a turn of nobody.

    >>> data = '{"result_index": 0, "results": [{"alternatives": [{"transcript": "hello there "}]}]}'
    >>> read_watson(Content(data.encode(), "A3.json")).text
    'hello there'
    """
    value = load_json(content)
    speakers = {
        start: speaker_name(one.get("speaker"))
        for one in objects(value, "speaker_labels")
        if (start := milliseconds(one.get("from"))) is not None
    }
    best = [next(objects(result, "alternatives"), {}) for result in objects(value, "results")]
    if speakers:
        return draft_pieces(content, pieces_of_words(_words(best, speakers)))
    return draft_pieces(content, list(map(_piece, best)))


def _words(best: list[dict[str, Any]], speakers: dict[int, str | None]) -> Iterator[Word]:
    for one in best:
        for word, start, end in _timestamps(one):
            start_ms = milliseconds(start)
            speaker = speakers.get(start_ms) if start_ms is not None else None
            yield Word(text_of(word), start_ms, milliseconds(end), speaker)


def _piece(best: dict[str, Any]) -> Piece:
    start = next((start for _, start, _ in _timestamps(best)), None)
    return Piece(words=on_one_line(text_of(best.get("transcript"))), time_ms=milliseconds(start))


def _timestamps(best: dict[str, Any]) -> Iterator[tuple[Any, Any, Any]]:
    rows = best.get("timestamps")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, list) and len(row) == 3:
            yield row[0], row[1], row[2]


def _recognises(content: Content) -> bool:
    value = load_json(content)
    return (
        isinstance(value, dict)
        and ("result_index" in value or "speaker_labels" in value)
        and any("transcript" in best for one in objects(value, "results") for best in objects(one, "alternatives"))
    )


FORMAT = Format(
    name="watson",
    label={"zh": "IBM Watson 转写 JSON", "en": "IBM Watson JSON"},
    suffixes=(".json",),
    recognises=_recognises,
    read=read_watson,
)
