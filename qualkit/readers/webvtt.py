"""Read a WebVTT file of Zoom, Teams, Stream, YouTube, noScribe or any other program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qualkit.errors import ReadError
from qualkit.readers.content import Content
from qualkit.readers.cue_speakers import drop_rolled, pieces_of
from qualkit.readers.cue_text import strip_markup, unescape
from qualkit.readers.cues import Cue, CueFile, is_time_line, read_cues
from qualkit.readers.format import Draft, Format
from qualkit.readers.pieces import Piece, on_one_line, speaker_name
from qualkit.readers.recognised import draft_pieces

_HEAD = re.compile(r"\s*WEBVTT(?:[ \t]+(?P<title>[^\n]*))?(?:\n|$)")
_FIELD = re.compile(r"(?P<key>Language)\s*:\s*(?P<value>.+)", re.IGNORECASE)

# `<v Name>` begins the words of somebody, `</v>` ends them.
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?[ \t\n]{1,9}(?P<name>[^<>]{1,200})>|</v>")

# Teams cuts an utterance into cues guid/7-0, guid/7-1; Stream into guid-0, guid-1.
_PART = re.compile(r"(?P<utterance>[0-9a-fA-F-]{36}(?:/\d{1,9})?)-\d{1,9}")

# An id that more cues share numbers the file, not an utterance.
_MOST_PARTS = 60

_STREAM_FIELD = re.compile(r"(?P<key>duration|language)\s*:\s*\"?(?P<value>[^\"]+)\"?", re.IGNORECASE)
_CONFIDENCE = re.compile(r"Confidence:\s*(?P<value>[01]?\.?\d{1,20})", re.IGNORECASE)

# Below this, classic Stream itself was unsure; half of such words are wrong.
_LEAST_CONFIDENCE = 0.5


def read_webvtt(content: Content) -> Draft:
    """Lines `speaker：words` and their turns.

    Speakers come from voice tags or from `Name: words`; where neither stands, nobody is named. Cues of
    one utterance belong together, neighbouring cues of one speaker are one turn, and captions that roll
    are taken once. Styles, regions and notes are no words. ``meta["odd"]`` says what broke the rules.

    >>> draft = read_webvtt(Content("WEBVTT\\n\\n00:01.000 --> 00:02.000\\n<v A3>我&nbsp;不去".encode(), "A3.vtt"))
    >>> draft.text, draft.turns
    ('A3：我 不去', [Turn(start=3, end=7, speaker='A3', time_ms=1000)])
    """
    file = read_cues(content.text, content.name, is_webvtt=True)
    if not file.cues:
        raise ReadError(
            f"{content.name} has no cue (no line 00:00:01.000 --> 00:00:02.000). "
            "Export the transcript as WebVTT again, or save the file as .txt."
        )
    meta, strays = _read_head(content.text, file)
    meta |= _stream_fields(file)
    rolls = drop_rolled(file.cues)
    pieces = _pieces([*strays, *file.cues])
    if not any(piece.words for piece in pieces):
        raise ReadError(f"{content.name} has cues but no words in them. Export the transcript as WebVTT again.")
    return draft_pieces(content, pieces, meta=meta, odd=file.odd, stock_phrases=not rolls)


def _read_head(text: str, file: CueFile) -> tuple[dict[str, str], list[Cue]]:
    # The first block is the file's head; what stands between it and the first cue is kept as words of nobody.
    meta: dict[str, str] = {}
    match = _HEAD.match(text)
    if match is None:
        file.odd.insert(0, "line 1: WEBVTT is missing")
    elif match["title"] and match["title"].strip(" -"):
        meta["title"] = unescape(match["title"].strip(" -"))
    begin = text.count("\n", 0, match.end()) if match else 0
    end = begin
    lines = text.split("\n", begin + 50)
    while match and end < len(lines) and lines[end].strip():
        end += 1
    strays = []
    for number, line in file.prelude:
        if number <= end or not line:
            if field := _FIELD.fullmatch(line):
                meta[field["key"].lower()] = field["value"].strip()
        else:
            strays.append(Cue(number, "", lines=[line]))
    if strays:
        file.odd.append(f"line {strays[0].line}: {strays[0].lines[0][:30]!r} stands before the first time line")
    return meta, strays


def _stream_fields(file: CueFile) -> dict[str, str]:
    found = (_STREAM_FIELD.fullmatch(comment.strip()) for comment in file.comments)
    meta = {match["key"].lower(): match["value"].strip() for match in found if match}
    values = [value for cue in file.cues if (value := _confidence(cue)) is not None]
    if values:
        meta["confidence"] = f"{sum(values) / len(values):.2f} on average"
    return meta


def _confidence(cue: Cue) -> float | None:
    match = _CONFIDENCE.search(cue.comment)
    return min(float(match["value"]), 1.0) if match and match["value"] != "." else None


def _pieces(cues: Sequence[Cue]) -> list[Piece]:
    if any("<v" in line for cue in cues for line in cue.lines):
        pieces = [(cue, piece) for cue in cues for piece in _voices(cue)]
    else:
        pieces = pieces_of(cues)
    parts = Counter(utterance for cue in cues if (utterance := _utterance(cue)))
    return _gathered([_with_cue(cue, piece, parts) for cue, piece in pieces])


def _voices(cue: Cue) -> list[Piece]:
    text = "\n".join(cue.lines)
    parts: list[tuple[str | None, str]] = []
    speaker = None
    place = 0
    for match in _VOICE.finditer(text):
        parts.append((speaker, text[place : match.start()]))
        speaker = speaker_name(unescape(match["name"])) if match["name"] else None
        place = match.end()
    parts.append((speaker, text[place:]))
    spoken = [(name, on_one_line(strip_markup(part))) for name, part in parts]
    return [Piece(words=words, speaker=name, time_ms=cue.start_ms) for name, words in spoken if words]


def _utterance(cue: Cue) -> str | None:
    part = _PART.fullmatch(cue.identifier)
    return part["utterance"] if part else None


def _with_cue(cue: Cue, piece: Piece, parts: Counter[str]) -> Piece:
    utterance = _utterance(cue)
    confidence = _confidence(cue)
    is_unsure = confidence is not None and confidence < _LEAST_CONFIDENCE
    if utterance is None or parts[utterance] > _MOST_PARTS:
        utterance = piece.utterance
    return replace(piece, utterance=utterance, doubt="unsure" if is_unsure else None)


def _gathered(pieces: Sequence[Piece]) -> list[Piece]:
    # An utterance that somebody broke in on stays whole; what was said meanwhile follows it.
    groups: dict[object, list[Piece]] = {}
    for number, piece in enumerate(pieces):
        groups.setdefault((piece.utterance, piece.speaker) if piece.utterance else number, []).append(piece)
    return [piece for group in groups.values() for piece in group]


def _recognises(content: Content) -> bool:
    if _HEAD.match(content.head):
        return True
    return content.suffix == ".vtt" and any(map(is_time_line, content.head.split("\n")))


FORMAT = Format(
    name="webvtt",
    label={"zh": "WebVTT 字幕", "en": "WebVTT captions"},
    suffixes=(".vtt",),
    recognises=_recognises,
    read=read_webvtt,
)
