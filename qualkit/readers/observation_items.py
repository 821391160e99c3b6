"""Which columns of an observation record are ratings, and what was rated."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualkit.errors import ReadError
from qualkit.readers.cells import read_number
from qualkit.readers.observation_rows import Entry, Said
from qualkit.readers.problems import Problems
from qualkit.remarks import Remark

_TICKS = ("√", "✓", "✔", "☑", "是")
_CROSSES = ("×", "✗", "✘", "☒", "x", "否")
_CIRCLES = ("○", "〇", "◯", "o")

# Numbers that say who somebody is, and rate nothing.
_PARTICULARS = ("年龄", "年级", "性别", "班级", "学号", "电话", "age", "grade", "sex", "gender", "class")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A column, or several of the same name, that holds ratings; without a range in the header the data give it.

    ``yes`` and ``no`` are the marks when the rating is a tick: 1 and 0.
    """

    name: str
    low: float
    high: float
    is_ranged: bool = True
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


def find_items(entries: Iterable[Entry], notes: list[str]) -> dict[str, Item]:
    """The ratings among the columns, by name; what was decided without a range goes to ``notes``."""
    cells: dict[str, list[Said]] = {}
    for entry in entries:
        for one in entry.items:
            cells.setdefault(one.column.item, []).append(one)
    items = {}
    for name, said in cells.items():
        item = _find_item(name, said, notes)
        if item is not None:
            items[name] = item
    return items


def _find_item(name: str, said: Sequence[Said], notes: list[str]) -> Item | None:
    ranged = next((one.column for one in said if one.column.low is not None), None)
    if ranged is not None and ranged.low is not None and ranged.high is not None:
        return Item(name=name, low=ranged.low, high=ranged.high)
    texts = [_plain(one.text) for one in said if one.text]
    if not texts or name.lower() in _PARTICULARS:
        return None
    numbers = [_number(text) for text in texts]
    known = [number for number in numbers if number is not None]
    if len(known) == len(texts):
        low, high = min(known), max(known)
        notes.append(
            Remark(
                f"{name}: no range in the header; {low:g} to {high:g} in the table",
                f"{name}：表头没有写分值范围，表中为 {low:g}–{high:g}",
            )
        )
        return Item(name=name, low=low, high=high, is_ranged=False)
    if marks := _marks(texts):
        notes.append(
            Remark(
                f"{name}: {marks[0][0]} is 1, {marks[1][0]} is 0",
                f"{name}：{marks[0][0]} 记 1，{marks[1][0]} 记 0",
            )
        )
        return Item(name=name, low=0, high=1, is_ranged=False, yes=marks[0], no=marks[1])
    if 2 * len(known) > len(texts):
        notes.append(
            Remark(
                f"{name}: {len(known)} of {len(texts)} cells are numbers, the others words, so it is kept as words. "
                f"Write the range into the header, as {name}(1-5), to have it read as a rating",
                f"{name}：{len(texts)} 格中 {len(known)} 格是数字，其余是文字，因此按文字保留；"
                f"要作为评分读入，请在表头写上范围，如 {name}(1-5)",
            )
        )
    return None


def _marks(texts: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    # ○ beside √ says no, ○ beside × says yes; alone it is the mark that was made.
    used = set(texts)
    has_tick, has_cross = bool(used & set(_TICKS)), bool(used & set(_CROSSES))
    yes = _TICKS if has_tick else (*_CIRCLES, *_TICKS)
    no = _CROSSES if has_cross or not has_tick else (*_CIRCLES, *_CROSSES)
    return (yes, no) if used <= {*yes, *no} and (has_tick or has_cross or used & set(_CIRCLES[:3])) else None


def rate(entry: Entry, items: dict[str, Item], problems: Problems) -> dict[str, float]:
    """What was rated in an entry, by item; NaN for a blank cell."""
    values: dict[str, float] = {}
    for said in entry.items:
        item = items.get(said.column.item)
        if item is None:
            continue
        try:
            value = _choice(said) if said.column.choice is not None else _value(said, item)
            if (
                said.column.choice is not None
                and not math.isnan(value)
                and not math.isnan(values.get(item.name, math.nan))
            ):
                raise ReadError(f"{said.place}: a second tick for {item.name}. Keep one.")
        except ReadError as error:
            problems.lines.append(str(error))
            value = math.nan
        if item.name not in values or not math.isnan(value):
            values[item.name] = value
    return values


def _choice(said: Said) -> float:
    text, value = _plain(said.text), said.column.choice
    if value is None or not text or text in _CROSSES:
        return math.nan
    if text in (*_TICKS, *_CIRCLES, f"{value:g}"):
        return value
    raise ReadError(f"{said.place}: {said.text!r} is no tick. Put √ below the value, and leave the others blank.")


def _value(said: Said, item: Item) -> float:
    text = _plain(said.text)
    if item.yes and text:
        return 1.0 if text in item.yes else 0.0
    value = read_number(text.removesuffix("分"), said.place)
    if item.is_ranged and (value < item.low or value > item.high):
        raise ReadError(
            f"{said.place}: {value:g} is outside {item.low:g} to {item.high:g}. Correct the rating or the range."
        )
    return value


def _number(text: str) -> float | None:
    try:
        return read_number(text.removesuffix("分"), "")
    except ReadError:
        return None


def _plain(text: str) -> str:
    # NFKC makes ✕ of nothing and ｘ an x; the round marks stay what they are.
    return unicodedata.normalize("NFKC", text).strip().lower()
