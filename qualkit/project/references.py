"""Guard what rows refer to: nothing present may point at something removed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Column, Connection, Table, select

from qualkit.errors import ProjectError
from qualkit.project.journal import Row
from qualkit.project.schema import LIVING, codes, key_column


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
    for change in changes:
        table, row = LIVING[change["table"]], change["after"]
        name = f"{table.name} {_name_of(row, change['id'])}"
        if row["removed_at"] is not None:
            require_unused(connection, table, change["id"], what=name)
            continue
        for column, target in _references_of(table):
            if row[column.name] is not None and not _is_present(connection, target, row[column.name]):
                raise ProjectError(
                    f"{name} needs a row of {target.name} that has been removed since ({row[column.name]}). "
                    "Bring that back first."
                )


def _is_present(connection: Connection, table: Table, row_id: str) -> bool:
    statement = select(key_column(table)).where(key_column(table) == row_id, table.c.removed_at.is_(None))
    return connection.execute(statement).first() is not None


def _name_of(row: Row, row_id: str) -> str:
    for column in (codes.c.code.name, "name", "case", "session", "quote", "scale"):
        if row.get(column):
            return repr(row[column])
    return row_id
