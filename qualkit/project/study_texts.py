"""Import the codings on the texts of a study."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from qualkit.errors import QualkitError, ReadError
from qualkit.model import Turn
from qualkit.project.codings import add_coding, make_coding
from qualkit.project.foreign_names import find_code_named, find_quote, find_source_named
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import present
from qualkit.project.schema import codings, sources
from qualkit.project.study import Study
from qualkit.project.study_rows import Problems
from qualkit.project.texts import read_text, read_turns
from qualkit.readers.coded_segments import Segment, read_segments
from qualkit.remarks import Remark, join_remarks


def import_codings(action: Action, path: Path, study: Study) -> str:
    """Add codings, of the coder a row names or else of the one the file is named after.

    The tables of Taguette and QualCoder are understood too. Each quote must stand once in its source, inside
    one turn.
    """
    rows = read_segments(path)
    known = _known_codings(action.connection, coders={one.coder or path.stem for one in rows})
    problems = Problems(path)
    read: dict[str, _Read | QualkitError] = {}
    n_new = 0
    for one in rows:
        with problems.at(one.row):
            made = _place_coding(
                action, one, _read_once(action.connection, one.source, read), coder=one.coder or path.stem
            )
            place = _place_of(made)
            if place not in known:
                known.add(place)
                add_coding(action, made, memo=one.memo or None)
                n_new += 1
    problems.refuse()
    n_known = len(rows) - n_new
    there = Remark(f"{n_known} already there", f"{n_known} 处已有") if n_known else ""
    return join_remarks([Remark(f"{n_new} codings", f"{n_new} 处编码"), there])


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    # A source whose text and turns were read once for all codings on it.
    row: Row
    text: str
    turns: tuple[Turn, ...]


def _read_once(connection: Connection, name: str, read: dict[str, _Read | QualkitError]) -> _Read:
    if name not in read:
        try:
            row = find_source_named(connection, name)
            text_id = row["text_id"]
            read[name] = _Read(row=row, text=read_text(connection, text_id), turns=read_turns(connection, text_id))
        except QualkitError as error:
            read[name] = error
    known = read[name]
    if isinstance(known, QualkitError):
        raise known
    return known


def _place_coding(action: Action, segment: Segment, source: _Read, *, coder: str) -> Row:
    code = find_code_named(action.connection, segment.code)
    name, quote = source.row["name"], segment.quote
    start, end = find_quote(source.text, quote, name)
    if source.turns and not _lies_in_one_turn(source.turns, start, end):
        raise ReadError(f"the quote {quote[:20]!r} does not lie inside one turn of {name!r}. Shorten it.")
    made = make_coding(action, source.row, start, end, code["code_id"], coder=coder, text=source.text)
    return {**made, "weight": None, "origin": "import", "status": "accepted"}


def _lies_in_one_turn(turns: Sequence[Turn], start: int, end: int) -> bool:
    # What begins in a label counts to the turn of that label.
    place = bisect_right(turns, start, key=lambda turn: turn.end)
    return place < len(turns) and turns[place].start < end <= turns[place].end


def _known_codings(connection: Connection, *, coders: Collection[str]) -> set[tuple[Any, ...]]:
    # Places on an earlier version of a text say nothing of the text as it is.
    own = select(codings).join(sources, sources.c.text_id == codings.c.text_id)
    statement = own.where(codings.c.coder.in_(coders), present(codings))
    return {_place_of(row) for row in connection.execute(statement).mappings()}


def _place_of(row: Mapping[str, Any] | RowMapping) -> tuple[Any, ...]:
    return row["coder"], row["source_id"], row["start"], row["end"], row["code_id"]
