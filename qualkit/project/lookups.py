"""Find a source, code, case or session by its id or its name, or say which names there are."""

from __future__ import annotations

from difflib import get_close_matches

from sqlalchemy import Column, ColumnElement, Connection, FromClause, Table, select

from qualkit.errors import NotFoundError
from qualkit.project.journal import Row
from qualkit.project.living import key_column
from qualkit.project.schema import cases, codes, codings, scales, sessions, sources
from qualkit.remarks import Remark

_FEW = 20
_ZH = {
    "source": "资料",
    "code": "编码",
    "case": "个案",
    "session": "这一节活动",
    "scale": "量表",
    "coding": "这处编码",
}


def find_source(connection: Connection, source: str) -> Row:
    """The source with this id or name."""
    return _find(connection, sources, sources.c.name, source, "source", "Add it with project.sources.add_text")


def find_code(connection: Connection, code: str) -> Row:
    """The code with this id or key."""
    return _find(connection, codes, codes.c.code, code, "code", "Add it with project.codes.add")


def find_case(connection: Connection, case: str) -> Row:
    """The case with this id or code."""
    return _find(connection, cases, cases.c.case, case, "case", "Add it with project.cases.add")


def find_session(connection: Connection, session: str | int) -> Row:
    """The group session with this id or number."""
    number = int(session) if str(session).isdecimal() else session
    return _find(connection, sessions, sessions.c.session, number, "session", "Add it with project.sessions.add")


def find_session_id(connection: Connection, session: str | int | None) -> str | None:
    """The id of a session that may be left open."""
    return None if session is None else find_session(connection, session)["session_id"]


def find_scale(connection: Connection, scale: str) -> Row:
    """The scale with this id or name."""
    return _find(connection, scales, scales.c.scale, scale, "scale", "Add it with project.scales.add")


def find_coding(connection: Connection, coding: str) -> Row:
    """The coding with this id."""
    return _find(connection, codings, None, coding, "coding", "Take the id from project.codings.table()")


def find_case_id(connection: Connection, case: str | None) -> str | None:
    """The id of a case that may be left open."""
    return None if case is None else find_case(connection, case)["case_id"]


def present(table: FromClause) -> ColumnElement[bool]:
    """The condition that a row is not marked as removed."""
    return table.c.removed_at.is_(None)


def _find(connection: Connection, table: Table, name: Column | None, value: str | int, what: str, remedy: str) -> Row:
    key = key_column(table)
    # One question each: asked as one with "or", no index would answer it.
    row = None
    for matches in [key == str(value)] if name is None else [key == str(value), name == value]:
        row = row or connection.execute(select(table).where(matches, present(table))).mappings().first()
    if row is None:
        message = Remark(f"There is no {what} {value!r} in this project.", f"本项目没有{_ZH[what]}“{value}”。")
        why = _explain(connection, table, name, str(value), remedy)
        raise NotFoundError(Remark(f"{message} {why}", f"{message.zh}{why.zh}"))
    return dict(row)


def _explain(connection: Connection, table: Table, name: Column | None, value: str, remedy: str) -> Remark:
    removed = connection.execute(select(table.c.removed_at).where(key_column(table) == value)).scalar()
    if removed is not None:
        return Remark(
            f"It was removed (event {removed} of the history); undo brings it back.",
            f"它已被移除（历史记录第 {removed} 条），可以撤销。",
        )
    if name is not None:
        known = [str(one) for one in connection.execute(select(name).where(present(table))).scalars()]
        close = get_close_matches(value, known, n=3)
        if close:
            return Remark(
                f"Did you mean {' or '.join(map(repr, close))}? {remedy}, or correct the name.",
                f"是不是“{'”或“'.join(close)}”？请改正，或先添加。",
            )
        if 0 < len(known) <= _FEW:
            return Remark(
                f"Known are {', '.join(known)}. {remedy}, or correct the name.",
                f"已有：{'、'.join(known)}。请改正，或先添加。",
            )
    return Remark(f"{remedy}, or correct the name.", "请改正，或先添加。")
