"""Read the participants of a study: one row per person, or one per person and wave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qualkit.errors import ReadError
from qualkit.headings import COMMON_ATTRIBUTES, find_columns, find_value, plain
from qualkit.readers.identifying import is_identifying
from qualkit.readers.named_table import NamedRow, NamedTable, read_named
from qualkit.readers.problems import Problems
from qualkit.readers.waves import find_wave, split_header
from qualkit.remarks import Remark

FIELDS = ("role", "site", "group", "about")

_RUNNING_NUMBER = ("序号", "no", "no.", "number", "#")

#: An attribute and the wave it is of, if any.
Attribute = tuple[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What a table says of one person; ``numbers`` are the rows in the file."""

    case: str
    numbers: list[int]
    fields: dict[str, str] = field(default_factory=dict)
    attributes: dict[Attribute, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The persons of a table in its order, and what was odd about it."""

    persons: list[Person]
    attributes: list[Attribute]
    notes: list[str]


def read_people(path: str | Path, *, waves: Sequence[str] = (), known: Iterable[str] = ()) -> People:
    """Read participants from a ``.csv`` or ``.xlsx`` file.

    Parameters
    ----------
    path : str or Path
        Columns: 编号 (``case``), perhaps 角色 (``role``), 地点 or 社区 (``site``), 组别 (``group``), 关于 (``about``);
        any other column is an attribute. 性别, 年龄, 年级, 监护人 and 监护类型 become ``sex``, ``age``, ``grade``,
        ``guardian`` and ``guardianship``. Of a wave are ``年级_pre``, ``年级@post``, 前测年级, 年级（后测）, and the
        rows of a table with a column 时点 (``wave``): there an attribute that never differs between the rows of
        a person is one of the person, any other one of the wave.
    waves : list of str
        The waves of the study.
    known : list of str
        Names of attributes that a column keeps whatever it looks like.

    Raises
    ------
    ReadError
        All rows without a code, with another content than an earlier row of the same person, or with an
        unknown wave.

    Notes
    -----
    Names, telephones and addresses are left out and named in ``notes``: people are codes here.
    """
    path = Path(path)
    table = _read(path)
    names, notes = _name_attributes(table, waves, set(known))
    problems = Problems(path)
    if "wave" in table.headers and any(wave for _, wave in names.values()):
        odd = next(header for header, (_, wave) in names.items() if wave)
        problems.add(
            None, f"the column {odd!r} names a wave although {table.headers['wave']!r} does. Keep one of them."
        )
    persons = _collect(table, names, waves, problems, notes)
    problems.refuse()
    if "wave" in table.headers:
        persons, own = _lift_constants(persons)
        notes += [Remark(f"the same at every wave: {', '.join(own)}", f"各时点相同：{'、'.join(own)}")] if own else []
    attributes = dict.fromkeys(one for person in persons for one in person.attributes)
    notes += _alike([person.case for person in persons])
    return People(persons=persons, attributes=list(attributes), notes=notes)


def _read(path: Path) -> NamedTable:
    try:
        return read_named(path, ["case", *FIELDS, "wave"], required=["case"])
    except ReadError as error:
        if "no column case" in str(error):
            raise ReadError(
                f"{error} Every person needs a code such as A1; names are not stored in a project."
            ) from error
        raise


def _name_attributes(
    table: NamedTable, waves: Sequence[str], known: set[str]
) -> tuple[dict[str, Attribute], list[str]]:
    # Header → attribute and wave, without what would identify somebody.
    names: dict[str, Attribute] = {}
    dropped = []
    for header in table.others:
        if header in known:
            names[header] = (header, None)
            continue
        if plain(header) in _RUNNING_NUMBER:
            continue
        name, wave = split_header(header, waves)
        if is_identifying(name):
            dropped.append(header)
            continue
        common = list(find_columns([name], COMMON_ATTRIBUTES))
        attribute = (name if name in known or not common else common[0], wave)
        if attribute in names.values():
            first = next(one for one, other in names.items() if other == attribute)
            raise ReadError(f"{table.name}: the columns {first!r} and {header!r} say the same. Keep one of them.")
        names[header] = attribute
    left = ", ".join(dropped)
    notes: list[str] = []
    if dropped:
        notes.append(
            Remark(f"left out, because people are codes here: {left}", f"未读入（这里只用编号，不存个人信息）：{left}")
        )
    return names, notes


def _collect(
    table: NamedTable, names: Mapping[str, Attribute], waves: Sequence[str], problems: Problems, notes: list[str]
) -> list[Person]:
    persons: dict[str, Person] = {}
    first: dict[tuple[str, str | None], NamedRow] = {}
    for row in table.rows:
        with problems.at(row.number):
            case = row.values["case"]
            if not case:
                raise ReadError("the case is blank. Give every person a code, such as A1.")
            wave = _wave_of(row, waves)
            before = first.setdefault((case, wave), row)
            if before is not row:
                _require_same(before, row)
                notes.append(
                    Remark(
                        f"row {row.number} repeats row {before.number} ({case})",
                        f"第 {row.number} 行与第 {before.number} 行重复（{case}）",
                    )
                )
                continue
            person = persons.setdefault(case, Person(case=case, numbers=[]))
            person.numbers.append(row.number)
            _add_fields(person, row)
            for header, (name, own) in names.items():
                person.attributes[name, wave or own] = row.others[header]
    return list(persons.values())


def _wave_of(row: NamedRow, waves: Sequence[str]) -> str | None:
    text = row.values.get("wave", "")
    if not text:
        return None
    wave = find_wave(text, waves)
    if wave is None:
        raise ReadError(f"{text!r} is not a wave of this study. Write one of {', '.join(waves)}.")
    return wave


def _require_same(before: NamedRow, row: NamedRow) -> None:
    differing = [
        f"{name} {given[name]!r} and {now[name]!r}"
        for given, now in ((before.values, row.values), (before.others, row.others))
        for name in given
        if given[name] != now[name]
    ]
    if differing:
        case = row.values["case"]
        raise ReadError(
            f"case {case!r} stands in row {before.number} already, with other values: {'; '.join(differing)}. "
            "Keep one of the rows, or say in a column 时点 (wave) of which wave each is."
        )


def _add_fields(person: Person, row: NamedRow) -> None:
    for name in FIELDS:
        if name not in row.values:
            continue
        text = row.values[name]
        value = (find_value("role", text) or text) if name == "role" else text
        before = person.fields.get(name, "")
        if before and value and value != before:
            raise ReadError(f"{name} of {person.case} is {before!r} in row {person.numbers[0]} and {value!r} here.")
        person.fields[name] = before or value


def _lift_constants(persons: list[Person]) -> tuple[list[Person], list[str]]:
    # What never differs within a person, and was said of somebody twice, does not depend on the wave.
    said: dict[str, bool] = {}
    for person in persons:
        values: dict[str, list[str]] = {}
        for (name, _), value in person.attributes.items():
            values.setdefault(name, []).extend([value] if value else [])
        for name, given in values.items():
            differs = len(set(given)) > 1
            said[name] = not differs and said.get(name, True)
    twice = {
        name
        for person in persons
        for name in said
        if sum(bool(value) for (one, _), value in person.attributes.items() if one == name) > 1
    }
    own = [name for name, is_constant in said.items() if is_constant and name in twice]
    lifted = []
    for person in persons:
        attributes: dict[Attribute, str] = {}
        for (name, wave), value in person.attributes.items():
            place = (name, None if name in own else wave)
            attributes[place] = attributes.get(place) or value
        lifted.append(Person(case=person.case, numbers=person.numbers, fields=person.fields, attributes=attributes))
    return lifted, own


def _alike(cases: Sequence[str]) -> list[str]:
    seen: dict[str, str] = {}
    notes: list[str] = []
    for case in cases:
        other = seen.setdefault(plain(case), case)
        if other != case:
            notes.append(Remark(f"{other} and {case} are taken for two people", f"{other} 与 {case} 按两个人处理"))
    return notes
