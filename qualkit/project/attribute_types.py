"""What kind of value an attribute of the cases has: inferred by a stated rule, or set by the author."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.checks import require_choice
from qualkit.errors import DataError
from qualkit.project.frames import TEXT
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import present
from qualkit.project.schema import attribute_types
from qualkit.project.values import to_iso_date, to_number

TYPES = ("text", "category", "integer", "number", "date", "yes_no")

#: The note of a type that nobody has set.
INFERRED = "inferred"

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_PLAIN_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_DAY = re.compile(r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}\s*日?")
_YES = ("是", "有", "√", "✓", "✔", "yes", "y", "true")
_NO = ("否", "无", "没有", "×", "✗", "✘", "no", "n", "false")

_MOST_LEVELS, _LONGEST_LEVEL = 20, 20
_ENOUGH, _NEARLY_ALL = 5, 0.8
_NUMERALS = "零一二三四五六七八九十"
_NUMERAL = re.compile(f"[0-9]+|[{_NUMERALS}]+")

_DTYPES: dict[str, Any] = {"integer": "Int64", "number": "float64", "yes_no": "boolean"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeType:
    """The type of an attribute; ``odd`` are the values that keep it from being what nearly all others are."""

    type: str
    levels: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)


def infer_type(values: Iterable[str]) -> AttributeType:
    """The type that all values fit.

    In this order: ``yes_no`` (是 / 否, 有 / 无, √ / ×, yes / no), ``integer`` (also 0 and 1; not 007),
    ``number``, ``date``; ``category`` when there are at most twenty different values of at most twenty
    characters, each occurring twice or more on average; else ``text``. Levels stand in the order of the
    number in them (四年级, 五年级) where they differ by nothing else, otherwise as they first occur.

    >>> infer_type(["11", "9"]).type, infer_type(["007"]).type, infer_type(["2031/4/5"]).type
    ('integer', 'text', 'date')
    >>> infer_type(["六年级", "四年级", "六年级", "四年级"]).levels
    ['四年级', '六年级']
    >>> infer_type(["11", "12", "10", "9", "十一岁"]).odd
    ['十一岁']
    """
    given = list(values)
    if not given:
        return AttributeType(type="text")
    odd: list[str] = []
    for name, fits in _INFERRED_BY.items():
        others = [value for value in given if not fits(value)]
        if not others:
            return AttributeType(type=name)
        if len(given) >= _ENOUGH and len(given) - len(others) >= _NEARLY_ALL * len(given):
            odd = odd or list(dict.fromkeys(others))
    levels = list(dict.fromkeys(given))
    is_short = all(len(level) <= _LONGEST_LEVEL for level in levels)
    if not odd and is_short and len(levels) <= _MOST_LEVELS and 2 * len(levels) <= len(given):
        return AttributeType(type="category", levels=order_levels(levels))
    return AttributeType(type="text", odd=odd)


def order_levels(levels: Sequence[str]) -> list[str]:
    """Levels by the number in them, when that is all they differ by.

    >>> order_levels(["十二岁", "九岁"]), order_levels(["女", "男"])
    (['九岁', '十二岁'], ['女', '男'])
    """
    numbers = [_NUMERAL.findall(level) for level in levels]
    shapes = {_NUMERAL.sub("#", level) for level in levels}
    if len(shapes) != 1 or any(len(found) != 1 for found in numbers):
        return list(levels)
    return sorted(levels, key=lambda level: _numeral(_NUMERAL.findall(level)[0]))


def to_value(text: str, kind: str, *, levels: Sequence[str] = ()) -> Any:
    """The value that ``text`` stands for in this type; ``DataError`` when it does not fit.

    >>> to_value("１１", "integer"), to_value("否", "yes_no"), to_value("2031年4月5日", "date")
    (11, False, '2031-04-05')
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if kind == "integer":
        if not _INTEGER.fullmatch(plain):
            raise DataError(f"{text!r} is not a whole number.")
        return int(plain)
    if kind == "number":
        return to_number(plain, name="value")
    if kind == "date":
        return to_iso_date(plain)
    if kind == "yes_no":
        if plain.lower() not in (*_YES, *_NO, "1", "0"):
            raise DataError(f"{text!r} is neither yes nor no. Write 是 or 否.")
        return plain.lower() in (*_YES, "1")
    if kind == "category" and levels and text not in levels:
        raise DataError(f"{text!r} is not one of {', '.join(levels)}.")
    return text


def typed_column(values: Sequence[str | None], kind: str) -> pd.Series:
    """A column of one type; text where a value does not fit, so that none is lost."""
    try:
        known = {value: to_value(value, kind) for value in dict.fromkeys(values) if value is not None}
    except DataError:
        return pd.Series(values, dtype=TEXT)
    missing = float("nan") if kind == "number" else None
    typed = [missing if value is None else known[value] for value in values]
    return pd.Series(typed, dtype=_DTYPES.get(kind, TEXT))


def read_types(connection: Connection) -> dict[str, Row]:
    """The types by the name of the attribute."""
    rows = connection.execute(select(attribute_types).where(present(attribute_types))).mappings()
    return {row["name"]: dict(row) for row in rows}


def require_fitting(types: dict[str, Row], name: str, value: str | None) -> None:
    """Raise ``DataError`` when a value does not fit the type its attribute was given."""
    known = types.get(name)
    if known is None or value is None or known["note"] == INFERRED:
        return
    try:
        to_value(value, known["type"], levels=known["levels"])
    except DataError as error:
        raise DataError(
            f"{name}: {error} It is of the type {known['type']}; correct the value, or change the type with "
            "project.cases.set_attribute_type."
        ) from error


def write_type(
    action: Action,
    name: str,
    kind: str,
    *,
    levels: Sequence[str] = (),
    label: dict[str, str] | None = None,
    note: str | None = None,
) -> None:
    """Store the type of an attribute; a label that is not given stays."""
    require_choice("type", kind, TYPES)
    known = read_types(action.connection).get(name)
    values: Row = {"type": kind, "levels": [str(one) for one in levels], "note": note}
    if label is not None:
        values["label"] = {str(key): str(one) for key, one in label.items()}
    if known is None:
        row = {"attribute_type_id": action.new_id(), "name": name, "label": {}, **values}
        action.insert(attribute_types, [row])
    else:
        action.update(attribute_types, known["attribute_type_id"], **values)


def _is_number(value: str) -> bool:
    return bool(_PLAIN_NUMBER.fullmatch(value))


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value)) and to_iso_date(value) is not None
    except DataError:
        return False


_INFERRED_BY = {
    "yes_no": lambda value: value.lower() in (*_YES, *_NO),
    "integer": lambda value: bool(_PLAIN_INTEGER.fullmatch(value)),
    "number": _is_number,
    "date": _is_day,
}


def _numeral(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    units = _NUMERALS.index(ones[-1]) if ones else 0
    return (10 * (_NUMERALS.index(tens[-1]) if tens else 1) if ten else 0) + units
