"""Guard what rows refer to: nothing present may point at something removed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Column, Connection, Table, select

from qualkit.errors import ProjectError
from qualkit.project.journal import Row, portions
from qualkit.project.living import key_column
from qualkit.project.schema import LIVING, codes

_Changed = tuple[Table, str, Row]


def _references_of(table: Table) -> list[tuple[Column, Table]]:
    # Columns of `table` that name a row of a living table.
    return [
        (column, key.column.table)
        for column in table.c
        for key in column.foreign_keys
        if key.column.table.name in LIVING
    ]


_POINTING_AT: dict[str, list[tuple[Table, Column]]] = {
    name: [
        (table, column)
        for table in LIVING.values()
        for column, target in _references_of(table)
        if target is LIVING[name]
    ]
    for name in LIVING
}


def require_unused(connection: Connection, table: Table, row_id: str, *, what: str) -> None:
    """Raise when a present row refers to this one; the message says how many rows of which table."""
    users = []
    for user, column in _POINTING_AT[table.name]:
        statement = select(key_column(user)).where(column == row_id, user.c.removed_at.is_(None))
        number = len(connection.execute(statement).all())
        if number:
            users.append(f"{number} in {user.name}")
    if users:
        raise ProjectError(f"{what} is still in use ({', '.join(users)}). Remove or change those first.")


def require_sound(connection: Connection, changes: Iterable[Row]) -> None:
    """Raise when the rows just changed point at removed rows, or removed ones are still pointed at."""
    rows = [(LIVING[change["table"]], change["id"], change["after"]) for change in changes]
    pointed_at = _pointed_at(connection, rows)
    gone = _gone(connection, rows)
    for table, row_id, row in rows:
        name = f"{table.name} {_name_of(row, row_id)}"
        if (table.name, row_id) in pointed_at:
            require_unused(connection, table, row_id, what=name)
        elif row["removed_at"] is None:
            for column, target in _references_of(table):
                if (target.name, row[column.name]) in gone:
                    raise ProjectError(
                        f"{name} needs a row of {target.name} that has been removed since ({row[column.name]}). "
                        "Bring that back first."
                    )


def _pointed_at(connection: Connection, rows: Sequence[_Changed]) -> set[tuple[str, str]]:
    # Which of the removed rows are still named by present ones.
    removed: dict[str, set[str]] = {}
    for table, row_id, row in rows:
        if row["removed_at"] is not None:
            removed.setdefault(table.name, set()).add(row_id)
    return {
        (name, row_id)
        for name, ids in removed.items()
        for user, column in _POINTING_AT[name]
        for row_id in _found(connection, column, ids, user)
    }


def _gone(connection: Connection, rows: Sequence[_Changed]) -> set[tuple[str, str]]:
    # Which of the rows that present ones name are not there.
    named: dict[str, set[str]] = {}
    for table, _, row in rows:
        if row["removed_at"] is None:
            for column, target in _references_of(table):
                if row[column.name] is not None:
                    named.setdefault(target.name, set()).add(row[column.name])
    return {
        (name, row_id)
        for name, ids in named.items()
        for row_id in ids - _found(connection, key_column(LIVING[name]), ids, LIVING[name])
    }


def _found(connection: Connection, column: Column, ids: Iterable[str], table: Table) -> set[str]:
    # Which of the ids stand in a column of present rows.
    found: set[str] = set()
    for some in portions(sorted(ids)):
        present = select(column).where(column.in_(some), table.c.removed_at.is_(None))
        found.update(connection.execute(present).scalars())
    return found


def _name_of(row: Row, row_id: str) -> str:
    for column in (codes.c.code.name, "name", "case", "session", "quote", "scale"):
        if row.get(column):
            return repr(row[column])
    return row_id
