"""Look for anything unsound in a project: the file, references, positions, quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd
from sqlalchemy import Connection, column, select
from sqlalchemy.exc import DatabaseError

from qualkit.position_map import PositionMap
from qualkit.project.database import Database
from qualkit.project.frames import to_frame
from qualkit.project.living import key_column
from qualkit.project.lookups import present
from qualkit.project.schema import LIVING, code_revisions, codes, codings, events, sources, texts, turns
from qualkit.project.versions import read_versions

Problem = tuple[str, str, str, str, str]
_COLUMNS = dict.fromkeys(("check", "table", "id", "problem", "remedy"), "text")
_RESTORE = "Open a backup of the project, or undo what caused it."
_PLACE = (
    "Look at project.codings.unplaced(); give it a place with project.codings.place, "
    "or take it away with project.codings.remove."
)
_QUOTED = 20


def check_project(database: Database) -> pd.DataFrame:
    """One row per problem: which check, which row of which table, what is wrong, what to do."""
    checks: tuple[Callable[[Connection], Iterator[Problem]], ...] = (
        _check_foreign_keys,
        _check_references,
        _check_quotes,
        _check_turns,
        _check_versions,
        _check_maps,
        _check_revisions,
        _check_removals,
    )
    with database.read() as connection:
        damaged = list(_check_integrity(connection))
        # The rows of a damaged file cannot be trusted, nor always read.
        found = damaged or [problem for check in checks for problem in check(connection)]
        return to_frame(found, _COLUMNS)


def check_quotes(database: Database) -> pd.DataFrame:
    """One row per coding whose quote is not what stands in the text at its place."""
    with database.read() as connection:
        return to_frame(_check_quotes(connection), _COLUMNS)


def _check_integrity(connection: Connection) -> Iterator[Problem]:
    remedy = "The file is damaged. Open a backup of the project."
    try:
        messages = list(connection.exec_driver_sql("PRAGMA integrity_check").scalars())
    except DatabaseError as error:
        messages = [str(error.orig)]
    for message in messages:
        if message != "ok":
            yield "file", "", "", message, remedy


def _check_foreign_keys(connection: Connection) -> Iterator[Problem]:
    for table, rowid, target, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        row = select(*LIVING[table].primary_key.columns) if table in LIVING else None
        place = "" if row is None else connection.execute(row.where(column("rowid") == rowid)).scalar()
        yield "reference", table, str(place or rowid), f"It refers to a row of {target} that does not exist.", _RESTORE


def _check_references(connection: Connection) -> Iterator[Problem]:
    # Present rows that point at removed ones.
    for table in LIVING.values():
        for own in table.c:
            for key in own.foreign_keys:
                target = key.column.table
                if target.name not in LIVING:
                    continue
                other = target.alias()
                statement = (
                    select(key_column(table))
                    .join_from(table, other, own == other.c[key.column.name])
                    .where(present(table), other.c.removed_at.is_not(None))
                )
                for row_id in connection.execute(statement).scalars():
                    yield "reference", table.name, row_id, f"{own.name} names a removed row of {target.name}.", _RESTORE


def _check_quotes(connection: Connection) -> Iterator[Problem]:
    columns = (codings.c.coding_id, codings.c.text_id, codings.c.start, codings.c.end, codings.c.quote)
    rows = connection.execute(select(*columns).where(present(codings)).order_by(codings.c.text_id))
    text_id, text = None, ""
    for row in rows:
        if row.text_id != text_id:
            text_id = row.text_id
            text = connection.execute(select(texts.c.text).where(texts.c.text_id == text_id)).scalar() or ""
        if row.end > len(text):
            problem = f"[{row.start}, {row.end}) reaches beyond the text of {len(text)} characters."
        elif text[row.start : row.end] != row.quote:
            problem = f"The text at [{row.start}, {row.end}) is not the quote {row.quote[:20]!r}."
        else:
            continue
        yield "quote", "codings", row.coding_id, problem, "Look the quote up in the text and code it again."


def _check_turns(connection: Connection) -> Iterator[Problem]:
    lengths = {row.text_id: len(row.text) for row in connection.execute(select(texts.c.text_id, texts.c.text))}
    columns = (turns.c.text_id, turns.c.turn, turns.c.start, turns.c.end)
    before: tuple[str | None, int] = (None, 0)
    for row in connection.execute(select(*columns).order_by(turns.c.text_id, turns.c.turn)):
        begin = before[1] if before[0] == row.text_id else 0
        if not begin <= row.start <= row.end <= lengths.get(row.text_id, 0):
            problem = f"Turn {row.turn} is [{row.start}, {row.end}), outside the text or inside the turn before."
            yield "position", "turns", row.text_id, problem, _RESTORE
        before = (row.text_id, row.end)


def _check_versions(connection: Connection) -> Iterator[Problem]:
    columns = (codings.c.coding_id, codings.c.text_id, codings.c.quote, sources.c.name, sources.c.text_id.label("now"))
    rows = connection.execute(
        select(*columns)
        .join(sources, sources.c.source_id == codings.c.source_id)
        .where(codings.c.text_id != sources.c.text_id, present(codings))
        .order_by(codings.c.coding_id)
    )
    versions: dict[str, dict[str, int]] = {}
    for row in rows:
        if row.now not in versions:
            known = read_versions(connection, row.now)
            versions[row.now] = {version.text_id: version.version for version in known}
        version = versions[row.now].get(row.text_id)
        if version is None:
            yield "position", "codings", row.coding_id, "Its place is that of a text its source never had.", _RESTORE
            continue
        quote = row.quote if len(row.quote) <= _QUOTED else row.quote[: _QUOTED - 1] + "…"
        problem = (
            f"Its words {quote!r} are those of version {version} of {row.name!r} and not placed in the text as it is."
        )
        yield "version", "codings", row.coding_id, problem, _PLACE


def _check_maps(connection: Connection) -> Iterator[Problem]:
    earlier = texts.alias()
    columns = (texts.c.text_id, texts.c.text, texts.c.position_map, earlier.c.text.label("old"))
    rows = connection.execute(select(*columns).join(earlier, earlier.c.text_id == texts.c.previous_id))
    for row in rows:
        blocks = () if row.position_map is None else PositionMap.from_json(row.position_map).blocks
        if any(row.old[start : start + n] != row.text[place : place + n] for start, place, n in blocks):
            yield "position", "texts", row.text_id, "Its map does not fit the version before it.", _RESTORE


def _check_revisions(connection: Connection) -> Iterator[Problem]:
    same = (code_revisions.c.code_id == codes.c.code_id) & (code_revisions.c.revision == codes.c.revision)
    statement = select(codes.c.code_id).outerjoin_from(codes, code_revisions, same)
    for code_id in connection.execute(statement.where(code_revisions.c.code_id.is_(None))).scalars():
        yield "reference", "codes", code_id, "The definition of its revision is missing.", _RESTORE
    parents = dict(connection.execute(select(codes.c.code_id, codes.c.parent_id).where(present(codes))).all())
    for code_id in parents:
        seen, above = {code_id}, parents[code_id]
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == code_id:
            yield (
                "reference",
                "codes",
                code_id,
                "It lies below itself.",
                "Give it another parent with project.codes.update.",
            )


def _check_removals(connection: Connection) -> Iterator[Problem]:
    for table in LIVING.values():
        unknown = table.c.removed_at.not_in(select(events.c.event_id))
        for row_id in connection.execute(select(key_column(table)).where(unknown)).scalars():
            yield "history", table.name, row_id, "It is marked as removed by an event that is not there.", _RESTORE
