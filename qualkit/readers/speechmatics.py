"""Read the JSON of Speechmatics: words with speakers, or words and speakers in two lists."""

from __future__ import annotations

from typing import Any

from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.json_text import load_json, milliseconds, objects, text_of
from qualkit.readers.pieces import speaker_name
from qualkit.readers.recognised import draft_pieces
from qualkit.readers.spoken_words import Spans, Word, pieces_of_words

# What Speechmatics writes where it cannot tell the speaker.
_UNKNOWN = "UU"


def read_speechmatics(content: Content) -> Draft:
    """Lines `speaker：words` and their turns.

    >>> data = '{"job": {}, "speakers": [], "words": [{"name": "Hi", "time": "0.5", "duration": "0.2"}]}'
    >>> read_speechmatics(Content(data.encode(), "A3.json")).text
    'Hi'
    """
    value = load_json(content)
    words = _old_words(value) if isinstance(value.get("words"), list) else map(_word, objects(value, "results"))
    return draft_pieces(content, pieces_of_words(words))


def _word(result: dict[str, Any]) -> Word:
    best: dict[str, Any] = next(objects(result, "alternatives"), {})
    speaker = speaker_name(best.get("speaker"))
    start, end = milliseconds(result.get("start_time")), milliseconds(result.get("end_time"))
    return Word(text_of(best.get("content")), start, end, None if speaker == _UNKNOWN else speaker)


def _old_words(value: dict[str, Any]) -> list[Word]:
    spans = Spans(
        [
            (start, start + (milliseconds(one.get("duration")) or 0), name)
            for one in objects(value, "speakers")
            if (start := milliseconds(one.get("time"))) is not None and (name := speaker_name(one.get("name")))
        ]
    )
    words = []
    for one in objects(value, "words"):
        start = milliseconds(one.get("time"))
        end = None if start is None else start + (milliseconds(one.get("duration")) or 0)
        words.append(Word(text_of(one.get("name")), start, end, spans.speaker_at(start)))
    return words


def _recognises(content: Content) -> bool:
    value = load_json(content)
    if not isinstance(value, dict) or "job" not in value:
        return False
    is_old = isinstance(value.get("words"), list) and isinstance(value.get("speakers"), list)
    return is_old or any("alternatives" in one and "start_time" in one for one in objects(value, "results"))


FORMAT = Format(
    name="speechmatics",
    label={"zh": "Speechmatics 转写 JSON", "en": "Speechmatics JSON"},
    suffixes=(".json",),
    recognises=_recognises,
    read=read_speechmatics,
)
