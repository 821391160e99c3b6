"""Read the JSON (json3) of YouTube captions: events with the words shown in each."""

from __future__ import annotations

from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.json_text import load_json, milliseconds, objects, text_of
from qualkit.readers.pieces import Piece, on_one_line
from qualkit.readers.recognised import draft_pieces


def read_youtube_json(content: Content) -> Draft:
    """A turn of nobody for each caption.

    >>> data = '{"wireMagic": "pb3", "events": [{"tStartMs": 160, "segs": [{"utf8": "the"}, {"utf8": " group"}]}]}'
    >>> read_youtube_json(Content(data.encode(), "A3.json")).text
    'the group'
    """
    pieces = [
        Piece(
            words=on_one_line("".join(text_of(one.get("utf8")) for one in objects(event, "segs"))),
            time_ms=milliseconds(event.get("tStartMs"), per_unit=1),
        )
        for event in objects(load_json(content), "events")
    ]
    return draft_pieces(content, pieces, stock_phrases=False)


def _recognises(content: Content) -> bool:
    value = load_json(content)
    return isinstance(value, dict) and any("segs" in one and "tStartMs" in one for one in objects(value, "events"))


FORMAT = Format(
    name="youtube_json",
    label={"zh": "YouTube 字幕 JSON", "en": "YouTube captions (json3)"},
    suffixes=(".json",),
    recognises=_recognises,
    read=read_youtube_json,
)
