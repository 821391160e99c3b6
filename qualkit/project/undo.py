"""Undo and redo: one coder's last action, taken back or done again from the rows the journal kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import IntegrityError

from qualkit.errors import ProjectError
from qualkit.project.journal import Action, Journal, fetch_rows
from qualkit.project.journal import Row as Values
from qualkit.project.references import require_sound
from qualkit.project.schema import LIVING, events
from qualkit.project.versions import require_carried

CREATION = "project.create"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An action as the history shows it."""

    event_id: int
    action: str
    summary: str


def next_undo(connection: Connection, coder: str) -> Event | None:
    """The action that ``undo`` would take back: the coder's last one that is not undone already."""
    undone: dict[int, bool] = {}
    for row in _newest_first(connection, coder):
        if row.undoes is not None:
            undone.setdefault(row.undoes, True)
        elif row.redoes is not None:
            undone.setdefault(row.redoes, False)
        elif not undone.get(row.event_id, False):
            return None if row.action == CREATION else _event(row)
    return None


def next_redo(connection: Connection, coder: str) -> Event | None:
    """The action that ``redo`` would do again; ``None`` once the coder has done something new since."""
    redone = set()
    for row in _newest_first(connection, coder):
        if row.redoes is not None:
            redone.add(row.redoes)
        elif row.undoes is None:
            return None
        elif row.undoes not in redone:
            return _find_event(connection, row.undoes)
        else:
            redone.discard(row.undoes)
    return None


def undo(journal: Journal, *, section: str | None = None, op_id: str | None = None) -> Event | None:
    """Take back the coder's last action; ``None`` when there is nothing to take back."""
    return _run(journal, "undo", section, op_id)


def redo(journal: Journal, *, section: str | None = None, op_id: str | None = None) -> Event | None:
    """Do the coder's last undone action again; ``None`` when there is none."""
    return _run(journal, "redo", section, op_id)


def _run(journal: Journal, name: str, section: str | None, op_id: str | None) -> Event | None:
    def work(action: Action) -> Values | None:
        find = next_undo if name == "undo" else next_redo
        target = find(action.connection, action.coder)
        if target is None or (section is not None and target.action.split(".")[0] != section):
            return None
        action.summary = f"{target.action} {target.summary}".strip()
        if name == "undo":
            action.undoes = target.event_id
        else:
            action.redoes = target.event_id
        _apply(action, target.event_id, backwards=name == "undo")
        return {"event_id": target.event_id, "action": target.action, "summary": target.summary}

    result = journal.run(name, work, op_id=op_id)
    return None if result is None else Event(**result)


def _apply(action: Action, event_id: int, *, backwards: bool) -> None:
    changes = action.connection.execute(select(events.c.changes).where(events.c.event_id == event_id)).scalar_one()
    for name, steps in _runs(reversed(changes) if backwards else changes):
        table = LIVING[name]
        current = fetch_rows(action.connection, table, [change["id"] for change in steps])
        targets = {}
        for change in steps:
            expected, target = change["before"], change["after"]
            if backwards:
                expected, target = target, expected
            if not _same(current.get(change["id"]), expected):
                raise ProjectError(_conflict(action, event_id, change))
            targets[change["id"]] = {"removed_at": action.event_id} if _is_absent(target) else target
        try:
            action.update_many(table, targets)
        except IntegrityError as error:
            raise ProjectError(
                f"This cannot be brought back: {table.name} has something else of the same name by now. "
                "Rename or remove that first."
            ) from error
    require_sound(action.connection, action.changes)
    require_carried(action.connection, action.changes)


def _runs(changes: Iterable[Values]) -> Iterator[tuple[str, list[Values]]]:
    # Neighbouring changes of one table, no row twice: they can be read and written together.
    run: dict[str, Values] = {}
    name = ""
    for change in changes:
        if run and (change["table"] != name or change["id"] in run):
            yield name, list(run.values())
            run = {}
        name = change["table"]
        run[change["id"]] = change
    if run:
        yield name, list(run.values())


def _same(current: Values | None, expected: Values | None) -> bool:
    # Which event removed a row does not matter here, only whether it is there.
    if current is None or expected is None:
        return _is_absent(current) and _is_absent(expected)
    if _is_absent(current) or _is_absent(expected):
        return _is_absent(current) == _is_absent(expected)
    # A row remembered before a migration lacks the columns that were added since: nothing stood in them.
    return current == {**dict.fromkeys(current), **expected}


def _is_absent(row: Values | None) -> bool:
    return row is None or row["removed_at"] is not None


def _conflict(action: Action, event_id: int, change: Values) -> str:
    rows = action.connection.execute(
        select(events.c.event_id, events.c.coder, events.c.changes).where(events.c.event_id > event_id)
    )
    others = {row.coder for row in rows if any(later["id"] == change["id"] for later in row.changes)} - {action.coder}
    who = ", ".join(sorted(others)) or "somebody else"
    return (
        f"This cannot be taken back: {change['table']} {change['id']} was changed since by {who}. "
        "Nothing was changed; look at the history and change it by hand."
    )


def _newest_first(connection: Connection, coder: str) -> Iterator[Row]:
    columns = (events.c.event_id, events.c.action, events.c.summary, events.c.undoes, events.c.redoes)
    statement = select(*columns).where(events.c.coder == coder).order_by(events.c.event_id.desc())
    with connection.execute(statement.execution_options(yield_per=50)) as rows:
        yield from rows


def _find_event(connection: Connection, event_id: int) -> Event:
    columns = (events.c.event_id, events.c.action, events.c.summary)
    return _event(connection.execute(select(*columns).where(events.c.event_id == event_id)).one())


def _event(row: Row) -> Event:
    return Event(event_id=row.event_id, action=row.action, summary=row.summary)
