"""Import the records of a study: sessions, attendance, observers' ratings, answers to scales, the logic chain."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd
from sqlalchemy import select

from qualkit.errors import ReadError
from qualkit.project.cases import add_case
from qualkit.project.journal import Action
from qualkit.project.links import LINK_FIELDS, replace_links
from qualkit.project.lookups import find_case, find_scale, find_session, present
from qualkit.project.observation_records import make_sessions, store_record
from qualkit.project.responses import write_responses
from qualkit.project.scales import to_scale
from qualkit.project.schema import cases, scales
from qualkit.project.sessions import import_attendance_table, import_session_table
from qualkit.project.settings import read_settings
from qualkit.project.study import Study
from qualkit.project.study_kinds import find_wave_in
from qualkit.project.study_rows import Problems, read_numbered, was_imported
from qualkit.project.study_sources import Outcome
from qualkit.readers import read_observation_record, read_responses
from qualkit.readers.survey_people import match_cases
from qualkit.remarks import Remark, join_remarks


def import_sessions(action: Action, path: Path, study: Study) -> str:
    """Add the sessions of a table, or bring known ones up to date."""
    return import_session_table(action, path)


def import_attendance(action: Action, path: Path, study: Study) -> str:
    """Store who was there when; without a table of sessions they are made."""
    return import_attendance_table(action, path, make_sessions=not was_imported(action.connection, "sessions"))


def import_observations(action: Action, path: Path, *, changed: str) -> Outcome:
    """Store an observation record; all unknown members and sessions are named at once."""
    record = read_observation_record(path)
    if not was_imported(action.connection, "sessions"):
        make_sessions(action, record)
    made = _make_people(action, record.attendance)
    _require_known(action, path, record.attendance)
    stored = store_record(action, record, changed=changed)
    return dataclasses.replace(stored, detail=join_remarks([stored.detail, *made]))


def import_responses(action: Action, path: Path, study: Study) -> str:
    """Store the answers to a scale; the file's name is its wave, or holds wave and scale."""
    known = list(action.connection.execute(select(scales.c.scale).where(present(scales))).scalars())
    wave = find_wave_in([path.parent.name, path.stem], read_settings(action.connection)["waves"])
    named = [one for one in known if one in f"{path.parent.name}/{path.stem}"]
    scale = named[0] if len(named) == 1 else known[0] if len(known) == 1 else None
    if scale is None:
        raise ReadError(
            f"{path.name}: which scale are these answers to? The project has {', '.join(known) or 'none'}. "
            "List it in study.yaml under scales, and put its name into the file's name."
        )
    problems = Problems(path)
    with problems.at():
        key = to_scale(find_scale(action.connection, scale))
        table = read_responses(path, wave, scale=scale, n_items=len(key.items))
        people = action.connection.execute(select(cases.c.case).where(present(cases))).scalars()
        table = table.assign(case=table["case"].replace(match_cases(table["case"].unique(), people)))
    problems.refuse()
    made = _make_people(action, table)
    _require_known(action, path, table)
    with problems.at():
        write_responses(action, table, scale=scale, wave=wave)
    problems.refuse()
    empty = int(table["value"].isna().sum())
    said = Remark(f"{len(table)} answers to {scale}", f"{scale}：{len(table)} 条作答")
    blank = Remark(f"{empty} empty", f"其中 {empty} 条空白") if empty else ""
    return join_remarks([said, blank, *made])


def import_chain(action: Action, path: Path, study: Study) -> str:
    """Put the logic chain of a table in the place of the earlier one."""
    rows = [row for _, row in read_numbered(path, required=[])]
    unknown = [name for name in (rows[0] if rows else {}) if name not in LINK_FIELDS]
    if unknown:
        names = ", ".join(unknown)
        raise ReadError(f"{path.name}: {names} is no part of a chain. Its columns are {', '.join(LINK_FIELDS)}.")
    number = replace_links(action, rows)
    open_ends = sum(not all(row.values()) for row in rows)
    chains = Remark(f"{number} chains", f"{number} 条逻辑链")
    gaps = Remark(f"{open_ends} with a missing link", f"其中 {open_ends} 条有缺环") if open_ends else ""
    return join_remarks([chains, gaps])


def _make_people(action: Action, table: pd.DataFrame) -> list[str]:
    # As long as no list of participants says who there is, a record makes its members, as a transcript makes its case.
    if was_imported(action.connection, "participants"):
        return []
    known = set(action.connection.execute(select(cases.c.case).where(present(cases))).scalars())
    new = [case for case in table["case"].unique().tolist() if case not in known]
    for case in new:
        add_case(action, case, {"role": "member"})
    return [Remark(f"made the cases {', '.join(new)}", f"新建个案：{'、'.join(new)}")] if new else []


def _require_known(action: Action, path: Path, table: pd.DataFrame) -> None:
    problems = Problems(path)
    for name, find in (("case", find_case), ("session", find_session)):
        for value in table[name].unique().tolist() if name in table.columns else []:
            with problems.at():
                find(action.connection, value)
    problems.refuse()
