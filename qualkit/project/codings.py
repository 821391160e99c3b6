"""The codings of a project: one code on one segment by one coder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, func, null, select

from qualkit.checks import require_choice
from qualkit.errors import DataError, ProjectError
from qualkit.project.frames import to_frame
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import find_code, find_coding, find_source, present
from qualkit.project.memos import ON_CODING, find_coding_memo, set_coding_memo
from qualkit.project.schema import cases, codes, codings, memos, sources
from qualkit.project.section import Section
from qualkit.project.texts import CONTEXT, quote_at, read_text
from qualkit.project.turns import find_turn_rows, read_turn_table
from qualkit.project.values import require_unchanged, to_number, to_position, to_text
from qualkit.project.version_tables import changed_table, unplaced_table
from qualkit.project.versions import require_seen
from qualkit.project.withdrawn import without_unquotable, without_withdrawn

ORIGINS = ("person", "cue", "model", "import")
STATUSES = ("accepted", "suggested", "rejected")

_COLUMNS = {
    **dict.fromkeys(("coding_id", "source_id", "source"), "text"),
    "turn": "integer or missing",
    "start": "integer",
    "end": "integer",
    **dict.fromkeys(("text", "code", "coder", "case", "wave"), "text"),
    "weight": "number",
    **dict.fromkeys(("memo", "origin", "status"), "text"),
}


class Codings(Section):
    """The codings of a project: ``project.codings``."""

    def add(
        self,
        source: str,
        start: int,
        end: int,
        code: str,
        *,
        coder: str | None = None,
        memo: str | None = None,
        weight: float | None = None,
        origin: str = "person",
        status: str = "accepted",
        text_id: str | None = None,
        op_id: str | None = None,
    ) -> str:
        """Put a code on ``[start, end)`` of a source; the id, on disk when this returns.

        Without ``coder`` it is the one the project was opened for. With ``text_id``, the text one has seen, it
        is refused when the source was corrected since, so that it never comes to stand on other words.
        """

        def work(action: Action) -> str:
            found = find_source(action.connection, source)
            require_seen(found, text_id)
            row = make_coding(action, found, start, end, code, coder=coder)
            row |= {"weight": to_number(weight, name="weight"), "origin": origin, "status": status}
            return add_coding(action, row, memo=memo)

        return self._journal.run("codings.add", work, op_id=op_id)

    def remove(self, coding: str, *, op_id: str | None = None) -> None:
        """Mark a coding as removed."""

        def work(action: Action) -> None:
            row = find_coding(action.connection, coding)
            action.summary = _summary(action.connection, row)
            action.remove(codings, [row["coding_id"]])

        self._journal.run("codings.remove", work, op_id=op_id)

    def set_memo(
        self, coding: str, memo: str | None, *, instead_of: str | None = None, op_id: str | None = None
    ) -> None:
        """Write or change the memo of a coding; empty text takes it away.

        With ``instead_of``, the text one has seen, the change is refused when somebody has written
        something else there since.
        """

        def work(action: Action) -> None:
            row = find_coding(action.connection, coding)
            if instead_of is not None:
                memo_now = find_coding_memo(action.connection, row["coding_id"])
                require_unchanged("" if memo_now is None else memo_now[1], instead_of)
            action.summary = _summary(action.connection, row)
            set_coding_memo(action, row["coding_id"], memo, coder=action.coder)

        self._journal.run("codings.set_memo", work, op_id=op_id)

    def update(
        self, coding: str, *, weight: float | None = None, status: str | None = None, op_id: str | None = None
    ) -> None:
        """Change weight or status of a coding; what is not given stays."""
        values: Row = {}
        if weight is not None:
            values["weight"] = to_number(weight, name="weight")
        if status is not None:
            require_choice("status", status, STATUSES)
            values["status"] = status

        def work(action: Action) -> None:
            row = find_coding(action.connection, coding)
            action.summary = _summary(action.connection, row)
            action.update(codings, row["coding_id"], **values)

        self._journal.run("codings.update", work, op_id=op_id)

    def place(self, coding: str, start: int, end: int, *, op_id: str | None = None) -> None:
        """Give a coding another place in the text its source has now, such as one that a correction left behind."""

        def work(action: Action) -> None:
            row = find_coding(action.connection, coding)
            source = find_source(action.connection, row["source_id"])
            text = read_text(action.connection, source["text_id"])
            place = _require_place(source["name"], text, start, end)
            values = {"text_id": source["text_id"], **quote_at(text, *place)}
            action.summary = _summary(action.connection, {**row, **values})
            action.update(codings, row["coding_id"], **values)

        self._journal.run("codings.place", work, op_id=op_id)

    def unplaced(self, source: str | None = None) -> pd.DataFrame:
        """One row per coding that a correction of its text left without a place; of one source or of all.

        ``version`` and ``old_…`` tell where it was and on which words. ``start``, ``end`` and ``text`` are where
        these words stand once in the text as it is, as a proposal for ``place``; else they are missing, and
        ``before`` and ``after`` are what stands around the place now.
        """
        with self._database.read() as connection:
            return unplaced_table(connection, _wanted(connection, source))

    def changed(self, source: str | None = None) -> pd.DataFrame:
        """One row per coding and correction that changed the words it stands on; of one source or of all.

        ``old_…`` tell the place and words before, ``start``, ``end``, ``text``, ``before`` and ``after`` those
        right after the correction.
        """
        with self._database.read() as connection:
            return changed_table(connection, _wanted(connection, source))

    def table(
        self,
        *,
        source: str | None = None,
        coder: str | None = None,
        code: str | None = None,
        include_withdrawn: bool = False,
    ) -> pd.DataFrame:
        """One row per coding, in the order of the sources and of the text.

        ``code`` takes the codes below it with it (``type.withdrawal`` gives ``type.withdrawal.silence``).
        Codings that a correction of their text left without a place are in ``unplaced`` instead.
        People who withdrew are left out, and words that may not be quoted are not shown (see
        ``project.consents``), unless with ``include_withdrawn``.
        """
        with self._database.read() as connection:
            source_id = None if source is None else find_source(connection, source)["source_id"]
            statement = _statement()
            if source_id is not None:
                statement = statement.where(codings.c.source_id == source_id)
            if coder is not None:
                statement = statement.where(codings.c.coder == coder)
            if code is not None:
                statement = statement.where(codings.c.code_id.in_(_codes_below(connection, code)))
            rows = to_frame(connection.execute(statement), {**_COLUMNS, "about": "text"})
            placed = _place(rows, read_turn_table(connection, source_id))
            if include_withdrawn:
                return placed
            return without_unquotable(connection, without_withdrawn(connection, placed))

    def counts(self, *, include_withdrawn: bool = False) -> pd.DataFrame:
        """One row per source, code and coder: ``n_codings``; sources about people who withdrew are left out."""
        statement = (
            select(codings.c.source_id, codes.c.code, codings.c.coder, func.count())
            .join(sources, sources.c.source_id == codings.c.source_id)
            .join(codes, codes.c.code_id == codings.c.code_id)
            .where(present(codings), codings.c.text_id == sources.c.text_id)
            .group_by(codings.c.source_id, codes.c.code, codings.c.coder)
            .order_by(codings.c.source_id, codes.c.code, codings.c.coder)
        )
        with self._database.read() as connection:
            columns = {**dict.fromkeys(("source_id", "code", "coder"), "text"), "n_codings": "integer"}
            table = to_frame(connection.execute(statement), columns)
            return table if include_withdrawn else without_withdrawn(connection, table)


def make_coding(
    action: Action,
    source: Mapping[str, Any],
    start: int,
    end: int,
    code: str,
    *,
    coder: str | None,
    text: str | None = None,
) -> Row:
    """The row of a new coding: place and code checked, quote and context taken from the text.

    Whoever has read the ``text`` of the source already gives it, so that it is not read again.
    """
    connection = action.connection
    if text is None:
        text = read_text(connection, source["text_id"])
    start, end = _require_place(source["name"], text, start, end)
    code_row = find_code(connection, code)
    if not code_row["is_assignable"]:
        raise ProjectError(_not_assignable(connection, code_row))
    return {
        "coding_id": action.new_id(),
        "source_id": source["source_id"],
        "text_id": source["text_id"],
        **quote_at(text, start, end),
        "code_id": code_row["code_id"],
        "code_revision": code_row["revision"],
        "coder": to_text(coder) or action.coder,
    }


def add_coding(action: Action, row: Row, *, memo: str | None) -> str:
    """Store a coding and its memo; its id."""
    require_choice("origin", row["origin"], ORIGINS)
    require_choice("status", row["status"], STATUSES)
    action.insert(codings, [row])
    set_coding_memo(action, row["coding_id"], memo, coder=row["coder"])
    action.summary = _summary(action.connection, row)
    return row["coding_id"]


def _statement() -> Select[Any]:
    about = cases.alias()
    on_coding = (memos.c.target_id == codings.c.coding_id) & (memos.c.kind == ON_CODING) & present(memos)
    memo = select(memos.c.text).where(on_coding).order_by(memos.c.memo_id).limit(1).scalar_subquery()
    columns: dict[str, Any] = {"source": sources.c.name, "text": codings.c.quote, "code": codes.c.code, "memo": memo}
    columns |= {"wave": sources.c.wave, "turn": null(), "case": null()}
    return (
        select(*(columns[name] if name in columns else codings.c[name] for name in _COLUMNS), about.c.case)
        .select_from(codings)
        .join(sources, sources.c.source_id == codings.c.source_id)
        .join(codes, codes.c.code_id == codings.c.code_id)
        .outerjoin(about, about.c.case_id == sources.c.case_id)
        .where(present(codings), codings.c.text_id == sources.c.text_id)
        .order_by(codings.c.source_id, codings.c.start, codings.c.end, codings.c.coding_id)
    )


def _place(rows: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    # Who speaks there, else whom the source is about.
    places = find_turn_rows(turns, rows["source_id"], rows["start"], rows["end"])
    found = pd.Series(places, index=rows.index).where(lambda place: place >= 0).astype("Int64")
    speaking = found.map(turns["case"]).astype(rows["case"].dtype)
    placed = rows.assign(turn=found.map(turns["turn"]).astype("Int64"), case=speaking.fillna(rows["about"]))
    return placed[list(_COLUMNS)]


def _require_place(name: str, text: str, start: int, end: int) -> tuple[int, int]:
    start, end = to_position(start, name="start"), to_position(end, name="end")
    if start >= end:
        raise DataError(f"[{start}, {end}) of {name!r} is empty. Give an end after the start.")
    if end > len(text):
        raise DataError(
            f"[{start}, {end}) reaches beyond {name!r}, which has {len(text)} characters. "
            "Positions count characters of this very text."
        )
    return start, end


def _wanted(connection: Connection, source: str | None) -> list[Row]:
    if source is not None:
        return [find_source(connection, source)]
    rows = connection.execute(select(sources).where(present(sources)).order_by(sources.c.source_id)).mappings()
    return [dict(row) for row in rows]


def _not_assignable(connection: Connection, code: Row) -> str:
    below = select(codes.c.code).where(codes.c.parent_id == code["code_id"], present(codes)).order_by(codes.c.position)
    names = ", ".join(connection.execute(below).scalars())
    remedy = f"Choose one below it: {names}." if names else "Allow it with project.codes.update(…, is_assignable=True)."
    return f"The code {code['code']!r} only groups others and is not put on text. {remedy}"


def _codes_below(connection: Connection, code: str) -> list[str]:
    tree = select(codes.c.code_id).where(codes.c.code_id == find_code(connection, code)["code_id"]).cte(recursive=True)
    below = select(codes.c.code_id).where(codes.c.parent_id == tree.c.code_id, present(codes))
    return list(connection.execute(select(tree.union_all(below).c.code_id)).scalars())


def _summary(connection: Connection, row: Mapping[str, Any]) -> str:
    code = connection.execute(select(codes.c.code).where(codes.c.code_id == row["code_id"])).scalar()
    source = connection.execute(select(sources.c.name).where(sources.c.source_id == row["source_id"])).scalar()
    quote = row["quote"] if len(row["quote"]) <= CONTEXT else row["quote"][: CONTEXT - 1] + "…"
    return f"{code} · {source} · {quote}"
