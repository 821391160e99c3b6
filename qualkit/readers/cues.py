"""The cues of a subtitle file: a time line with the words below it, in files that keep to the rules and in others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qualkit.readers.pieces import require_size

_CLOCK = r"-?\d{1,4}[:：]-?\d{1,2}(?:[:：]-?\d{1,2})?(?:[.,，]-?\d{1,9})?"

# A time line; what stands beside the arrow may be damaged, and Word makes another arrow of it.
_TIMING = re.compile(
    rf"\s*(?:(?P<start>[-\d:：.,，]{{1,24}}?)?\s{{0,9}}-->|(?P<clock>{_CLOCK})\s{{0,9}}(?:->|[–—]{{1,2}}>|→)\s{{0,9}}-?\d"
    rf"|(?P<damaged>\S{{1,24}}?)\s{{0,9}}-->\s{{0,9}}{_CLOCK})"
)
_START = re.compile(_CLOCK)
_PARTS = re.compile(r"(-?\d+)[:：](-?\d+)(?:[:：](-?\d+))?(?:[.,，](-?)(\d+))?")

# Teams (2022) writes each part as a plain number: 0:1:2.70 is 1 minute, 2 seconds, 70 thousandths.
_PADDED = re.compile(r"(?:^|[:：])-?0\d")
_UNPADDED = re.compile(r"[:：]-?\d(?!\d)|-")

_NOTE = re.compile(r"NOTE(?:\s|$)")
_LAYOUT = re.compile(r"(?:STYLE|REGION)\s*")
_GUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?:[-/]\S{0,20})?")
_SENTENCE = re.compile(r"[\u3400-\u9fff，。？！]|\S\s+\S+\s+\S|[.?!]\s*$")

# Cues out of order by less are sorted; a longer way back is a second recording in the same file.
_DISORDER_MS = 60_000


# Two days of speech, if somebody begins to speak every other second.
_MOST_CUES = 100_000


@dataclass(slots=True)
class Cue:
    """One cue: the number of its line, its start, and its lines as they stand."""

    line: int
    clock: str
    identifier: str = ""
    comment: str = ""
    lines: list[str] = field(default_factory=list)
    start_ms: int | None = None


@dataclass(slots=True)
class CueFile:
    """What a subtitle file holds: lines above the first cue, comments, cues in order of time, and what was odd."""

    prelude: list[tuple[int, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)


def is_time_line(line: str) -> bool:
    """Whether a line stands above the words of a cue.

    >>> is_time_line("00:00:01,000 --> 00:00:02,000"), is_time_line("看这里 --> 那里")
    (True, False)
    """
    return _TIMING.match(line) is not None


def read_cues(text: str, name: str, *, is_webvtt: bool) -> CueFile:
    """Read the cues of an SRT or WebVTT file; blank lines and numbers may be missing, times may be damaged."""
    file = CueFile()
    raw = text.split("\n")
    timings = [_TIMING.match(line) if ">" in line or "→" in line else None for line in raw]
    require_size(sum(1 for timing in timings if timing), name, most=_MOST_CUES)
    block = ""
    identifier = ""
    comment: list[str] = []
    after_blank = True
    for number, line in enumerate(raw):
        timing = timings[number]
        if timing is not None:
            clock = timing["start"] or timing["clock"] or timing["damaged"] or ""
            file.cues.append(Cue(number + 1, clock, identifier, "\n".join(comment)))
            block, identifier, comment = "", "", []
        elif not line.strip():
            block = ""
        elif number + 1 < len(raw) and timings[number + 1] and _is_identifier(line, is_webvtt and after_blank):
            identifier, block = line.strip(), ""
        elif is_webvtt and after_blank and _NOTE.match(line):
            block = "note"
            comment.append(line[5:].strip())
            file.comments.append(comment[-1])
        elif is_webvtt and after_blank and not file.cues and _LAYOUT.fullmatch(line):
            block = "layout"
        elif block == "note":
            comment.append(line.strip())
            file.comments.append(comment[-1])
        elif not block:
            _keep(file, number, line)
        after_blank = not line.strip()
    _read_times(file)
    file.cues = _in_order(file)
    return file


def _is_identifier(line: str, may_be_any: bool) -> bool:
    # Below a blank line anything but a sentence; elsewhere only a number or a GUID is surely no speech.
    is_name = may_be_any and not _SENTENCE.search(line)
    return is_name or line.strip().isdecimal() or bool(_GUID.fullmatch(line.strip()))


def _keep(file: CueFile, number: int, line: str) -> None:
    if file.cues:
        file.cues[-1].lines.append(line)
    else:
        file.prelude.append((number + 1, line.strip()))


def _read_times(file: CueFile) -> None:
    clocks = [cue.clock for cue in file.cues if _START.fullmatch(cue.clock)]
    are_plain = any(map(_UNPADDED.search, clocks)) and not any(map(_PADDED.search, clocks))
    unread, negative = [], []
    for cue in file.cues:
        match = _START.fullmatch(cue.clock)
        if match is None:
            unread.append(cue.line)
            continue
        cue.start_ms = _milliseconds(match[0], are_plain=are_plain)
        if cue.start_ms < 0:
            negative.append(cue.line)
    if unread:
        file.odd.append(f"{_lines(unread)}: no time could be read, the words are kept without one")
    if negative:
        file.odd.append(f"{_lines(negative)}: a time before 0, taken as 0")


def _milliseconds(clock: str, *, are_plain: bool) -> int:
    """The time of a clock such as 00:01:02.500.

    >>> _milliseconds("01:02.5", are_plain=False), _milliseconds("0:0:-6.-820", are_plain=True)
    (62500, -6820)
    """
    match = _PARTS.fullmatch(clock)
    assert match is not None
    parts = [int(part) for part in (match[1], match[2], match[3]) if part is not None]
    seconds = 0
    for part in parts:
        seconds = 60 * seconds + part
    fraction = match[5] or "0"
    thousandths = int(fraction) if are_plain and len(fraction) <= 3 else int(f"{fraction:0<3}"[:3])
    return 1000 * seconds + (-thousandths if match[4] else thousandths)


def _in_order(file: CueFile) -> list[Cue]:
    # Stretches between which time begins again are sorted each for itself; a cue without time stays where it is.
    stretches: list[list[tuple[int, Cue]]] = [[]]
    latest = now = 0
    for cue in file.cues:
        if cue.start_ms is not None:
            if cue.start_ms < latest - _DISORDER_MS:
                file.odd.append(f"line {cue.line}: the times begin again")
                stretches.append([])
                latest = cue.start_ms
            now = cue.start_ms
            latest = max(latest, now)
            cue.start_ms = max(now, 0)
        stretches[-1].append((now, cue))
    if len(file.odd) > 5:
        file.odd[5:] = [f"and {len(file.odd) - 5} more"]
    return [cue for stretch in stretches for _, cue in sorted(stretch, key=lambda pair: pair[0])]


def _lines(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:5]))
    more = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
    return f"line{'s' if len(numbers) > 1 else ''} {shown}{more}"
