"""The journal: each action is one transaction that holds its event, with the rows before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, func, insert, select, update

from qualkit.errors import ProjectError
from qualkit.project.database import Database
from qualkit.project.ids import new_id
from qualkit.project.living import key_column
from qualkit.project.schema import events

Row = dict[str, Any]
_LAST_EVENT = select(func.coalesce(func.max(events.c.event_id), 0))

# How many ids one query may name.
_MOST_IDS = 500

Result = TypeVar("Result")


@dataclass(kw_only=True)
class Action:
    """One action under way: changes go through it, so that the journal knows the rows before and after."""

    connection: Connection
    event_id: int
    coder: str
    prefix: str
    name: str
    summary: str = ""
    undoes: int | None = None
    redoes: int | None = None
    changes: list[Row] = field(default_factory=list)

    def new_id(self) -> str:
        """A fresh id with the prefix of the study."""
        return new_id(self.prefix)

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows to a living table."""
        if not rows:
            return
        blank: Row = dict.fromkeys(table.c.keys())
        full = [{**blank, **row} for row in rows]
        self.connection.execute(insert(table), full)
        key = key_column(table).name
        self.changes += [{"table": table.name, "id": row[key], "before": None, "after": row} for row in full]

    def update(self, table: Table, row_id: str, **values: Any) -> bool:
        """Change columns of one row; whether anything differs from before."""
        before = fetch_row(self.connection, table, row_id)
        if before is None:
            raise ProjectError(f"{table.name} has no row {row_id!r}. It may belong to another project.")
        after = {**before, **values}
        if after == before:
            return False
        self._write(table, row_id, after)
        self.changes.append({"table": table.name, "id": row_id, "before": before, "after": after})
        return True

    def update_many(self, table: Table, values: Mapping[str, Mapping[str, Any]]) -> int:
        """Change columns of many rows, read and written together; how many differ from before."""
        rows = fetch_rows(self.connection, table, list(values))
        changed: list[Row] = []
        for row_id, new in values.items():
            before = rows.get(row_id)
            if before is None:
                raise ProjectError(f"{table.name} has no row {row_id!r}. It may belong to another project.")
            after = {**before, **new}
            if after != before:
                changed.append({"table": table.name, "id": row_id, "before": before, "after": after})
        if changed:
            columns: Row = {column.name: bindparam(f"new_{column.name}") for column in table.c}
            statement = update(table).where(key_column(table) == bindparam("row_id")).values(columns)
            given = [{"row_id": one["id"], **{f"new_{k}": v for k, v in one["after"].items()}} for one in changed]
            self.connection.execute(statement, given)
        self.changes += changed
        return len(changed)

    def remove(self, table: Table, row_ids: Iterable[str]) -> None:
        """Mark rows as removed by this event; nothing is deleted."""
        self.update_many(table, {row_id: {"removed_at": self.event_id} for row_id in row_ids})

    def write_once(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows that never change (texts, turns, marks, code revisions): no need to remember them twice."""
        if rows:
            self.connection.execute(insert(table), list(rows))

    def _write(self, table: Table, row_id: str, values: Row) -> None:
        self.connection.execute(
            update(table).where(key_column(table) == bindparam("row_id")).values(values), {"row_id": row_id}
        )


class Journal:
    """Runs actions and writes each of them down."""

    def __init__(self, database: Database, *, coder: str, prefix: str) -> None:
        self.database = database
        self.coder = coder
        self.prefix = prefix

    def run(self, name: str, work: Callable[[Action], Result], *, op_id: str | None = None) -> Result:
        """Do ``work`` in one transaction together with its event; durable when this returns.

        ``op_id`` names the wish of a caller who may ask twice (a browser that lost its answer):
        the second time nothing is done and the first result is returned. ``work`` may return what
        JSON can hold. An action that changed nothing leaves no event.
        """
        with self.database.write() as connection:
            if op_id is not None:
                stored = _find_operation(connection, op_id, name)
                if stored is not None:
                    return stored[0]
            action = Action(
                connection=connection,
                event_id=_next_event(connection),
                coder=self.coder,
                prefix=self.prefix,
                name=name,
            )
            result = work(action)
            if action.changes or action.undoes or action.redoes:
                _write_event(action, op_id, result)
            return result


def fetch_row(connection: Connection, table: Table, row_id: str) -> Row | None:
    """The row as a dict, whether marked as removed or not; ``None`` when there never was one."""
    row = connection.execute(select(table).where(key_column(table) == row_id)).mappings().one_or_none()
    return None if row is None else dict(row)


def fetch_rows(connection: Connection, table: Table, row_ids: Sequence[str]) -> dict[str, Row]:
    """The rows with these ids, whether marked as removed or not, by their id."""
    key = key_column(table)
    found: dict[str, Row] = {}
    for some in portions(row_ids):
        rows = connection.execute(select(table).where(key.in_(some))).mappings()
        found |= {row[key.name]: dict(row) for row in rows}
    return found


def portions(row_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids in portions that one query may name."""
    for place in range(0, len(row_ids), _MOST_IDS):
        yield row_ids[place : place + _MOST_IDS]


def _next_event(connection: Connection) -> int:
    # The write lock is held and events are never deleted, so nobody else can take this number.
    return connection.execute(_LAST_EVENT).scalar_one() + 1


def _find_operation(connection: Connection, op_id: str, name: str) -> tuple[Any] | None:
    row = connection.execute(select(events.c.action, events.c.result).where(events.c.op_id == op_id)).one_or_none()
    if row is None:
        return None
    if row.action != name:
        raise ProjectError(f"op_id={op_id!r} was used for {row.action} before. Give every action an op_id of its own.")
    return (row.result,)


def _write_event(action: Action, op_id: str | None, result: Any) -> None:
    row = {
        "event_id": action.event_id,
        "op_id": op_id,
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "coder": action.coder,
        "action": action.name,
        "summary": action.summary,
        "changes": action.changes,
        "result": result,
        "undoes": action.undoes,
        "redoes": action.redoes,
    }
    action.connection.execute(insert(events), row)
