"""Bring the persons of a table into a project: all cases and attributes in a few statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from qualkit.errors import ReadError
from qualkit.project.attribute_types import INFERRED, AttributeType, infer_type, read_types, require_fitting, write_type
from qualkit.project.attributes import Place, read_attributes, require_name, write_attributes
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import find_case, present
from qualkit.project.schema import cases
from qualkit.project.settings import read_settings
from qualkit.project.values import to_text
from qualkit.readers.people import People, Person, read_people
from qualkit.readers.problems import Problems
from qualkit.remarks import Remark, join_remarks

_SOME_SHOWN = 3
_FEW_LEVELS = 8
_TYPES = {"text": "文字", "category": "类别", "integer": "整数", "number": "数", "date": "日期", "yes_no": "是否"}


def import_people(action: Action, path: Path, *, sites: Mapping[str, Any] | None = None) -> str:
    """Add the cases of a table, or bring known ones up to date; what came in, and what was odd.

    Attributes without a type get the one that ``infer_type`` finds; where the author has set a type, a
    value that does not fit it refuses the file.
    """
    connection = action.connection
    settings = read_settings(connection)
    types = read_types(connection)
    known = {name for _, name, _ in read_attributes(connection)} | set(types)
    by_label = {label: name for name, row in types.items() for label in row["label"].values()}
    people = read_people(path, waves=settings["waves"], known=known)
    people = _with_names(people, by_label)
    problems = Problems(path)
    _check(connection, people, types, settings["sites"] if sites is None else sites, problems)
    problems.refuse()
    case_ids = _write_cases(action, people.persons)
    values: dict[Place, str | None] = {
        (case_ids[person.case], name, wave): to_text(value)
        for person in people.persons
        for (name, wave), value in person.attributes.items()
    }
    write_attributes(action, values)
    typed = _write_types(action, people, types)
    return join_remarks(
        [Remark(f"{len(people.persons)} cases", f"{len(people.persons)} 个个案"), *typed, *people.notes]
    )


def _with_names(people: People, by_label: Mapping[str, str]) -> People:
    # A column headed by the label that the author gave an attribute is that attribute.
    if not by_label.keys() & {name for name, _ in people.attributes}:
        return people
    persons = [
        Person(
            case=one.case,
            numbers=one.numbers,
            fields=one.fields,
            attributes={(by_label.get(name, name), wave): value for (name, wave), value in one.attributes.items()},
        )
        for one in people.persons
    ]
    attributes = [(by_label.get(name, name), wave) for name, wave in people.attributes]
    return People(persons=persons, attributes=attributes, notes=people.notes)


def _check(
    connection: Connection, people: People, types: dict[str, Row], sites: Mapping[str, Any], problems: Problems
) -> None:
    for name in dict.fromkeys(name for name, _ in people.attributes):
        with problems.at():
            require_name(name)
    set_by_author = {name for name, row in types.items() if row["note"] != INFERRED}
    known = {person.case for person in people.persons} | set(_case_ids(connection))
    for person in people.persons:
        site, about = person.fields.get("site"), person.fields.get("about")
        if sites and site and site not in sites:
            problems.add(person.numbers[0], f"site {site!r} is not in study.yaml. Correct it, or add it there.")
        if about and about not in known:
            with problems.at(person.numbers[0]):
                find_case(connection, about)
        for (name, _), value in person.attributes.items():
            if name in set_by_author:
                with problems.at(person.numbers[0]):
                    require_fitting(types, name, to_text(value))


def _case_ids(connection: Connection) -> dict[str, str]:
    return dict(connection.execute(select(cases.c.case, cases.c.case_id).where(present(cases))).all())


def _write_cases(action: Action, persons: Sequence[Person]) -> dict[str, str]:
    case_ids = _case_ids(action.connection)
    position = action.connection.execute(select(func.count()).select_from(cases)).scalar_one()
    new: list[Row] = [
        {"case_id": action.new_id(), "case": person.case, "position": position + place}
        for place, person in enumerate(one for one in persons if one.case not in case_ids)
    ]
    added = {row["case"]: row for row in new}
    case_ids |= {case: row["case_id"] for case, row in added.items()}
    changed = {}
    for person in persons:
        fields: Row = {name: to_text(value) for name, value in person.fields.items() if name != "about"}
        # An informant may stand above the child that is spoken about, so that this waits for all of them.
        about = {"about_id": case_ids.get(person.fields["about"])} if "about" in person.fields else {}
        if person.case in added:
            added[person.case] |= fields
            fields = {name: value for name, value in about.items() if value is not None}
        else:
            fields |= about
        if fields:
            changed[case_ids[person.case]] = fields
    action.insert(cases, new)
    action.update_many(cases, changed)
    return case_ids


def _write_types(action: Action, people: People, types: dict[str, Row]) -> list[str]:
    # What each attribute was taken for, by all values the project has of it now.
    names = list(dict.fromkeys(name for name, _ in people.attributes))
    values: dict[str, list[str]] = {name: [] for name in names}
    for (_, name, _), (_, value) in read_attributes(action.connection).items():
        if name in values and value is not None:
            values[name].append(value)
    said: list[Remark] = []
    for name in names:
        row = types.get(name)
        if row is not None and row["note"] != INFERRED:
            said.append(Remark(f"{name} {row['type']}", f"{name} {_TYPES[row['type']]}"))
            continue
        if not values[name]:
            continue
        found = infer_type(values[name])
        write_type(action, name, found.type, levels=found.levels, note=INFERRED)
        why = _explain(found, name, people)
        said.append(Remark(f"{name} {found.type}{why}", f"{name} {_TYPES[found.type]}{why.zh}"))
    if not said:
        return []
    return [Remark(f"attributes: {', '.join(said)}", f"属性：{'、'.join(one.zh for one in said)}")]


def _explain(found: AttributeType, name: str, people: People) -> Remark:
    if found.levels and len(found.levels) <= _FEW_LEVELS:
        return Remark(f" ({', '.join(found.levels)})", f"（{'、'.join(found.levels)}）")
    if found.levels:
        return Remark(f" of {len(found.levels)} levels", f"（{len(found.levels)} 类）")
    if not found.odd:
        return Remark("", "")
    places = [
        (person.numbers[0], value)
        for person in people.persons
        for (one, _), value in person.attributes.items()
        if one == name and value in found.odd
    ]
    if not places:
        return Remark("", "")
    shown, rest = places[:_SOME_SHOWN], len(places) - _SOME_SHOWN
    en = ", ".join(f"row {row} {value!r}" for row, value in shown) + (f" and {rest} more" if rest > 0 else "")
    zh = "、".join(f"第 {row} 行“{value}”" for row, value in shown) + (f"等 {len(places)} 处" if rest > 0 else "")
    return Remark(f" because of {en}", f"（因为{zh}）")


def require_file(path: str | Path) -> Path:
    """The path of a table somebody named."""
    if not isinstance(path, (str, Path)):
        raise ReadError(f"{path!r} is no file. Give the path of a .csv or .xlsx file.")
    return Path(path)
