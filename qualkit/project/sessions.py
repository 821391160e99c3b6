"""The group sessions of a study: number, date, aim, and who attended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.errors import DataError
from qualkit.project.journal import Action
from qualkit.project.lookups import find_case, find_session, present
from qualkit.project.schema import attendance, cases, sessions
from qualkit.project.section import Section
from qualkit.project.values import to_iso_date, to_text

_WORDS = ("name", "aim", "activities", "strategy")
_COLUMNS = {"session_id": "text", "session": "integer", **dict.fromkeys(("date", *_WORDS), "text")}


class Sessions(Section):
    """The group sessions of a project: ``project.sessions``."""

    def add(
        self,
        session: int,
        *,
        date: Any = None,
        name: str | None = None,
        aim: str | None = None,
        activities: str | None = None,
        strategy: str | None = None,
        op_id: str | None = None,
    ) -> str:
        """Add a session by its number, or change what is said of a known one; its id."""
        given = {"date": date, "name": name, "aim": aim, "activities": activities, "strategy": strategy}

        def work(action: Action) -> str:
            action.summary = f"{session} {name or ''}".strip()
            return write_session(action, session, {key: value for key, value in given.items() if value is not None})

        return self._journal.run("sessions.add", work, op_id=op_id)

    def set_attendance(self, session: int, case: str, attended: bool, *, op_id: str | None = None) -> None:
        """Say whether a case was there."""

        def work(action: Action) -> None:
            action.summary = f"{session} {case} {'✓' if attended else '✗'}"
            write_attendance(action, [(session, case, attended)])

        self._journal.run("sessions.set_attendance", work, op_id=op_id)

    def table(self) -> pd.DataFrame:
        """One row per session, in order."""
        statement = select(*(sessions.c[name] for name in _COLUMNS)).where(present(sessions))
        return self._frame(statement.order_by(sessions.c.session), _COLUMNS)

    def attendance(self) -> pd.DataFrame:
        """One row per session and case: whether the case was there."""
        statement = (
            select(sessions.c.session, cases.c.case, attendance.c.attended)
            .select_from(attendance)
            .join(sessions, sessions.c.session_id == attendance.c.session_id)
            .join(cases, cases.c.case_id == attendance.c.case_id)
            .where(present(attendance))
            .order_by(sessions.c.session, cases.c.position)
        )
        return self._frame(statement, {"session": "integer", "case": "text", "attended": "yes or no"})


def write_session(action: Action, session: Any, values: Mapping[str, Any]) -> str:
    """Store a session or what is new about it; its id."""
    text = to_text(session) or ""
    if not text.isdecimal():
        raise DataError(f"session={session!r} is no number. Number the sessions 1, 2, 3 …")
    row: dict[str, Any] = {name: to_text(value) for name, value in values.items() if name in _WORDS}
    if "date" in values:
        row["date"] = to_iso_date(values["date"])
    known = select(sessions.c.session_id).where(sessions.c.session == int(text), present(sessions))
    session_id = action.connection.execute(known).scalar()
    if session_id is not None:
        action.update(sessions, session_id, **row)
        return session_id
    session_id = action.new_id()
    action.insert(sessions, [{"session_id": session_id, "session": int(text), **row}])
    return session_id


def write_attendance(action: Action, rows: list[tuple[Any, str, bool]]) -> None:
    """Store who was there when; what was said before is replaced."""
    connection = action.connection
    known = _known_attendance(connection)
    new = []
    for session, case, attended in rows:
        place = (find_session(connection, session)["session_id"], find_case(connection, case)["case_id"])
        if place in known:
            action.update(attendance, known[place], attended=attended)
            continue
        known[place] = action.new_id()
        ids = {"attendance_id": known[place], "session_id": place[0], "case_id": place[1]}
        new.append({**ids, "attended": attended})
    action.insert(attendance, new)


def _known_attendance(connection: Connection) -> dict[tuple[str, str], str]:
    columns = (attendance.c.session_id, attendance.c.case_id, attendance.c.attendance_id)
    rows = connection.execute(select(*columns).where(present(attendance)))
    return {(row.session_id, row.case_id): row.attendance_id for row in rows}
