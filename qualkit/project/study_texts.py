"""Import the codings on the texts of a study."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from qualkit.errors import ReadError
from qualkit.model import Turn
from qualkit.positions import find_unique
from qualkit.project.codings import add_coding, make_coding
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import find_code, find_source, present
from qualkit.project.schema import codings
from qualkit.project.study import Study
from qualkit.project.study_rows import Problems, read_numbered
from qualkit.project.texts import read_text, read_turns


def import_codings(action: Action, path: Path, study: Study) -> str:
    """Add the codings of one coder; each quote must stand once in its source, inside one turn."""
    rows = read_numbered(path, required=["source", "quote", "code"])
    known = _known_codings(action.connection, coder=path.stem)
    problems = Problems(path)
    read: dict[str, _Read] = {}
    n_new = 0
    for number, row in rows:
        with problems.at(number):
            made = _place_coding(action, row, _read_once(action.connection, row["source"], read), coder=path.stem)
            place = _place_of(made)
            if place not in known:
                known.add(place)
                add_coding(action, made, memo=row.get("memo"))
                n_new += 1
    problems.refuse()
    return f"{n_new} codings" + (f", {len(rows) - n_new} already there" if n_new < len(rows) else "")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    # A source whose text and turns were read once for all codings on it.
    row: Row
    text: str
    turns: tuple[Turn, ...]


def _read_once(connection: Connection, name: str, read: dict[str, _Read]) -> _Read:
    if name not in read:
        row = find_source(connection, name)
        text_id = row["text_id"]
        read[name] = _Read(row=row, text=read_text(connection, text_id), turns=read_turns(connection, text_id))
    return read[name]


def _place_coding(action: Action, row: Mapping[str, Any], source: _Read, *, coder: str) -> Row:
    find_code(action.connection, row["code"])
    name, quote = source.row["name"], row["quote"]
    start, end = _find_quote(source.text, quote, name)
    place = bisect_right(source.turns, start, key=lambda turn: turn.start) - 1
    if source.turns and (place < 0 or end > source.turns[place].end):
        raise ReadError(f"the quote {quote[:20]!r} does not lie inside one turn of {name!r}. Shorten it.")
    made = make_coding(action, source.row, start, end, row["code"], coder=coder, text=source.text)
    return {**made, "weight": None, "origin": "import", "status": "accepted"}


def _find_quote(text: str, quote: str, name: str) -> tuple[int, int]:
    start = find_unique(text, quote)
    if start is not None:
        return start, start + len(quote)
    if quote and quote in text:
        raise ReadError(f"the quote {quote[:20]!r} is in {name!r} more than once. Make it longer.")
    raise ReadError(f"the quote {quote[:20]!r} is not in {name!r}. Copy it from the text.")


def _known_codings(connection: Connection, *, coder: str) -> set[tuple[Any, ...]]:
    statement = select(codings).where(codings.c.coder == coder, present(codings))
    return {_place_of(row) for row in connection.execute(statement).mappings()}


def _place_of(row: Mapping[str, Any] | RowMapping) -> tuple[Any, ...]:
    return row["source_id"], row["start"], row["end"], row["code_id"]
