"""What observers rated in the group sessions."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.checks import require_columns
from qualkit.project.frames import to_rows
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import find_case, find_session, present
from qualkit.project.schema import cases, observation_ratings, sessions
from qualkit.project.section import Section
from qualkit.project.values import to_iso_date, to_number, to_text

_COLUMNS = {
    "session": "integer",
    **dict.fromkeys(("date", "case"), "text"),
    "attended": "yes or no",
    **dict.fromkeys(("observer", "item"), "text"),
    "value": "number",
    "key_event": "text",
}


class Observations(Section):
    """The observers' ratings of a project: ``project.observations``."""

    def add_table(self, table: pd.DataFrame, *, op_id: str | None = None) -> int:
        """Add ratings as ``qk.readers.read_observations`` gives them; how many.

        A rating that is there already is replaced by the new one.
        """

        def work(action: Action) -> int:
            action.summary = f"{len(table)}"
            return write_observations(action, table)

        return self._journal.run("observations.add_table", work, op_id=op_id)

    def table(self) -> pd.DataFrame:
        """One row per rating of a case by an observer in a session; NaN when absent or not rated."""
        columns: dict[str, Any] = {"session": sessions.c.session, "case": cases.c.case}
        columns["key_event"] = observation_ratings.c.note
        statement = (
            select(*(columns[name] if name in columns else observation_ratings.c[name] for name in _COLUMNS))
            .select_from(observation_ratings)
            .join(sessions, sessions.c.session_id == observation_ratings.c.session_id)
            .join(cases, cases.c.case_id == observation_ratings.c.case_id)
            .where(present(observation_ratings))
            .order_by(sessions.c.session, observation_ratings.c.rating_id)
        )
        return self._frame(statement, _COLUMNS)


def write_observations(action: Action, table: pd.DataFrame) -> int:
    """Store the ratings of a table, all of them or none; how many."""
    require_columns(table, ["session", "case", "observer", "item", "value"], what="observations")
    connection = action.connection
    session_ids = {one: find_session(connection, one)["session_id"] for one in table["session"].unique().tolist()}
    case_ids = {one: find_case(connection, one)["case_id"] for one in table["case"].unique().tolist()}
    known = _known(connection)
    new = []
    for record in to_rows(table):
        value = to_number(record["value"], name=f"{record['item']} of {record['case']}")
        row: Row = {
            "session_id": session_ids[record["session"]],
            "case_id": case_ids[record["case"]],
            "observer": to_text(record["observer"]) or "",
            "item": str(record["item"]),
            "date": to_iso_date(record.get("date")),
            "value": value,
            "note": to_text(record.get("key_event")),
            "attended": bool(record.get("attended", value is not None)),
        }
        place = (row["session_id"], row["case_id"], row["observer"], row["item"])
        if place in known:
            action.update(observation_ratings, known[place], **row)
        else:
            known[place] = action.new_id()
            new.append({"rating_id": known[place], **row})
    action.insert(observation_ratings, new)
    return len(table)


def _known(connection: Connection) -> dict[tuple[str, str, str, str], str]:
    names = ("session_id", "case_id", "observer", "item", "rating_id")
    columns = (observation_ratings.c[name] for name in names)
    rows = connection.execute(select(*columns).where(present(observation_ratings)))
    return {(row.session_id, row.case_id, row.observer, row.item): row.rating_id for row in rows}
