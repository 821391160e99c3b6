"""Find who speaks where: the turns and the non-verbal marks of a transcript."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from qualkit.language.marks import find_marks, is_nonverbal
from qualkit.model import Mark, Turn
from qualkit.positions import line_starts, trim
from qualkit.readers.header import find_header
from qualkit.readers.labels import Label, find_label, is_name, is_phrase, is_role, split_speakers

# What programs write below a transcript.
_TAIL = re.compile("(?:以上)?内容由.{1,20}生成.{0,60}|Transcribed by https?://[^ ]+|本转写结果.{0,60}", re.IGNORECASE)

_QUESTION = re.compile("(?:Q|问) ?([0-9]{1,3})", re.IGNORECASE)
_ANSWER = re.compile("(?:A|答) ?([0-9]{1,3})", re.IGNORECASE)


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
    begin = find_header(text)[1] if header_end is None else header_end
    lines = text.split("\n")
    starts = line_starts(text)
    first = next((number for number, start in enumerate(starts) if start >= begin), len(lines))
    labels = find_speaker_labels(lines, first=first, bold=speaker_lines)
    labels = _drop_tail(lines, labels)
    return _turns(text, starts, labels), find_marks(text)


def find_speaker_labels(lines: Sequence[str], *, first: int = 0, bold: Collection[int] = ()) -> dict[int, Label | None]:
    """The label of each line that begins a turn, by line number; ``None`` stands for the end of speech.

    >>> labels = find_speaker_labels(["小雨：早。", "社工：早。", "小雨：他说：去吧。"])
    >>> {number: label.speaker for number, label in labels.items()}
    {0: '小雨', 1: '社工', 2: '小雨'}
    """
    found = {number: label for number in range(first, len(lines)) if (label := find_label(lines[number]))}
    accepted = _accepted(lines, found, bold)
    labels: dict[int, Label | None] = {number: label for number, label in found.items() if label.key in accepted}
    return _name_answers(labels)


def _accepted(lines: Sequence[str], found: dict[int, Label], bold: Collection[int]) -> set[tuple[str, str]]:
    counts = Counter(label.key for label in found.values())
    parts = Counter(part for label in found.values() for part in split_speakers(label.speaker))
    timed = {label.key for label in found.values() if label.time_ms is not None}
    set_off = {label.key for number, label in found.items() if number == 0 or not lines[number - 1].strip()}
    n_headings = sum(1 for label in found.values() if label.form == "heading")
    is_dialogue = _is_dialogue(lines, counts)
    accepted = set()
    for key, count in counts.items():
        form, speaker = key
        recurs = is_dialogue and max(count, parts[speaker]) >= 2
        if form == "heading":
            may_be_name = n_headings >= 2 and (count >= 2 or key in set_off)
        elif form == "bracket":
            may_be_name = recurs and not is_nonverbal(speaker)
        else:
            may_be_name = recurs or key in timed
        if is_role(speaker) or (may_be_name and all(map(is_name, split_speakers(speaker)))):
            accepted.add(key)
    accepted |= _accepted_bold(found, bold, counts, accepted)
    return accepted | _accepted_several(counts, accepted)


def _is_dialogue(lines: Sequence[str], counts: Counter[tuple[str, str]]) -> bool:
    # At least a quarter of the lines begin with a possible name, and there are two of them or more.
    possible = {key: count for key, count in counts.items() if is_role(key[1]) or is_name(key[1])}
    return len(possible) >= 2 and 4 * sum(possible.values()) >= sum(1 for line in lines if line.strip())


def _accepted_bold(
    found: dict[int, Label], bold: Collection[int], counts: Counter[tuple[str, str]], accepted: set[tuple[str, str]]
) -> set[tuple[str, str]]:
    # A bold label is a speaker even under an unusual name, but the bold headings of a record are none:
    # each stands there once, and nobody speaks.
    keys = {found[number].key for number in bold if number in found and not is_phrase(found[number].speaker)}
    return {key for key in keys if accepted or counts[key] >= 2}


def _accepted_several(counts: Counter[tuple[str, str]], accepted: set[tuple[str, str]]) -> set[tuple[str, str]]:
    known = {speaker for _, speaker in accepted}
    several = {key: split_speakers(key[1]) for key in counts}
    return {
        key
        for key, parts in several.items()
        if len(parts) > 1 and all(part in known or is_role(part) for part in parts)
    }


def _name_answers(labels: dict[int, Label | None]) -> dict[int, Label | None]:
    # Q1 / A1 are question and answer 1; an A without its Q is the person of that code.
    questions = {match[1] for label in labels.values() if label and (match := _QUESTION.fullmatch(label.speaker))}
    if not questions:
        return labels
    named: dict[int, Label | None] = {}
    for number, label in labels.items():
        named[number] = label and _without_number(label, questions)
    return named


def _without_number(label: Label, questions: set[str]) -> Label:
    match = _QUESTION.fullmatch(label.speaker) or _ANSWER.fullmatch(label.speaker)
    is_numbered = match is not None and match[1] in questions
    return replace(label, speaker=label.speaker[0].upper()) if is_numbered else label


def _drop_tail(lines: Sequence[str], labels: dict[int, Label | None]) -> dict[int, Label | None]:
    tail = next((number for number in range(len(lines) - 1, -1, -1) if lines[number].strip()), None)
    if tail is not None and _TAIL.fullmatch(lines[tail].strip()):
        return {**labels, tail: None}
    return labels


def _turns(text: str, starts: list[int], labels: dict[int, Label | None]) -> list[Turn]:
    turns = []
    numbers = sorted(labels)
    for place, number in enumerate(numbers):
        label = labels[number]
        if label is None:
            continue
        end = starts[numbers[place + 1]] if place + 1 < len(numbers) else len(text)
        start, end = trim(text, min(starts[number] + label.words, end), end)
        turns.append(Turn(start=start, end=end, speaker=label.speaker, time_ms=label.time_ms))
    return turns
