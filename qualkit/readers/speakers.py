"""Find who speaks where: the turns and the non-verbal marks of a transcript."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from qualkit.language.marks import find_marks
from qualkit.model import Mark, Turn
from qualkit.positions import line_starts, trim
from qualkit.readers.accepted import accept_bare_labels, accept_labels
from qualkit.readers.answers import name_answers
from qualkit.readers.header import find_header, header_blocks
from qualkit.readers.labels import TIME_ALONE, Label, find_bare_labels, find_labels, read_time

# What programs write below a transcript.
_TAIL = re.compile("(?:以上)?内容由.{1,20}生成.{0,60}|Transcribed by https?://[^ ]+|本转写结果.{0,60}", re.IGNORECASE)


def find_turns(
    text: str, *, header_end: int | None = None, speaker_lines: Collection[int] = ()
) -> tuple[list[Turn], list[Mark]]:
    """Find the turns and the marks of a transcript.

    A line begins a turn when a label stands before its words: a code (A3), a role (访谈者, 奶奶,
    问 / 答), or any short name that recurs; a line without one continues the turn. In doubt a
    line is no turn: a colon inside speech (他说：…) makes no speaker, nor do header lines.
    ``A1`` is answer 1 where ``Q1`` occurs, else the person A1.

    Parameters
    ----------
    text : str
        With ``\\n`` as line end.
    header_end : int, optional
        Where the header ends, when that is known; found otherwise.
    speaker_lines : collection of int
        Numbers of lines (from 0) whose label is set off, such as a bold run in a Word file.

    Returns
    -------
    turns, marks
        A turn holds the words after the label, without the space around them.

    >>> turns, marks = find_turns("访谈者：下课做什么？\\nA3：自己待着。（低头）")
    >>> [(turn.speaker, turn.start, turn.end) for turn in turns], len(marks)
    ([('访谈者', 4, 10), ('A3', 14, 23)], 1)
    """
    return split_turns(text, header_end=header_end, speaker_lines=speaker_lines), find_marks(text)


def split_turns(text: str, *, header_end: int | None = None, speaker_lines: Collection[int] = ()) -> list[Turn]:
    """The turns alone, as ``find_turns`` finds them.

    >>> [turn.speaker for turn in split_turns("问：几岁？\\n答：十岁。")]
    ['问', '答']
    """
    begin = find_header(text)[1] if header_end is None else header_end
    lines = text.split("\n")
    starts = line_starts(text)
    first = next((number for number, start in enumerate(starts) if start >= begin), len(lines))
    labels = find_speaker_labels(lines, first=first, bold=speaker_lines)
    return _turns(text, lines, starts, _with_tail(lines, labels)) if labels else []


def find_speaker_labels(lines: Sequence[str], *, first: int = 0, bold: Collection[int] = ()) -> dict[int, Label | None]:
    """The label of each line that begins a turn, by line number; ``None`` stands for the end of speech.

    >>> labels = find_speaker_labels(["小雨：早。", "社工：早。", "小雨：他说：去吧。"])
    >>> {number: label.speaker for number, label in labels.items()}
    {0: '小雨', 1: '社工', 2: '小雨'}
    """
    lines = list(lines)
    found = find_labels(lines, first)
    accepted = accept_labels(lines, found, first=first, bold=bold)
    if not accepted:
        found = find_bare_labels(lines, first)
        accepted = accept_bare_labels(lines, found)
    if not accepted:
        return {}
    labels: dict[int, Label | None] = {number: label for number, label in found.items() if label.key in accepted}
    begin = min(labels)
    # The particulars of a second interview are nobody's words.
    for block in header_blocks(lines, {number: label.speaker for number, label in found.items() if number > begin}):
        labels = {number: label for number, label in labels.items() if number not in block}
        labels[block.start] = None
    return name_answers(labels)


def _with_tail(lines: Sequence[str], labels: dict[int, Label | None]) -> dict[int, Label | None]:
    # What a program writes at the end is nobody's words.
    tail = next((number for number in range(len(lines) - 1, -1, -1) if lines[number].strip()), None)
    if tail is not None and _TAIL.fullmatch(lines[tail].strip()):
        return {**labels, tail: None}
    return labels


def _turns(text: str, lines: Sequence[str], starts: Sequence[int], labels: Mapping[int, Label | None]) -> list[Turn]:
    turns = []
    numbers = sorted(labels)
    times = _times_above(lines, numbers, labels)
    ends = [starts[times.get(number, (number, 0))[0]] for number in numbers[1:]] + [len(text)]
    for number, limit in zip(numbers, ends, strict=True):
        label = labels[number]
        if label is None:
            continue
        start, end = trim(text, min(starts[number] + label.words, limit), limit)
        time_ms = times[number][1] if number in times else label.time_ms
        turns.append(Turn(start=start, end=end, speaker=label.speaker, time_ms=time_ms))
    return turns


def _times_above(
    lines: Sequence[str], numbers: Iterable[int], labels: Mapping[int, Label | None]
) -> dict[int, tuple[int, int]]:
    # A time alone above the label is that of the turn: its line, and the time.
    times: dict[int, tuple[int, int]] = {}
    before = -1
    for number in numbers:
        above = number - 1
        if above > before and not lines[above].strip():
            above -= 1
        label = labels[number]
        if label is not None and label.time_ms is None and above > before and len(lines[above]) <= 60:
            match = TIME_ALONE.fullmatch(lines[above])
            time_ms = read_time(match["time"]) if match else None
            if time_ms is not None:
                times[number] = above, time_ms
        before = number
    return times
