"""Read the JSON of Deepgram: utterances, or paragraphs, or words with their speakers."""

from __future__ import annotations

from typing import Any

from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.json_text import load_json, milliseconds, objects, text_of
from qualkit.readers.pieces import Piece, on_one_line, speaker_name
from qualkit.readers.recognised import draft_pieces
from qualkit.readers.spoken_words import Word, pieces_of_words


def read_deepgram(content: Content) -> Draft:
    """Lines `speaker：words` and their turns, from the most detailed list that names speakers.

    >>> data = '{"results": {"channels": [], "utterances": [{"start": 0.5, "transcript": "Hi.", "speaker": 0}]}}'
    >>> read_deepgram(Content(data.encode(), "A3.json")).text
    'Speaker 0：Hi.'
    """
    results = load_json(content)["results"]
    pieces = [_piece(one, "transcript") for one in objects(results, "utterances")]
    if not any(piece.words for piece in pieces):
        pieces = [piece for channel in objects(results, "channels") for piece in _channel(channel)]
    return draft_pieces(content, pieces)


def _channel(channel: dict[str, Any]) -> list[Piece]:
    best = next(objects(channel, "alternatives"), {})
    paragraphs = [
        Piece(words=piece.words, time_ms=piece.time_ms, speaker=speaker_name(paragraph.get("speaker")))
        for paragraph in objects(best, "paragraphs", "paragraphs")
        for piece in (_piece(sentence, "text") for sentence in objects(paragraph, "sentences"))
    ]
    if any(piece.words for piece in paragraphs):
        return paragraphs
    words = pieces_of_words(map(_word, objects(best, "words")))
    return words or [Piece(words=on_one_line(text_of(best.get("transcript"))))]


def _piece(one: dict[str, Any], key: str) -> Piece:
    return Piece(
        words=on_one_line(text_of(one.get(key))),
        speaker=speaker_name(one.get("speaker")),
        time_ms=milliseconds(one.get("start")),
    )


def _word(word: dict[str, Any]) -> Word:
    return Word(
        text_of(word.get("punctuated_word")) or text_of(word.get("word")),
        milliseconds(word.get("start")),
        milliseconds(word.get("end")),
        speaker_name(word.get("speaker")),
    )


def _recognises(content: Content) -> bool:
    value = load_json(content)
    results = value.get("results") if isinstance(value, dict) else None
    return isinstance(results, dict) and isinstance(results.get("channels"), list)


FORMAT = Format(
    name="deepgram",
    label={"zh": "Deepgram 转写 JSON", "en": "Deepgram JSON"},
    suffixes=(".json",),
    recognises=_recognises,
    read=read_deepgram,
)
