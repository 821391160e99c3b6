"""Read an SRT subtitle file: cues of one speaker become one turn."""

from __future__ import annotations

from qualkit.errors import ReadError
from qualkit.readers.content import Content
from qualkit.readers.cue_speakers import drop_rolled, pieces_of
from qualkit.readers.cues import Cue, is_time_line, read_cues
from qualkit.readers.format import Draft, Format
from qualkit.readers.recognised import draft_pieces


def read_srt(content: Content) -> Draft:
    """Lines `speaker：words` and their turns, from files of any program and of any encoding.

    Neighbouring cues of one speaker are one turn with the time of the first; a cue without a
    speaker goes on with the turn before it, or is a turn of its own where nobody is named.
    What does not follow the rules of SRT is said in ``meta["odd"]``; no words are lost.

    >>> cues = "1\\n00:00:01,200 --> 00:00:02,000\\nA3：我\\n\\n2\\n00:00:02,000 --> 00:00:03,000\\nA3：不去"
    >>> draft = read_srt(Content(cues.encode(), "A3.srt"))
    >>> draft.text, draft.turns
    ('A3：我不去', [Turn(start=3, end=6, speaker='A3', time_ms=1200)])
    """
    file = read_cues(content.text, content.name, is_webvtt=False)
    if not file.cues:
        raise ReadError(
            f"{content.name} has no cue (no line 00:00:01,000 --> 00:00:02,000). "
            "Export the subtitles as SRT again, or save the file as .txt."
        )
    strays = [Cue(number, "", lines=[line]) for number, line in file.prelude if line and not line.isdecimal()]
    if strays:
        file.odd.insert(0, f"line {strays[0].line}: {strays[0].lines[0][:30]!r} stands before the first time line")
    rolls = drop_rolled(file.cues)
    pieces = [piece for _, piece in pieces_of([*strays, *file.cues])]
    if not any(piece.words for piece in pieces):
        raise ReadError(f"{content.name} has cues but no words in them. Export the subtitles as SRT again.")
    return draft_pieces(content, pieces, odd=file.odd, stock_phrases=not rolls)


def _recognises(content: Content) -> bool:
    if content.suffix == ".srt":
        return not content.head.lstrip("\ufeff").startswith("WEBVTT")
    lines = [line for line in content.head[:2000].split("\n") if line.strip()][:2]
    return bool(lines) and (is_time_line(lines[0]) or (lines[0].strip().isdecimal() and is_time_line(lines[-1])))


FORMAT = Format(
    name="srt",
    label={"zh": "SRT 字幕", "en": "SRT subtitles"},
    suffixes=(".srt",),
    recognises=_recognises,
    read=read_srt,
)
