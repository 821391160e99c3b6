"""The key of a scale: which item belongs to which subscale, and everything that can be wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

_MOST_DIGITS = 15


class Problem(NamedTuple):
    """Something wrong with a scale: where (the path of keys in its file), what, and what to do."""

    place: tuple[str, ...]
    problem: str
    remedy: str


def item_name(item: object) -> str:
    """The name of an item however it is written: 7, 7.0, "07", "item_7" and "Q7" are item 7.

    >>> [item_name(one) for one in (7, 7.0, " 07", "item_7", "Q7", "a1")]
    ['7', '7', '7', '7', '7', 'a1']
    """
    name = str(item).strip()
    number = name.lower().removeprefix("item").removeprefix("q").lstrip("_ ").removesuffix(".0")
    return str(int(number)) if number.isdecimal() and len(number) <= _MOST_DIGITS else name


def key_problems(
    items: Sequence[str], subscales: Mapping[str, Sequence[str]], reverse: Sequence[str]
) -> Iterator[Problem]:
    """Everything by which items, subscales and reverse items contradict each other.

    >>> [found.problem for found in key_problems(["1", "2"], {"a": ["1", "2"], "b": ["2"]}, [])]
    ["item 2 is in two subscales: 'a' and 'b'"]
    """
    if not items:
        yield Problem(("items",), "the scale has no items", "Give their number or list them.")
        return
    for item in _repeated(items):
        yield Problem(("items",), f"item {item} is listed twice", "List each item once.")
    yield from _subscale_problems(items, subscales)
    span = _span(items)
    for item in sorted(set(reverse) - set(items), key=_by_number):
        yield Problem(
            ("reverse",),
            f"reverse item {item} is not an item of the scale ({span})",
            "Correct the number or remove it.",
        )
    for item in _repeated(reverse):
        yield Problem(("reverse",), f"reverse item {item} is listed twice", "List it once.")


def _subscale_problems(items: Sequence[str], subscales: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    home: dict[str, str] = {}
    known, span = set(items), _span(items)
    for name, members in subscales.items():
        place = ("subscales", name)
        if not members:
            yield Problem(place, f"subscale {name!r} has no items", "List its items or remove it.")
        for item in _repeated(members):
            yield Problem(place, f"item {item} is listed twice in {name!r}", "List it once.")
        for item in dict.fromkeys(members):
            if item not in known:
                yield Problem(
                    place,
                    f"item {item} of {name!r} is not an item of the scale ({span})",
                    "Correct the number.",
                )
            elif item in home:
                yield Problem(
                    place, f"item {item} is in two subscales: {home[item]!r} and {name!r}", "Leave it in one of them."
                )
            else:
                home[item] = name
    left_over = [item for item in items if item not in home]
    if subscales and left_over:
        yield Problem(
            ("subscales",),
            f"{_named(left_over)} in no subscale; the scale has {len(items)} items, its subscales {len(home)}",
            "Put each item into one subscale, or correct the number of items.",
        )


def _named(items: Sequence[str]) -> str:
    return f"item {items[0]} is" if len(items) == 1 else f"items {', '.join(items)} are"


def _span(items: Collection[str]) -> str:
    ordered = sorted(items, key=_by_number)
    return f"{ordered[0]} to {ordered[-1]}"


def _repeated(items: Sequence[str]) -> list[str]:
    return [item for item, count in Counter(items).items() if count > 1]


def _by_number(item: str) -> tuple[int, str]:
    return (int(item), "") if item.isdecimal() and len(item) <= _MOST_DIGITS else (10**_MOST_DIGITS, item)
