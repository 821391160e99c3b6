"""Read an SRT subtitle file: cues of one speaker become one turn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualkit.errors import ReadError
from qualkit.model import Turn
from qualkit.readers.compose import Spoken, compose_turns, join_words
from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.labels import Label
from qualkit.readers.speakers import find_speaker_labels

_TIME = r"(\d{1,3}):(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
# A number and a time line, however the file is named.
_BEGIN = re.compile(rf"\s*\d{{1,6}}\s*\n\s*{_TIME}\s*-->")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,60}>|\{\\[^{}]{0,60}\}")


@dataclass(slots=True)
class _Line:
    time_ms: int
    text: str


def read_subtitles(text: str, name: str) -> tuple[str, list[Turn]]:
    """Turn the cues of an SRT file into lines `speaker：words` and their turns.

    Neighbouring cues of one speaker are one turn with the time of the first; a cue without a
    speaker goes on with the turn before it, or is a turn of its own where nobody is named.

    >>> cues = "1\\n00:00:01,200 --> 00:00:02,000\\nA3：我\\n\\n2\\n00:00:02,000 --> 00:00:03,000\\nA3：不去"
    >>> read_subtitles(cues, "A3.srt")
    ('A3：我不去', [Turn(start=3, end=6, speaker='A3', time_ms=1200)])
    """
    lines = _cue_lines(text, name)
    labels = find_speaker_labels([line.text for line in lines])
    spoken: list[Spoken] = []
    for number, line in enumerate(lines):
        label = labels.get(number)
        words = line.text[label.words :] if label else line.text
        if spoken and _continues(spoken[-1].speaker, label):
            before = spoken[-1]
            spoken[-1] = Spoken(before.speaker, before.time_ms, join_words(before.words, words))
        else:
            spoken.append(Spoken(label.speaker if label else None, line.time_ms, words))
    return compose_turns(spoken)


def _continues(speaker: str | None, label: Label | None) -> bool:
    return speaker is not None and (label is None or label.speaker == speaker)


def _cue_lines(text: str, name: str) -> list[_Line]:
    lines: list[_Line] = []
    time_ms: int | None = None
    raw = text.split("\n")
    for number, line in enumerate(raw, start=1):
        if "-->" in line:
            time_ms = _start(line, name, number)
        elif time_ms is None:
            _require_prelude(line, name, number)
        elif line.strip() and not _is_cue_number(raw, number):
            words = " ".join(_TAG.sub("", line).split())
            if words:
                lines.append(_Line(time_ms, words))
    if time_ms is None:
        raise ReadError(
            f"{name} has no cue (no line 00:00:01,000 --> 00:00:02,000). Export the subtitles as SRT again."
        )
    if not lines:
        raise ReadError(f"{name} has cues but no words in them. Export the subtitles as SRT again.")
    return lines


def _require_prelude(line: str, name: str, number: int) -> None:
    if line.strip() and not line.strip().isdecimal():
        raise ReadError(
            f"{name}, line {number}: {line.strip()[:30]!r} stands before the first time line. "
            f"An SRT file begins with a number and 00:00:01,000 --> 00:00:02,000; export it again or save it as .txt."
        )


def _is_cue_number(raw: list[str], number: int) -> bool:
    # A line of digits right above a time line numbers the cue.
    return raw[number - 1].strip().isdecimal() and number < len(raw) and "-->" in raw[number]


def _start(line: str, name: str, number: int) -> int:
    match = _TIMING.fullmatch(line)
    if match is None:
        raise ReadError(
            f"{name}, line {number}: {line.strip()[:40]!r} is no time line. Write 00:00:01,000 --> 00:00:02,000."
        )
    hours, minutes, seconds = (int(match[group]) for group in (1, 2, 3))
    return 3_600_000 * hours + 60_000 * minutes + 1000 * seconds + int(f"{match[4]:0<3}")


def _recognises(content: Content) -> bool:
    return content.suffix == ".srt" or bool(_BEGIN.match(content.head))


def _read(content: Content) -> Draft:
    text, turns = read_subtitles(content.text, content.name)
    return Draft(text=text, turns=turns, encoding=content.encoding)


FORMAT = Format(
    name="srt",
    label={"zh": "SRT 字幕", "en": "SRT subtitles"},
    suffixes=(".srt",),
    recognises=_recognises,
    read=_read,
)
