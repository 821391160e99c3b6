"""The content of a scale file as the fields of a Scale, with every problem and its place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from qualkit.scales.definition import Norm, scale_problems
from qualkit.scales.key import Problem, item_name

SCHEMA = "qualkit.scale/1"

_KEYS = (
    "schema",
    "id",
    "title",
    "range",
    "items",
    "subscales",
    "reverse",
    "method",
    "missing",
    "direction",
    "norms",
    "citation",
    "permission",
)
_SUBSCALE_KEYS = ("label", "items")
_MISSING_KEYS = ("max_missing", "rule")
_NORM_KEYS = ("mean", "sd", "reliability", "source")
_MOST_ITEMS = 1_000


def parse_scale(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of a scale and what is wrong with them; the key is checked once its parts can be read.

    >>> fields, problems = parse_scale({"schema": "qualkit.scale/1", "id": "mood", "range": [1, 5], "items": 2,
    ...     "subscales": {"joy": [1, 2], "calm": [2]}})
    >>> [one.problem for one in problems]
    ["item 2 is in two subscales: 'joy' and 'calm'"]
    """
    problems = [*_top_problems(data)]
    low, high = _range(data.get("range"), problems)
    subscales, labels = _subscales(data.get("subscales", {}), problems)
    max_missing, rule = _missing(data.get("missing", {}), problems)
    fields = {
        "id": str(data.get("id", "")),
        "low": low,
        "high": high,
        "items": _items(data.get("items"), problems),
        "subscales": subscales,
        "labels": labels,
        "reverse": _item_list(data.get("reverse", []), ("reverse",), problems),
        "method": data.get("method", "sum"),
        "max_missing": max_missing,
        "missing_rule": rule,
        "direction": data.get("direction"),
        "norms": _norms(data.get("norms", {}), problems),
        "title": _text_by_language(data.get("title", {}), ("title",), problems),
        "citation": str(data.get("citation", "")).strip(),
        "permission": str(data.get("permission", "")).strip(),
    }
    return fields, problems or scale_problems(fields)


def _top_problems(data: Mapping[str, Any]) -> list[Problem]:
    problems = []
    if data.get("schema") != SCHEMA:
        problems.append(Problem(("schema",), f"schema is {data.get('schema')!r}", f"Write 'schema: {SCHEMA}'."))
    if not _is_text(data.get("id")) or not str(data["id"]).strip():
        problems.append(Problem(("id",), "the scale has no id", "Give a short one, such as 'id: social-behaviour'."))
    problems += [
        Problem((key,), f"{key} is {data[key]!r}", "Write one text after the colon.")
        for key in ("citation", "permission")
        if not _is_text(data.get(key, ""))
    ]
    problems += _unknown_keys(data, _KEYS, (), "a scale")
    return problems


def _unknown_keys(
    value: Mapping[str, Any], accepted: Sequence[str], place: tuple[str, ...], what: str
) -> list[Problem]:
    remedy = f"Use: {', '.join(accepted)}."
    return [
        Problem((*place, key), f"{key!r} is not a part of {what}", remedy)
        for key in map(str, value)
        if key not in accepted
    ]


def _range(value: object, problems: list[Problem]) -> tuple[float, float]:
    if _is_list(value) and len(value) == 2 and all(_is_number(one) for one in value):
        return float(value[0]), float(value[1])
    problems.append(
        Problem(("range",), f"the range is {value!r}", "Give the lowest and highest answer: 'range: [1, 5]'.")
    )
    return 0.0, 1.0


def _items(value: object, problems: list[Problem]) -> tuple[str, ...]:
    if isinstance(value, int) and not isinstance(value, bool):
        if value > _MOST_ITEMS:
            problems.append(_too_many(value, ("items",)))
            return ()
        return tuple(str(number) for number in range(1, value + 1))
    if _is_list(value):
        return _item_list(value, ("items",), problems)
    problems.append(Problem(("items",), f"items is {value!r}", "Give their number, 'items: 18', or list them."))
    return ()


def _item_list(value: object, place: tuple[str, ...], problems: list[Problem]) -> tuple[str, ...]:
    if _is_list(value) and len(value) > _MOST_ITEMS:
        problems.append(_too_many(len(value), place))
        return ()
    if _is_list(value) and all(isinstance(one, str | int) and not isinstance(one, bool) for one in value):
        return tuple(item_name(one) for one in value)
    problems.append(Problem(place, f"{'.'.join(place)} is {value!r}", "List item numbers: '[1, 2, 3]'."))
    return ()


def _too_many(number: int, place: tuple[str, ...]) -> Problem:
    return Problem(place, f"{number:,} items", f"Scales have up to {_MOST_ITEMS:,}; correct the number.")


def _subscales(value: object, problems: list[Problem]) -> tuple[dict[str, tuple[str, ...]], dict[str, dict[str, str]]]:
    subscales: dict[str, tuple[str, ...]] = {}
    labels: dict[str, dict[str, str]] = {}
    if not isinstance(value, Mapping):
        problems.append(Problem(("subscales",), f"subscales is {value!r}", "Give each a name and its items."))
        return subscales, labels
    for name, part in value.items():
        place = ("subscales", str(name))
        if isinstance(part, Mapping):
            subscales[str(name)] = _item_list(part.get("items"), (*place, "items"), problems)
            labels[str(name)] = _text_by_language(part.get("label", {}), (*place, "label"), problems)
            problems += _unknown_keys(part, _SUBSCALE_KEYS, place, "a subscale")
        else:
            subscales[str(name)] = _item_list(part, place, problems)
    return subscales, labels


def _missing(value: object, problems: list[Problem]) -> tuple[float, Any]:
    if isinstance(value, Mapping) and _is_number(value.get("max_missing", 0)):
        problems += _unknown_keys(value, _MISSING_KEYS, ("missing",), "missing")
        return float(value.get("max_missing", 0)), value.get("rule", "prorate")
    remedy = "Write 'missing: {max_missing: 1, rule: prorate}'."
    problems.append(Problem(("missing",), f"missing is {value!r}", remedy))
    return 0.0, "prorate"


def _norms(value: object, problems: list[Problem]) -> dict[str, Norm]:
    norms: dict[str, Norm] = {}
    if not isinstance(value, Mapping):
        problems.append(Problem(("norms",), f"norms is {value!r}", "Give sd, reliability and source by subscale."))
        return norms
    for name, given in value.items():
        place = ("norms", str(name))
        if not isinstance(given, Mapping):
            problems.append(Problem(place, f"the norm of {name!r} is {given!r}", "Give sd, reliability and source."))
            continue
        problems += _unknown_keys(given, _NORM_KEYS, place, "a norm")
        numbers = {key: given[key] for key in ("mean", "sd", "reliability") if given.get(key) is not None}
        problems += [
            Problem((*place, key), f"{key} of {name!r} is {number!r}", "Give a number.")
            for key, number in numbers.items()
            if not _is_number(number)
        ]
        source = str(given.get("source", "")).strip()
        if numbers and not source:
            problems.append(Problem(place, f"the norm of {name!r} has no source", "Say where the numbers stand."))
        norms[str(name)] = Norm(**{key: float(one) for key, one in numbers.items() if _is_number(one)}, source=source)
    return norms


def _text_by_language(value: object, place: tuple[str, ...], problems: list[Problem]) -> dict[str, str]:
    if not all(map(_is_text, value.values() if isinstance(value, Mapping) else [value])):
        remedy = "Write 'zh: …' and 'en: …' below it."
        problems.append(Problem(place, f"{'.'.join(place)} is {value!r}", remedy))
        return {}
    if isinstance(value, Mapping):
        return {str(language): str(text) for language, text in value.items()}
    return {"zh": str(value), "en": str(value)}


def _is_list(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_text(value: object) -> bool:
    # What is written without quotes may look like a number or like yes and no.
    return isinstance(value, str | int | float)
