"""Read the JSON of FunASR: sentences with their speakers, times in milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.json_text import load_json, milliseconds, objects, text_of
from qualkit.readers.pieces import Piece, on_one_line, speaker_name
from qualkit.readers.recognised import draft_pieces


def read_funasr(content: Content) -> Draft:
    """Lines `speaker：words` and their turns.

    >>> data = '[{"text": "早。", "sentence_info": [{"text": "早。", "start": 380, "end": 900, "spk": 1}]}]'
    >>> read_funasr(Content(data.encode(), "A3.json")).text
    'Speaker 1：早。'
    """
    pieces = [
        Piece(
            words=on_one_line(text_of(one.get("text")) or text_of(one.get("sentence"))),
            speaker=speaker_name(one.get("spk")),
            time_ms=milliseconds(one.get("start"), per_unit=1),
        )
        for one in _sentences(load_json(content))
    ]
    return draft_pieces(content, pieces)


def _sentences(value: Any) -> Iterator[dict[str, Any]]:
    for result in objects(value if isinstance(value, list) else [value]):
        yield from objects(result, "sentence_info")


def _recognises(content: Content) -> bool:
    return any("start" in one for one in _sentences(load_json(content)))


FORMAT = Format(
    name="funasr",
    label={"zh": "FunASR 转写 JSON", "en": "FunASR JSON"},
    suffixes=(".json",),
    recognises=_recognises,
    read=read_funasr,
)
