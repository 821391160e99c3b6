"""Store an observation record whole: its ratings, a text per session to code, and who was there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.model import Source
from qualkit.project.frames import to_rows
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import present
from qualkit.project.observation_ratings import write_observations
from qualkit.project.schema import attendance, cases, observation_ratings, sessions, sources
from qualkit.project.sessions import write_attendance, write_session
from qualkit.project.sources import About
from qualkit.project.study_rows import was_imported
from qualkit.project.study_sources import TAKE_IT, Outcome, Place, store_text
from qualkit.project.texts import read_text
from qualkit.project.versions import preview_replacement
from qualkit.readers.observation import ObservationRecord
from qualkit.remarks import Remark, join_remarks

_FEW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored(Outcome):
    """What became of a record; ``names`` are those of its texts."""

    names: tuple[str, ...] = ()


def make_sessions(action: Action, record: ObservationRecord) -> None:
    """Make the sessions of a record that are not there yet, with their dates."""
    known = set(action.connection.execute(select(sessions.c.session).where(present(sessions))).scalars())
    for source in record.sources:
        if int(source.meta["session"]) not in known:
            write_session(action, source.meta["session"], {"date": source.meta.get("date")})


def store_record(action: Action, record: ObservationRecord, *, changed: str) -> Stored:
    """Store all of a record, whose sessions and cases are known, or nothing of it.

    Where codings hang on an earlier text of the same file that reads otherwise, the record is offered
    as a new version unless ``changed`` accepts it. Attendance that was imported as a table stays as it is.
    """
    connection = action.connection
    named = [(source, _name(connection, source, record.file)) for source in record.sources]
    if offered := [name for source, name in named if _is_offered(connection, source, name, record.file, changed)]:
        return Stored(
            status="changed",
            detail=Remark(
                f"{', '.join(offered)}: the file has changed and codings hang on its text. "
                f"Nothing was taken over. {TAKE_IT}",
                f"{'、'.join(offered)}：文件已改动，而原文上有编码，因此未更新。{TAKE_IT.zh}",
            ),
            format=record.format,
        )
    outcomes = [
        store_text(
            action,
            source,
            Place(name=name, about=About(session=int(source.meta["session"]), date=source.meta.get("date") or None)),
            file=record.file,
            changed="accept",
        )
        for source, name in named
    ]
    n_ratings = write_observations(action, record.ratings)
    notes = _store_attendance(action, record.attendance)
    is_new = all(outcome.status == "imported" for outcome in outcomes)
    said = [
        Remark(f"{n_ratings} ratings", f"{n_ratings} 条评分"),
        *(outcome.detail for outcome in outcomes),
        *notes,
        *record.notes,
    ]
    return Stored(
        status="imported" if is_new else "new version",
        detail=join_remarks(said),
        format=record.format,
        names=tuple(name for _, name in named),
    )


def _name(connection: Connection, source: Source, file: str) -> str:
    # observation/3; where another file has it, with the observer behind it if there is one, else with the file's name.
    name = f"observation/{source.meta['session']}"
    observer = source.meta.get("observers", "")
    longer = [f"{name} {observer}"] if observer and "," not in observer else []
    for one in [name, *longer, f"{name} {PurePath(file).stem}"]:
        known = _find_source(connection, one)
        if known is None or known["meta"].get("file") == file:
            return one
    return name


def _find_source(connection: Connection, name: str) -> Row | None:
    row = connection.execute(select(sources).where(sources.c.name == name, present(sources))).mappings().one_or_none()
    return None if row is None else dict(row)


def _is_offered(connection: Connection, source: Source, name: str, file: str, changed: str) -> bool:
    known = _find_source(connection, name)
    if known is None or changed == "accept" or known["meta"].get("file") != file:
        return False
    if read_text(connection, known["text_id"]) == source.text:
        return changed == "keep"
    seen = preview_replacement(connection, known, source)
    return changed == "keep" or bool(seen.n_moved + len(seen.changed) + len(seen.unplaced))


def _store_attendance(action: Action, table: pd.DataFrame) -> list[str]:
    connection = action.connection
    said = {(row["session"], row["case"]): (row["attended"], row["note"]) for row in to_rows(table)}
    rated = _rated_attendance(connection, said)
    said = {place: (rated.get(place, there), note) for place, (there, note) in said.items()}
    known = _known_attendance(connection) if was_imported(connection, "attendance") else {}
    new = [
        (session, case, there, note or None)
        for (session, case), (there, note) in said.items()
        if (session, case) not in known
    ]
    write_attendance(action, new)
    differing = [
        (case, session) for (session, case), (there, _) in said.items() if known.get((session, case), there) != there
    ]
    if not differing:
        return []
    more = f" and {len(differing) - _FEW} more" if len(differing) > _FEW else ""
    places = ", ".join(f"{case} in session {session}" for case, session in differing[:_FEW])
    zh = "、".join(f"第{session}节 {case}" for case, session in differing[:_FEW])
    return [
        Remark(
            f"attendance is told otherwise by its own table, which counts: {places}{more}",
            f"与出席表不一致，以出席表为准：{zh}{f' 等 {len(differing)} 处' if more else ''}",
        )
    ]


def _rated_attendance(connection: Connection, wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], bool]:
    # Over the ratings of all observers: there, when any of them says so.
    found: dict[tuple[int, str], bool] = {}
    for place, there in _by_place(connection, observation_ratings):
        found[place] = found.get(place, False) or there
    return {place: found[place] for place in wanted if place in found}


def _known_attendance(connection: Connection) -> Mapping[tuple[int, str], bool]:
    return dict(_by_place(connection, attendance))


def _by_place(connection: Connection, table: Any) -> Iterable[tuple[tuple[int, str], bool]]:
    statement = (
        select(sessions.c.session, cases.c.case, table.c.attended)
        .select_from(table)
        .join(sessions, sessions.c.session_id == table.c.session_id)
        .join(cases, cases.c.case_id == table.c.case_id)
        .where(present(table))
    )
    return (((row.session, row.case), row.attended) for row in connection.execute(statement))
