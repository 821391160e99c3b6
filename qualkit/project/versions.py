"""New versions of a text: written beside the earlier one, with the codings that can move along."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from qualkit.errors import NotFoundError, ProjectError
from qualkit.language import count_characters
from qualkit.model import Source
from qualkit.position_map import Carried, PositionMap
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import present
from qualkit.project.memos import write_notes
from qualkit.project.schema import codings, sources, texts
from qualkit.project.texts import Previous, quote_at, read_marks, read_text, read_turns, require_text, write_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What becomes of the codings on a text that gets a new version.

    ``changed`` moved to words that were corrected, ``unplaced`` stay on the version they were made on.
    """

    n_moved: int = 0
    changed: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a text."""

    text_id: str
    version: int
    event_id: int


def read_versions(connection: Connection, text_id: str) -> list[Version]:
    """The version with this id and all it was made from, oldest first."""
    wanted = select(texts.c.text_id, texts.c.previous_id).where(texts.c.text_id == text_id).cte(recursive=True)
    earlier = texts.alias()
    steps = wanted.union(
        select(earlier.c.text_id, earlier.c.previous_id).where(earlier.c.text_id == wanted.c.previous_id)
    )
    statement = select(texts.c.text_id, texts.c.version, texts.c.made_at).join(
        steps, steps.c.text_id == texts.c.text_id
    )
    rows = connection.execute(statement.order_by(texts.c.version))
    return [Version(text_id=row.text_id, version=row.version, event_id=row.made_at) for row in rows]


def find_version(connection: Connection, row: Mapping[str, Any], version: int) -> Version:
    """The version of a source's text with this number."""
    known = read_versions(connection, row["text_id"])
    for one in known:
        if one.version == version:
            return one
    numbers = ", ".join(str(one.version) for one in known)
    raise NotFoundError(f"{row['name']!r} has no version {version!r}. There are {numbers}.")


def require_seen(row: Mapping[str, Any], text_id: str | None) -> None:
    """Raise when the text of a source is another one by now than the one somebody has seen."""
    if text_id is not None and text_id != row["text_id"]:
        raise ProjectError(f"The text of {row['name']!r} was changed since. Open it again and do it then.")


def preview_replacement(connection: Connection, row: Mapping[str, Any], source: Source) -> Replaced:
    """What ``replace_text`` would do to the codings."""
    require_text(source.text, row["name"])
    return _replaced(carry_codings(connection, row, source.text))


def replace_text(action: Action, row: Mapping[str, Any], source: Source) -> Replaced:
    """Give a source another text; the earlier version stays, and codings move with their words.

    A text that says the same only takes over what the file says of itself. The name, the kind and
    whom the source is about stay as they are.
    """
    connection = action.connection
    values: Row = {"meta": {str(key): str(value) for key, value in source.meta.items()}}
    values["sha256"] = source.sha256 or hashlib.sha256(source.text.encode(errors="replace")).hexdigest()
    if _is_same(connection, row["text_id"], source):
        action.update(sources, row["source_id"], **values)
        write_notes(action, row["source_id"], source)
        return _unchanged(connection, row)
    require_text(source.text, row["name"])
    maps: dict[str, PositionMap] = {}
    carried = carry_codings(connection, row, source.text, maps)
    values |= {
        "text_id": _write_version(action, row, source, maps.get(row["text_id"])),
        "n_characters": count_characters(source.text, marks=source.marks),
        "n_turns": len(source.turns),
    }
    action.update(sources, row["source_id"], **values)
    placed = {
        coding["coding_id"]: {"text_id": values["text_id"], **quote_at(source.text, place.start, place.end)}
        for coding, place in carried
        if place.start is not None and place.end is not None
    }
    action.update_many(codings, placed)
    write_notes(action, row["source_id"], source)
    return _replaced(carried)


def carry_codings(
    connection: Connection, row: Mapping[str, Any], text: str, maps: dict[str, PositionMap] | None = None
) -> list[tuple[Row, Carried]]:
    """Every coding of a source, and what becomes of it in a new ``text``.

    Codings that an earlier correction left behind are looked for again, from the version they are on.
    ``maps`` takes up the maps from the versions that have codings.
    """
    maps = {} if maps is None else maps
    statement = select(codings).where(codings.c.source_id == row["source_id"], present(codings))
    rows = connection.execute(statement.order_by(codings.c.text_id, codings.c.start, codings.c.end)).mappings()
    carried = []
    text_id, old = "", ""
    for coding in map(dict, rows.all()):
        if coding["text_id"] != text_id:
            text_id = coding["text_id"]
            old = read_text(connection, text_id)
            maps[text_id] = PositionMap.between(old, text)
        carried.append((coding, _carry(coding, old, text, maps[text_id])))
    return carried


def require_carried(connection: Connection, changes: Iterable[Row]) -> None:
    """Raise when a source goes back to another version of its text and leaves codings behind that were made since."""
    for change in changes:
        before, after = change["before"], change["after"]
        if change["table"] != sources.name or before is None or before["text_id"] == after["text_id"]:
            continue
        n_stray = sum(1 for _ in _stray_codings(connection, after, left=before["text_id"]))
        if n_stray:
            raise ProjectError(
                f"The text of {after['name']!r} cannot go back to its other version: {n_stray} codings were made or "
                "placed on this one since. Nothing was changed; correct the text again instead, then they move with it."
            )


def _stray_codings(connection: Connection, row: Mapping[str, Any], *, left: str) -> Iterator[Any]:
    # Codings that would move if the text were corrected to this version now, but stand on the one that is left.
    own = select(codings.c.coding_id).where(
        codings.c.source_id == row["source_id"], codings.c.text_id == left, present(codings)
    )
    if connection.execute(own).first() is None:
        return
    is_back = left not in {version.text_id for version in read_versions(connection, row["text_id"])}
    for coding, place in carry_codings(connection, row, read_text(connection, row["text_id"])):
        if coding["text_id"] == left and (is_back or place.start is not None):
            yield coding


def _carry(coding: Row, old: str, text: str, position_map: PositionMap) -> Carried:
    # A coding that does not fit its own text is for a person to look at.
    start, end = coding["start"], coding["end"]
    if old[start:end] != coding["quote"]:
        return Carried(outcome="unplaced")
    return position_map.carry(old, text, start, end)


def _replaced(carried: Sequence[tuple[Row, Carried]]) -> Replaced:
    ids: dict[str, list[str]] = {"moved": [], "changed": [], "unplaced": []}
    for coding, place in carried:
        ids[place.outcome].append(coding["coding_id"])
    return Replaced(n_moved=len(ids["moved"]), changed=tuple(ids["changed"]), unplaced=tuple(ids["unplaced"]))


def _unchanged(connection: Connection, row: Mapping[str, Any]) -> Replaced:
    own = select(codings.c.coding_id, codings.c.text_id).where(codings.c.source_id == row["source_id"])
    rows = connection.execute(own.where(present(codings))).all()
    left = tuple(coding.coding_id for coding in rows if coding.text_id != row["text_id"])
    return Replaced(n_moved=len(rows) - len(left), unplaced=left)


def _is_same(connection: Connection, text_id: str, source: Source) -> bool:
    return (
        read_text(connection, text_id) == source.text
        and read_turns(connection, text_id) == tuple(source.turns)
        and read_marks(connection, text_id) == tuple(source.marks)
    )


def _write_version(action: Action, row: Mapping[str, Any], source: Source, position_map: PositionMap | None) -> str:
    statement = select(texts.c.text, texts.c.version).where(texts.c.text_id == row["text_id"])
    earlier = action.connection.execute(statement).one()
    previous = Previous(
        text_id=row["text_id"],
        version=earlier.version,
        position_map=position_map or PositionMap.between(earlier.text, source.text),
    )
    return write_text(
        action, source.text, turn_list=source.turns, mark_list=source.marks, name=row["name"], previous=previous
    )
