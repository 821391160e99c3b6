"""Texts with their turns and marks: written once, read often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from qualkit.errors import DataError, NotFoundError
from qualkit.language import count_between
from qualkit.model import MOST_CHARACTERS, Mark, Turn
from qualkit.position_map import PositionMap
from qualkit.project.journal import Action
from qualkit.project.schema import marks, texts, turns
from qualkit.project.values import to_position, to_text

# Statements by table and kind of database, compiled once.
_INSERTS: dict[tuple[str, str], str] = {}

CONTEXT = 20  # characters kept before and after a quote, to find it again should the text be another

Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The version a text was made from, and where its words stand now."""

    text_id: str
    version: int
    position_map: PositionMap


def write_text(
    action: Action,
    text: str,
    *,
    turn_list: Sequence[Turn],
    mark_list: Sequence[Mark],
    name: str,
    previous: Previous | None = None,
) -> str:
    """Store a text with its turns and marks, as the first version or the one after ``previous``; its id."""
    require_text(text, name)
    turn_places = _read_places(turn_list, Turn, len(text), f"{name}: turn")
    mark_places = _read_places(mark_list, Mark, len(text), f"{name}: mark")
    text_id = action.new_id()
    row = {"text_id": text_id, "text": text, "version": 1, "made_at": action.event_id}
    if previous is not None:
        row |= {
            "version": previous.version + 1,
            "previous_id": previous.text_id,
            "position_map": previous.position_map.to_json(),
        }
    action.write_once(texts, [row])
    _write_rows(action.connection, turns, _turn_rows(text_id, text, turn_list, turn_places, mark_places))
    mark_rows = [(text_id, number, start, end) for number, (start, end) in enumerate(mark_places, start=1)]
    _write_rows(action.connection, marks, mark_rows)
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


def quote_at(text: str, start: int, end: int) -> dict[str, Any]:
    """What a coding keeps of its place: the words and a little of what stands around them."""
    return {
        "start": start,
        "end": end,
        "quote": text[start:end],
        "before": text[max(0, start - CONTEXT) : start],
        "after": text[end : end + CONTEXT],
    }


def _turn_rows(
    text_id: str, text: str, turn_list: Sequence[Turn], turn_places: Sequence[Place], mark_places: Sequence[Place]
) -> list[tuple[Any, ...]]:
    counts = count_between(text, mark_places)
    labels: dict[str, str | None] = {}
    rows = []
    for number, (turn, (start, end)) in enumerate(zip(turn_list, turn_places, strict=True), start=1):
        if type(turn.speaker) is str:
            speaker = labels.get(turn.speaker) or labels.setdefault(turn.speaker, to_text(turn.speaker))
        else:
            speaker = to_text(turn.speaker)
        time_ms = None if turn.time_ms is None else to_position(turn.time_ms, name="time_ms")
        n_characters = int(counts[end] - counts[start])
        rows.append((text_id, number, start, end, speaker, time_ms, n_characters))
    return rows


def require_text(text: str, name: str) -> None:
    """Raise when a text cannot be stored: no text, empty, too long, or with half characters."""
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


def _read_places(spans: Sequence[Turn | Mark], kind: type[Turn | Mark], length: int, what: str) -> list[Place]:
    # Positions as plain ints (SQLite would keep those of NumPy as bytes), in order and inside the text.
    places: list[Place] = []
    before = 0
    for number, span in enumerate(spans, start=1):
        if not isinstance(span, kind):
            raise DataError(f"{what} {number} is {span!r}. Give a {kind.__name__} with start and end.")
        start, end = span.start, span.end
        if type(start) is not int or type(end) is not int or start < 0:
            start = to_position(start, name=f"{what} {number}, start")
            end = to_position(end, name=f"{what} {number}, end")
        if not start <= end <= length:
            raise DataError(
                f"{what} {number} is [{start}, {end}), but the text has {length} characters. "
                "Positions count characters of exactly this text."
            )
        if start < before:
            raise DataError(f"{what} {number} begins at {start}, inside the one before it ({before}).")
        before = end
        places.append((start, end))
    return places


def _write_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    # A long text has hundreds of thousands of turns: rows go to the driver as they are, in the order of the columns.
    if rows:
        key = table.name, connection.dialect.name
        if key not in _INSERTS:
            _INSERTS[key] = str(insert(table).compile(dialect=connection.dialect))
        connection.exec_driver_sql(_INSERTS[key], list(rows))
