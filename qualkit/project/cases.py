"""The people of a study: cases with attributes, relations, and who speaks under which label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from qualkit.errors import DataError, ProjectError
from qualkit.project.frames import TEXT, to_frame
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import find_case, find_case_id, find_source, present
from qualkit.project.references import require_unused
from qualkit.project.schema import attributes, cases, relations, speakers
from qualkit.project.section import Section
from qualkit.project.settings import require_wave
from qualkit.project.values import to_text

_FIELDS = ("role", "site", "group")


class Cases(Section):
    """The cases of a project: ``project.cases``."""

    def add(
        self,
        case: str,
        *,
        role: str | None = None,
        site: str | None = None,
        group: str | None = None,
        about: str | None = None,
        op_id: str | None = None,
        **attributes: Any,
    ) -> str:
        """Add a participant or informant; its id.

        ``about`` is the case an informant speaks about; any other named value is an attribute.
        """
        values = {"role": role, "site": site, "group": group}

        def work(action: Action) -> str:
            action.summary = case
            return add_case(action, case, values, about=about, attributes=attributes)

        return self._journal.run("cases.add", work, op_id=op_id)

    def update(self, case: str, *, wave: str | None = None, op_id: str | None = None, **values: Any) -> None:
        """Change role, site, group, about or attributes; with ``wave``, attributes as they are at that wave."""

        def work(action: Action) -> None:
            action.summary = f"{case}: {', '.join(values)}"
            row = find_case(action.connection, case)
            update_case(action, row["case_id"], values, wave=wave)

        self._journal.run("cases.update", work, op_id=op_id)

    def remove(self, case: str, *, op_id: str | None = None) -> None:
        """Mark a case as removed; refused while anything refers to it."""

        def work(action: Action) -> None:
            case_id = find_case(action.connection, case)["case_id"]
            action.summary = case
            action.remove(attributes, _attribute_rows(action.connection, case_id).values())
            require_unused(action.connection, cases, case_id, what=f"The case {case!r}")
            action.remove(cases, [case_id])

        self._journal.run("cases.remove", work, op_id=op_id)

    def set_speaker(self, source: str | None, speaker: str, case: str | None, *, op_id: str | None = None) -> None:
        """Say who speaks under a label, in one source or (``source=None``) in all.

        A label that equals the code of a case needs no such rule. ``case=None`` says that nobody of
        the study speaks there; what a source says goes before what holds for all.
        """

        def work(action: Action) -> None:
            action.summary = f"{source or '*'}: {speaker} → {case or '–'}"
            set_speaker(action, source, speaker, case)

        self._journal.run("cases.set_speaker", work, op_id=op_id)

    def relate(self, case: str, relation: str, other: str, *, wave: str | None = None, op_id: str | None = None) -> str:
        """Say how two cases are related (``relate("B1", "grandmother", "A1")``); the id of the relation."""

        def work(action: Action) -> str:
            action.summary = f"{case} {relation} {other}"
            return add_relation(action, case, relation, other, wave=wave)

        return self._journal.run("cases.relate", work, op_id=op_id)

    def table(self) -> pd.DataFrame:
        """One row per case; attributes as columns, those of a wave as ``name_wave``."""
        about = cases.alias()
        statement = (
            select(cases.c.case_id, cases.c.case, cases.c.role, cases.c.site, cases.c.group, about.c.case)
            .outerjoin_from(cases, about, cases.c.about_id == about.c.case_id)
            .where(present(cases))
            .order_by(cases.c.position)
        )
        columns = dict.fromkeys(("case_id", "case", "role", "site", "group", "about"), "text")
        with self._database.read() as connection:
            table = to_frame(connection.execute(statement), columns)
            wide = _wide_attributes(connection)
        if wide.empty:
            return table
        return table.merge(wide, how="left", left_on="case_id", right_index=True)

    def relations(self) -> pd.DataFrame:
        """One row per relation: ``case`` is the ``relation`` of ``other``."""
        other = cases.alias()
        statement = (
            select(cases.c.case, relations.c.relation, other.c.case, relations.c.wave)
            .select_from(relations)
            .join(cases, relations.c.case_id == cases.c.case_id)
            .join(other, relations.c.other_id == other.c.case_id)
            .where(present(relations))
            .order_by(relations.c.relation_id)
        )
        return self._frame(statement, dict.fromkeys(("case", "relation", "other", "wave"), "text"))


def add_case(
    action: Action,
    case: str,
    values: Mapping[str, Any],
    *,
    about: str | None = None,
    attributes: Mapping[str, Any] = {},
) -> str:
    """Add a case with its attributes; its id."""
    code = to_text(case)
    if code is None:
        raise DataError(f"case={case!r} is empty. Give every case a code, such as A1.")
    if action.connection.execute(select(cases.c.case_id).where(cases.c.case == code, present(cases))).first():
        raise ProjectError(f"The case {code!r} exists already. Change it with project.cases.update.")
    position = action.connection.execute(select(func.count()).select_from(cases)).scalar_one()
    row: Row = {"case_id": action.new_id(), "case": code, "position": position}
    row |= {name: to_text(values.get(name)) for name in _FIELDS}
    row["about_id"] = find_case_id(action.connection, about)
    action.insert(cases, [row])
    _write_attributes(action, row["case_id"], attributes, wave=None)
    return row["case_id"]


def update_case(action: Action, case_id: str, values: Mapping[str, Any], *, wave: str | None = None) -> None:
    """Change what is said of a case; names that are no fields are attributes."""
    own = {name: to_text(value) for name, value in values.items() if name in _FIELDS}
    if "about" in values:
        own["about_id"] = find_case_id(action.connection, to_text(values["about"]))
    if own:
        action.update(cases, case_id, **own)
    others = {name: value for name, value in values.items() if name not in (*_FIELDS, "about")}
    _write_attributes(action, case_id, others, wave=wave)


def set_speaker(action: Action, source: str | None, speaker: str, case: str | None) -> None:
    """Write or change the rule who speaks under a label."""
    connection = action.connection
    source_id = None if source is None else find_source(connection, source)["source_id"]
    case_id = find_case_id(connection, case)
    statement = select(speakers.c.speaker_id).where(
        speakers.c.source_id.is_not_distinct_from(source_id), speakers.c.speaker == speaker, present(speakers)
    )
    known = connection.execute(statement).scalar()
    if known is not None:
        action.update(speakers, known, case_id=case_id)
        return
    row = {"speaker_id": action.new_id(), "source_id": source_id, "speaker": speaker, "case_id": case_id}
    action.insert(speakers, [row])


def add_relation(action: Action, case: str, relation: str, other: str, *, wave: str | None = None) -> str:
    """Write a relation between two cases, once; its id."""
    connection = action.connection
    require_wave(connection, wave)
    row = {
        "case_id": find_case(connection, case)["case_id"],
        "relation": relation,
        "other_id": find_case(connection, other)["case_id"],
        "wave": wave,
    }
    same = [relations.c[name].is_not_distinct_from(value) for name, value in row.items()]
    known = connection.execute(select(relations.c.relation_id).where(*same, present(relations))).scalar()
    if known is not None:
        return known
    relation_id = action.new_id()
    action.insert(relations, [{"relation_id": relation_id, **row}])
    return relation_id


def _write_attributes(action: Action, case_id: str, values: Mapping[str, Any], *, wave: str | None) -> None:
    require_wave(action.connection, wave)
    for name in values:
        if name in ("case_id", "case"):
            raise DataError(f"An attribute cannot be named {name!r}: that is the case itself. Choose another name.")
    known = _attribute_rows(action.connection, case_id)
    for name, value in values.items():
        attribute_id = known.get((name, wave))
        if attribute_id is not None:
            action.update(attributes, attribute_id, value=to_text(value))
        elif to_text(value) is not None:
            row = {"attribute_id": action.new_id(), "case_id": case_id, "name": name, "wave": wave}
            action.insert(attributes, [{**row, "value": to_text(value)}])


def _attribute_rows(connection: Connection, case_id: str) -> dict[tuple[str, str | None], str]:
    columns = (attributes.c.name, attributes.c.wave, attributes.c.attribute_id)
    rows = connection.execute(select(*columns).where(attributes.c.case_id == case_id, present(attributes)))
    return {(row.name, row.wave): row.attribute_id for row in rows}


def _wide_attributes(connection: Connection) -> pd.DataFrame:
    columns = (attributes.c.case_id, attributes.c.name, attributes.c.wave, attributes.c.value)
    statement = select(*columns).where(present(attributes)).order_by(attributes.c.attribute_id)
    wide: dict[str, dict[str, str | None]] = {}
    for row in connection.execute(statement):
        wide.setdefault(row.name if row.wave is None else f"{row.name}_{row.wave}", {})[row.case_id] = row.value
    return pd.DataFrame(wide, dtype=TEXT if wide else None)
