"""Texts with their turns and marks: written once, read often."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from sqlalchemy import Connection, select

from qualkit.errors import DataError, NotFoundError
from qualkit.language import count_characters
from qualkit.model import MOST_CHARACTERS, Mark, Turn
from qualkit.project.journal import Action
from qualkit.project.schema import marks, texts, turns
from qualkit.project.values import to_position, to_text

Span = TypeVar("Span", Turn, Mark)


def write_text(action: Action, text: str, *, turn_list: Sequence[Turn], mark_list: Sequence[Mark], name: str) -> str:
    """Store a text with its turns and marks; its id."""
    _require_text(text, name)
    turn_list = _whole_places(turn_list, Turn, f"{name}: turn")
    mark_list = _whole_places(mark_list, Mark, f"{name}: mark")
    _require_spans(text, turn_list, f"{name}: turn")
    _require_spans(text, mark_list, f"{name}: mark")
    text_id = action.new_id()
    action.write_once(texts, [{"text_id": text_id, "text": text, "version": 1, "made_at": action.event_id}])
    action.write_once(turns, _turn_rows(text_id, text, turn_list, mark_list))
    action.write_once(
        marks,
        [
            {"text_id": text_id, "mark": number, "start": mark.start, "end": mark.end}
            for number, mark in enumerate(mark_list, start=1)
        ],
    )
    return text_id


def read_text(connection: Connection, text_id: str) -> str:
    """The words of a text."""
    text = connection.execute(select(texts.c.text).where(texts.c.text_id == text_id)).scalar()
    if text is None:
        raise NotFoundError(f"The text {text_id!r} is not in this project. Look at project.check().")
    return text


def read_turns(connection: Connection, text_id: str) -> tuple[Turn, ...]:
    """The turns of a text, in order."""
    columns = (turns.c.start, turns.c.end, turns.c.speaker, turns.c.time_ms)
    rows = connection.execute(select(*columns).where(turns.c.text_id == text_id).order_by(turns.c.turn))
    return tuple(Turn(start=row.start, end=row.end, speaker=row.speaker, time_ms=row.time_ms) for row in rows)


def read_marks(connection: Connection, text_id: str) -> tuple[Mark, ...]:
    """The non-verbal marks of a text, in order."""
    rows = connection.execute(
        select(marks.c.start, marks.c.end).where(marks.c.text_id == text_id).order_by(marks.c.mark)
    )
    return tuple(Mark(start=row.start, end=row.end) for row in rows)


def _turn_rows(text_id: str, text: str, turn_list: Sequence[Turn], mark_list: Sequence[Mark]) -> list[dict]:
    starts = [mark.start for mark in mark_list]
    ends = [mark.end for mark in mark_list]
    rows = []
    for number, turn in enumerate(turn_list, start=1):
        inside = mark_list[bisect_right(ends, turn.start) : bisect_left(starts, turn.end)]
        rows.append(
            {
                "text_id": text_id,
                "turn": number,
                "start": turn.start,
                "end": turn.end,
                "speaker": to_text(turn.speaker),
                "time_ms": None if turn.time_ms is None else to_position(turn.time_ms, name="time_ms"),
                "n_characters": count_characters(text, marks=inside, start=turn.start, end=turn.end),
            }
        )
    return rows


def _require_text(text: str, name: str) -> None:
    if not isinstance(text, str):
        raise DataError(f"{name}: the text is a {type(text).__name__}. Give a str; read files with qk.read_sources.")
    if not text.strip():
        raise DataError(f"{name}: the text is empty. Nothing was added.")
    if len(text) > MOST_CHARACTERS:
        raise DataError(
            f"{name}: the text has {len(text):,} characters; up to {MOST_CHARACTERS:,} are kept. "
            "Split it, one interview or record per source."
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise DataError(
            f"{name}: character {error.start} is half of a surrogate pair and cannot be stored. "
            "Read the file again with the right encoding."
        ) from None


def _whole_places(spans: Sequence[Span], kind: type[Span], what: str) -> list[Span]:
    # Positions as plain ints: SQLite would keep those of NumPy as bytes.
    whole = []
    for number, span in enumerate(spans, start=1):
        if not isinstance(span, kind):
            raise DataError(f"{what} {number} is {span!r}. Give a {kind.__name__} with start and end.")
        start = to_position(span.start, name=f"{what} {number}, start")
        whole.append(dataclasses.replace(span, start=start, end=to_position(span.end, name=f"{what} {number}, end")))
    return whole


def _require_spans(text: str, spans: Sequence[Turn | Mark], what: str) -> None:
    for number, span in enumerate(spans, start=1):
        if not 0 <= span.start <= span.end <= len(text):
            raise DataError(
                f"{what} {number} is [{span.start}, {span.end}), but the text has {len(text)} characters. "
                "Positions count characters of exactly this text."
            )
    for number, (span, following) in enumerate(pairwise(spans), start=1):
        if following.start < span.end:
            raise DataError(f"{what} {number + 1} begins at {following.start}, inside the one before it ({span.end}).")
