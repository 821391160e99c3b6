"""The group sessions of a study: number, date, aim, and who attended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.errors import DataError, ReadError
from qualkit.project.journal import Action
from qualkit.project.lookups import find_case, find_session, present
from qualkit.project.schema import attendance, cases, sessions
from qualkit.project.section import Section
from qualkit.project.values import to_iso_date, to_text
from qualkit.readers.attendance import read_attendance
from qualkit.readers.cells import read_ordinal
from qualkit.readers.named_table import read_named
from qualkit.readers.problems import Problems
from qualkit.remarks import Remark, join_remarks
from qualkit.spreadsheets import write_table

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

    def set_attendance(
        self, session: int, case: str, attended: bool, *, note: str | None = None, op_id: str | None = None
    ) -> None:
        """Say whether a case was there; ``note`` says why not (请假), or what was special (迟到)."""

        def work(action: Action) -> None:
            action.summary = f"{session} {case} {'✓' if attended else '✗'} {note or ''}".strip()
            write_attendance(action, [(session, case, attended, note)])

        self._journal.run("sessions.set_attendance", work, op_id=op_id)

    def table(self) -> pd.DataFrame:
        """One row per session, in order."""
        statement = select(*(sessions.c[name] for name in _COLUMNS)).where(present(sessions))
        return self._frame(statement.order_by(sessions.c.session), _COLUMNS)

    def attendance_table(self, *, include_withdrawn: bool = False) -> pd.DataFrame:
        """One row per session and case: whether the case was there, and the note on it.

        What was not recorded has no row. People who withdrew are left out (see ``project.consents``).
        """
        statement = (
            select(sessions.c.session, cases.c.case, attendance.c.attended, attendance.c.note)
            .select_from(attendance)
            .join(sessions, sessions.c.session_id == attendance.c.session_id)
            .join(cases, cases.c.case_id == attendance.c.case_id)
            .where(present(attendance))
            .order_by(sessions.c.session, cases.c.position)
        )
        columns = {"session": "integer", "case": "text", "attended": "yes or no", "note": "text"}
        return self._outward(statement, columns, include_withdrawn)

    def import_table(self, path: str | Path, *, op_id: str | None = None) -> str:
        """Add the sessions of a ``.csv`` or ``.xlsx`` file: 节次, 日期, 名称, 目标, 内容, 策略; what came in."""

        def work(action: Action) -> str:
            action.summary = Path(path).name
            return import_session_table(action, Path(path))

        return self._journal.run("sessions.import_table", work, op_id=op_id)

    def import_attendance(self, path: str | Path, *, op_id: str | None = None) -> str:
        """Store the attendance of a ``.csv`` or ``.xlsx`` file as ``qk.readers.read_attendance`` reads it."""

        def work(action: Action) -> str:
            action.summary = Path(path).name
            return import_attendance_table(action, Path(path))

        return self._journal.run("sessions.import_attendance", work, op_id=op_id)

    def export(self, path: str | Path, *, language: str = "zh") -> Path:
        """Write the sessions to a ``.csv`` or ``.xlsx`` file that ``import_table`` reads back."""
        return write_table(self.table().drop(columns="session_id"), path, language=language)

    def export_attendance(self, path: str | Path, *, language: str = "zh", include_withdrawn: bool = False) -> Path:
        """Write the attendance to a ``.csv`` or ``.xlsx`` file that ``import_attendance`` reads back."""
        return write_table(self.attendance_table(include_withdrawn=include_withdrawn), path, language=language)


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


def write_attendance(action: Action, rows: Sequence[tuple[Any, str, bool, str | None]]) -> None:
    """Store who was there when, with the note on it; what was said before is replaced."""
    connection = action.connection
    known = _known_attendance(connection)
    session_ids = {one: find_session(connection, one)["session_id"] for one in dict.fromkeys(row[0] for row in rows)}
    case_ids = {one: find_case(connection, one)["case_id"] for one in dict.fromkeys(row[1] for row in rows)}
    new, changed = {}, {}
    for session, case, attended, note in rows:
        place = (session_ids[session], case_ids[case])
        values = {"attended": bool(attended), "note": to_text(note)}
        if place in known:
            changed[known[place]] = values
        else:
            new[place] = {"attendance_id": action.new_id(), "session_id": place[0], "case_id": place[1], **values}
    action.update_many(attendance, changed)
    action.insert(attendance, list(new.values()))


def import_session_table(action: Action, path: Path) -> str:
    """Add the sessions of a table, or bring known ones up to date; each stands once."""
    table = read_named(path, ["session", "date", *_WORDS], required=["session"])
    problems = Problems(path)
    seen: dict[int, int] = {}
    for row in table.rows:
        with problems.at(row.number):
            session = read_ordinal(row.values["session"], table.place(row, "session"))
            if session in seen:
                raise ReadError(f"session {session} stands in row {seen[session]} already. Keep one.")
            seen[session] = row.number
            values = {name: value for name, value in row.values.items() if name != "session"}
            write_session(action, session, values)
    problems.refuse()
    others = ", ".join(table.others)
    unused = Remark(f"not used: {others}", f"未使用的列：{others}") if others else ""
    return join_remarks([Remark(f"{len(table.rows)} sessions", f"{len(table.rows)} 节活动"), unused])


def import_attendance_table(action: Action, path: Path, *, make_sessions: bool = False) -> str:
    """Store who was there when; ``make_sessions`` adds the sessions that are not there yet."""
    read = read_attendance(path)
    connection = action.connection
    problems = Problems(path)
    known_sessions = set(connection.execute(select(sessions.c.session).where(present(sessions))).scalars())
    known_cases = set(connection.execute(select(cases.c.case).where(present(cases))).scalars())
    if make_sessions:
        for session in sorted({entry.session for entry in read.entries} - known_sessions):
            write_session(action, session, {})
            known_sessions.add(session)
    for entry in read.entries:
        # Looked up only to say what is near the name that is not there.
        if entry.session not in known_sessions:
            with problems.at(entry.number):
                find_session(connection, entry.session)
        if entry.case not in known_cases:
            with problems.at(entry.number):
                find_case(connection, entry.case)
    problems.refuse()
    write_attendance(action, [(one.session, one.case, one.attended, one.note) for one in read.entries])
    return join_remarks([Remark(f"{len(read.entries)} rows", f"{len(read.entries)} 行出席记录"), *read.notes])


def _known_attendance(connection: Connection) -> dict[tuple[str, str], str]:
    columns = (attendance.c.session_id, attendance.c.case_id, attendance.c.attendance_id)
    rows = connection.execute(select(*columns).where(present(attendance)))
    return {(row.session_id, row.case_id): row.attendance_id for row in rows}
