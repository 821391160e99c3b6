"""The attributes of cases, of the case itself or as they are at a wave: written many at once, read as columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.checks import require_choice
from qualkit.errors import DataError
from qualkit.project.attribute_types import (
    TYPES,
    order_levels,
    read_types,
    require_fitting,
    to_value,
    typed_column,
    write_type,
)
from qualkit.project.journal import Action
from qualkit.project.lookups import present
from qualkit.project.schema import attributes, cases
from qualkit.project.settings import read_settings, require_wave
from qualkit.project.values import to_text

#: Case, attribute and wave.
Place = tuple[str, str, str | None]

_SOME_SHOWN = 5
_TAKEN = ("case_id", "case", "role", "site", "group", "about", "wave")


def place_attributes(
    connection: Connection, case_id: str, values: Mapping[str, Any], *, wave: str | None
) -> dict[Place, str | None]:
    """The places of named values: ``grade_post`` is ``grade`` at the wave ``post``; types are kept to."""
    require_wave(connection, wave)
    waves: Sequence[str] = read_settings(connection)["waves"]
    types = read_types(connection)
    known = set(connection.execute(select(attributes.c.name).where(present(attributes)).distinct()).scalars())
    placed: dict[Place, str | None] = {}
    for given, value in values.items():
        name, own = split_wave(given, waves, known=known | set(types))
        require_name(name)
        if own is not None and wave is not None:
            raise DataError(
                f"{given!r} names the wave {own!r} itself. Leave out wave={wave!r}, or the end of the name."
            )
        text = to_text(value)
        require_fitting(types, name, text)
        placed[case_id, name, own or wave] = text
    return placed


def split_wave(name: str, waves: Sequence[str], *, known: Collection[str]) -> tuple[str, str | None]:
    """An attribute and its wave from the name of a column of ``project.cases.table()``.

    The name of a ``known`` attribute is its name, whatever it ends in.

    >>> split_wave("grade_post", ["pre", "post"], known=[]), split_wave("grade", ["pre", "post"], known=[])
    (('grade', 'post'), ('grade', None))
    >>> split_wave("grade_post", ["pre", "post"], known=["grade_post"])
    ('grade_post', None)
    """
    for wave in waves:
        if name not in known and name.endswith((f"_{wave}", f"@{wave}")) and len(name) > len(wave) + 1:
            return name[: -len(wave) - 1], wave
    return name, None


def require_name(name: str) -> None:
    """Raise ``DataError`` when an attribute cannot be called so."""
    if name in _TAKEN or not name.strip():
        raise DataError(f"An attribute cannot be named {name!r}: that is a column of its own. Choose another name.")


def write_attributes(action: Action, values: Mapping[Place, str | None], *, case_id: str | None = None) -> None:
    """Store the values; ``None`` takes a value away. Of one case alone fewer rows are read."""
    known = read_attributes(action.connection, case_id)
    changed = {}
    new = []
    for (case, name, wave), value in values.items():
        if (case, name, wave) in known:
            attribute_id, before = known[case, name, wave]
            if value != before:
                changed[attribute_id] = {"value": value}
        elif value is not None:
            row = {"attribute_id": action.new_id(), "case_id": case, "name": name, "wave": wave}
            new.append({**row, "value": value})
    action.update_many(attributes, changed)
    action.insert(attributes, new)


def set_type(
    action: Action,
    name: str,
    kind: str,
    *,
    levels: Sequence[str] | None,
    label: Mapping[str, str] | None,
) -> None:
    """Store the type that the author gives an attribute; all values the project has of it must fit."""
    require_choice("type", kind, TYPES)
    require_name(name)
    names = dict(action.connection.execute(select(cases.c.case_id, cases.c.case)).all())
    known = {place: value for place, (_, value) in read_attributes(action.connection).items() if place[1] == name}
    values = {place: value for place, value in known.items() if value is not None}
    if kind == "category" and levels is None:
        levels = order_levels(list(dict.fromkeys(values.values())))
    unfit = []
    for (case_id, _, wave), value in values.items():
        try:
            to_value(value, kind, levels=levels or ())
        except DataError:
            unfit.append(f"{names[case_id]}{'' if wave is None else f' at {wave}'} {value!r}")
    if unfit:
        more = f" and {len(unfit) - _SOME_SHOWN} more" if len(unfit) > _SOME_SHOWN else ""
        raise DataError(
            f"{name} is not of the type {kind} for {', '.join(unfit[:_SOME_SHOWN])}{more}. Correct these values first."
        )
    write_type(action, name, kind, levels=levels or (), label=None if label is None else dict(label))


def read_attributes(connection: Connection, case_id: str | None = None) -> dict[Place, tuple[str, str | None]]:
    """Id and value of the attributes of one case or of all."""
    columns = (attributes.c[name] for name in ("case_id", "name", "wave", "attribute_id", "value"))
    statement = select(*columns).where(present(attributes)).order_by(attributes.c.attribute_id)
    if case_id is not None:
        statement = statement.where(attributes.c.case_id == case_id)
    return {(row[0], row[1], row[2]): (row[3], row[4]) for row in connection.execute(statement)}


def attribute_columns(connection: Connection, case_ids: Iterable[str]) -> pd.DataFrame:
    """One row per case in this order, one typed column per attribute, those of a wave as ``name_wave``."""
    places = {case_id: place for place, case_id in enumerate(case_ids)}
    types = read_types(connection)
    columns: dict[tuple[str, str | None], list[str | None]] = {}
    for (case_id, name, wave), (_, value) in read_attributes(connection).items():
        if case_id in places:
            column = columns.setdefault((name, wave), [None] * len(places))
            column[places[case_id]] = value
    typed = {
        name if wave is None else f"{name}_{wave}": typed_column(
            values, types[name]["type"] if name in types else "text"
        )
        for (name, wave), values in columns.items()
    }
    return pd.DataFrame(typed, index=range(len(places)))
