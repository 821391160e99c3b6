"""The people of a study: cases with attributes, relations, and who speaks under which label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import func, select

from qualkit.errors import DataError, ProjectError
from qualkit.headings import attribute_heading, find_value
from qualkit.model import LANGUAGES
from qualkit.project.attribute_types import read_types
from qualkit.project.attributes import (
    attribute_columns,
    place_attributes,
    read_attributes,
    set_type,
    write_attributes,
)
from qualkit.project.frames import to_frame
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import find_case, find_case_id, find_source, present
from qualkit.project.people import import_people
from qualkit.project.references import require_unused
from qualkit.project.relations import add_relation, import_relation_table
from qualkit.project.schema import attributes, cases, relations, speakers
from qualkit.project.section import Section
from qualkit.project.values import to_text
from qualkit.project.withdrawn import withdrawn_cases, without_withdrawn
from qualkit.spreadsheets import write_table

_FIELDS = ("role", "site", "group")
_COLUMNS = ("case", *_FIELDS, "about")


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
            own = read_attributes(action.connection, case_id)
            action.remove(attributes, [attribute_id for attribute_id, _ in own.values()])
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

    def table(self, *, include_withdrawn: bool = False) -> pd.DataFrame:
        """One row per case; attributes as columns of their type, those of a wave as ``name_wave``.

        An attribute of the type ``integer`` is a column of ``Int64``, ``number`` of ``float64``, ``yes_no`` of
        ``boolean``; ``category``, ``date`` (ISO 8601) and ``text`` are text, as are attributes without a type.
        The order of the levels is in ``attribute_types()``.
        """
        about = cases.alias()
        statement = (
            select(cases.c.case_id, cases.c.case, cases.c.role, cases.c.site, cases.c.group, about.c.case)
            .outerjoin_from(cases, about, cases.c.about_id == about.c.case_id)
            .where(present(cases))
            .order_by(cases.c.position)
        )
        columns = dict.fromkeys(("case_id", *_COLUMNS), "text")
        with self._database.read() as connection:
            table = to_frame(connection.execute(statement), columns)
            if not include_withdrawn:
                table = without_withdrawn(connection, table)
            wide = attribute_columns(connection, table["case_id"])
        return pd.concat([table, wide], axis=1)

    def withdrawn(self) -> list[str]:
        """The cases that appear in no output: see ``project.consents``."""
        with self._database.read() as connection:
            return withdrawn_cases(connection)

    def attribute_types(self) -> pd.DataFrame:
        """One row per attribute with a type: its levels in order, its labels, and whether the type was inferred."""
        columns = {"attribute": "text", "type": "text", "levels": "any", "label_zh": "text", "label_en": "text"}
        with self._database.read() as connection:
            rows = [
                (name, row["type"], tuple(row["levels"]), *(row["label"].get(one) for one in LANGUAGES), row["note"])
                for name, row in read_types(connection).items()
            ]
        return to_frame(rows, {**columns, "note": "text"})

    def set_attribute_type(
        self,
        name: str,
        type: str,  # noqa: A002
        *,
        levels: Sequence[str] | None = None,
        label: Mapping[str, str] | None = None,
        op_id: str | None = None,
    ) -> None:
        """Say of which type an attribute is; refused, with the cases, when a value does not fit.

        ``levels`` are those of a ``category`` in their order; without them they are taken from the values.
        ``label`` names the attribute in Chinese and English.
        """

        def work(action: Action) -> None:
            action.summary = f"{name}: {type}"
            set_type(action, name, type, levels=levels, label=label)

        self._journal.run("cases.set_attribute_type", work, op_id=op_id)

    def import_table(self, path: str | Path, *, op_id: str | None = None) -> str:
        """Add the cases of a ``.csv`` or ``.xlsx`` file, or bring known ones up to date; what came in.

        The columns are those of ``qk.readers.read_people``.
        """

        def work(action: Action) -> str:
            action.summary = Path(path).name
            return import_people(action, Path(path))

        return self._journal.run("cases.import_table", work, op_id=op_id)

    def import_relations(self, path: str | Path, *, op_id: str | None = None) -> str:
        """Add the relations of a ``.csv`` or ``.xlsx`` file: 编号, 关系, 对方, perhaps 时点; what came in."""

        def work(action: Action) -> str:
            action.summary = Path(path).name
            return import_relation_table(action, Path(path))

        return self._journal.run("cases.import_relations", work, op_id=op_id)

    def export(self, path: str | Path, *, language: str = "zh", include_withdrawn: bool = False) -> Path:
        """Write the cases to a ``.csv`` or ``.xlsx`` file that ``import_table`` reads back."""
        table = self.table(include_withdrawn=include_withdrawn).drop(columns="case_id")
        with self._database.read() as connection:
            labels = {name: row["label"].get(language) for name, row in read_types(connection).items()}
        own = [name for name in table.columns if name not in _COLUMNS]
        headings = {name: labels.get(name) or attribute_heading(name, language) for name in own}
        return write_table(table, path, language=language, headings=headings, words=["role"])

    def export_relations(self, path: str | Path, *, language: str = "zh", include_withdrawn: bool = False) -> Path:
        """Write the relations to a ``.csv`` or ``.xlsx`` file that ``import_relations`` reads back."""
        return write_table(self.relations(include_withdrawn=include_withdrawn), path, language=language)

    def relations(self, *, include_withdrawn: bool = False) -> pd.DataFrame:
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
        return self._outward(statement, dict.fromkeys(("case", "relation", "other", "wave"), "text"), include_withdrawn)


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
    row |= {name: _field(name, values.get(name)) for name in _FIELDS}
    row["about_id"] = find_case_id(action.connection, about)
    action.insert(cases, [row])
    if attributes:
        placed = place_attributes(action.connection, row["case_id"], attributes, wave=None)
        write_attributes(action, placed, case_id=row["case_id"])
    return row["case_id"]


def update_case(action: Action, case_id: str, values: Mapping[str, Any], *, wave: str | None = None) -> None:
    """Change what is said of a case; names that are no fields are attributes."""
    own = {name: _field(name, value) for name, value in values.items() if name in _FIELDS}
    if "about" in values:
        own["about_id"] = find_case_id(action.connection, to_text(values["about"]))
    if own:
        action.update(cases, case_id, **own)
    others = {name: value for name, value in values.items() if name not in (*_FIELDS, "about")}
    write_attributes(action, place_attributes(action.connection, case_id, others, wave=wave), case_id=case_id)


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


def _field(name: str, value: Any) -> str | None:
    # 组员 and member are one role.
    text = to_text(value)
    return (find_value("role", text) or text) if name == "role" and text else text
