"""Import the people of a study: participants with their attributes, and relations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from qualkit.errors import ReadError
from qualkit.project.cases import add_case, add_relation, update_case
from qualkit.project.journal import Action
from qualkit.project.lookups import find_case, present
from qualkit.project.schema import cases
from qualkit.project.study import Study
from qualkit.project.study_rows import NumberedRow, Problems, read_numbered
from qualkit.project.study_rules import apply_speakers
from qualkit.project.values import to_text

_NAMES = {"编号": "case", "角色": "role", "地点": "site", "组别": "group", "关于": "about"}


def import_participants(action: Action, path: Path, study: Study) -> str:
    """Add the cases of a table, or bring known ones up to date."""
    rows = read_numbered(path, required=["case"], names=_NAMES)
    _require_each_once(rows, path)
    statement = select(cases.c.case, cases.c.case_id).where(present(cases))
    known: dict[str, str] = dict(action.connection.execute(statement).all())
    # All of them first: an informant may stand above the child that is spoken about.
    for _, row in rows:
        if row["case"] not in known:
            known[row["case"]] = add_case(action, row["case"], {})
    problems = Problems(path)
    for number, row in rows:
        with problems.at(number):
            if study.sites and row.get("site") and row["site"] not in study.sites:
                raise ReadError(f"site {row['site']!r} is not in study.yaml. Correct it, or add it there.")
            update_case(action, known[row["case"]], {name: row[name] for name in row if name != "case"})
    problems.refuse()
    apply_speakers(action)
    return f"{len(rows)} cases"


def import_relations(action: Action, path: Path, study: Study) -> str:
    """Add the relations of a table."""
    rows = read_numbered(path, required=["case", "relation", "other"])
    problems = Problems(path)
    for number, row in rows:
        for name in ("case", "other"):
            with problems.at(number):
                find_case(action.connection, row[name])
        if not problems.lines:
            with problems.at(number):
                add_relation(action, row["case"], row["relation"], row["other"], wave=to_text(row.get("wave")))
    problems.refuse()
    return f"{len(rows)} relations"


def _require_each_once(rows: Sequence[NumberedRow], path: Path) -> None:
    problems = Problems(path)
    seen: dict[str, int] = {}
    for number, row in rows:
        with problems.at(number):
            if not row["case"]:
                raise ReadError("the case is blank. Give every person a code, such as A1.")
            if row["case"] in seen:
                raise ReadError(f"case {row['case']!r} stands in row {seen[row['case']]} already. Keep one.")
            seen[row["case"]] = number
    problems.refuse()
