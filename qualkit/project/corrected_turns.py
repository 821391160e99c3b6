"""The turns and marks of a corrected text: found again, with the speakers and times the earlier version had."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from qualkit.model import Mark, Source, Turn
from qualkit.position_map import PositionMap
from qualkit.positions import line_starts, trim
from qualkit.readers.speakers import find_turns


def correct_turns(old: Source, text: str, position_map: PositionMap) -> tuple[list[Turn], list[Mark]]:
    """Find turns and marks of the corrected text of ``old``.

    Where looking at the earlier text finds the turns it has, looking at the new one is enough. A reader may
    have known more, such as bold labels or cues: then its turns go along by the map.
    """
    found, found_marks = find_turns(old.text)
    if _has(old, found):
        turns, marks = find_turns(text)
    else:
        lines = _lines_of(old.turns, line_starts(old.text))
        if _has(old, find_turns(old.text, speaker_lines=lines)[0]):
            starts = line_starts(text)
            wanted = [position_map.nearest(line_starts(old.text)[line]) for line in lines]
            turns, marks = find_turns(text, speaker_lines={bisect_right(starts, place) - 1 for place in wanted})
        else:
            turns, marks = _carry_turns(old.turns, text, position_map), find_turns(text)[1]
    if list(old.marks) != list(found_marks):
        marks = _carry_marks(old.marks, position_map)
    return _with_times(old.turns, turns, position_map), marks


def _has(source: Source, turns: Sequence[Turn]) -> bool:
    # Times need not be in the text.
    places = [(turn.start, turn.end, turn.speaker) for turn in source.turns]
    return places == [(turn.start, turn.end, turn.speaker) for turn in turns]


def _lines_of(turns: Sequence[Turn], starts: Sequence[int]) -> list[int]:
    return [bisect_right(starts, turn.start) - 1 for turn in turns]


def _carry_turns(turns: Sequence[Turn], text: str, position_map: PositionMap) -> list[Turn]:
    carried = []
    before = 0
    for turn in turns:
        # Words added at the edges of a turn are part of it.
        edge = position_map.map_segment(turn.start - 1, turn.start) if turn.start else (0, 0)
        start = position_map.nearest(turn.start) if edge is None else edge[1]
        start, end = trim(text, max(before, start), position_map.nearest(turn.end))
        if start < end:
            carried.append(replace(turn, start=start, end=end))
            before = end
    return carried


def _carry_marks(marks: Sequence[Mark], position_map: PositionMap) -> list[Mark]:
    places = [position_map.map_segment(mark.start, mark.end) for mark in marks]
    return [Mark(start=place[0], end=place[1]) for place in places if place is not None]


def _with_times(old: Sequence[Turn], turns: Sequence[Turn], position_map: PositionMap) -> list[Turn]:
    ends = [turn.end for turn in turns]
    times: dict[int, int] = {}
    for turn in old:
        place = position_map.first_kept(turn.start, turn.end)
        if place is not None and turn.time_ms is not None:
            times.setdefault(bisect_right(ends, place), turn.time_ms)
    return [
        replace(turn, time_ms=times[number]) if turn.time_ms is None and number in times else turn
        for number, turn in enumerate(turns)
    ]
