"""Read an SRT subtitle file: cues of one speaker become one turn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualkit.errors import ReadError
from qualkit.model import Turn
from qualkit.readers.labels import Label
from qualkit.readers.speakers import find_speaker_labels

_TIME = r"(\d{1,3}):(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,60}>|\{\\[^{}]{0,60}\}")
_LATIN = re.compile(r"[!-~\u00c0-\u024f]")


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
    spoken: list[tuple[str | None, int, str]] = []
    for number, line in enumerate(lines):
        label = labels.get(number)
        words = line.text[label.words :] if label else line.text
        speaker = label.speaker if label else None
        if spoken and _continues(spoken[-1][0], label):
            before = spoken[-1]
            spoken[-1] = (before[0], before[1], _join(before[2], words))
        else:
            spoken.append((speaker, line.time_ms, words))
    return _compose(spoken)


def _continues(speaker: str | None, label: Label | None) -> bool:
    return speaker is not None and (label is None or label.speaker == speaker)


def _join(before: str, after: str) -> str:
    # Chinese is joined as it is; two Latin words need the space that the line end stood for.
    gap = " " if before and after and _LATIN.match(before[-1]) and _LATIN.match(after[0]) else ""
    return before + gap + after


def _compose(spoken: list[tuple[str | None, int, str]]) -> tuple[str, list[Turn]]:
    lines = []
    turns = []
    place = 0
    for speaker, time_ms, words in spoken:
        label = "" if speaker is None else f"{speaker}："
        lines.append(label + words)
        start = place + len(label)
        turns.append(Turn(start=start, end=start + len(words), speaker=speaker, time_ms=time_ms))
        place += len(label) + len(words) + 1
    return "\n".join(lines), turns


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
