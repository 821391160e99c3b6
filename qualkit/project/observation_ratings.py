"""Store what observers rated in the group sessions."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.checks import require_columns
from qualkit.project.frames import to_rows
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import find_case, find_session, present
from qualkit.project.schema import observation_ratings
from qualkit.project.values import to_iso_date, to_number, to_text


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
