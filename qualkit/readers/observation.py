"""Read the ratings that observers gave each member in each session."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from qualkit.errors import ReadError
from qualkit.readers.cells import read_day, read_number, read_ordinal, read_yes_no
from qualkit.readers.table import Row, Rows, read_rows

COLUMNS = ["session", "date", "case", "attended", "observer", "item", "value", "key_event"]

_HEADERS = {
    "session": ("节次", "第几节", "活动节次", "session"),
    "date": ("日期", "活动日期", "date"),
    "case": ("组员编号", "组员", "编号", "成员编号", "case", "member"),
    "attended": ("出席", "出勤", "到场", "attended"),
    "observer": ("观察员", "观察者", "记录员", "observer"),
    "key_event": ("关键事件", "key_event", "key event"),
}
_REQUIRED = ("session", "case")

# 参与度(1-5): the range a rating must keep to.
_RANGE = re.compile(r"(?P<item>.+?)\s*[（(]\s*(?P<low>-?\d{1,3})\s*[-–—－~～至到]\s*(?P<high>-?\d{1,3})\s*[)）]")

_LONGEST_HEADER = 60


@dataclass(frozen=True, slots=True)
class _Item:
    column: int
    name: str
    low: float
    high: float


def read_observations(path: str | Path) -> pd.DataFrame:
    """Read observation ratings from a ``.csv`` or ``.xlsx`` file, one row per session, member and observer.

    Columns are found by their Chinese or English names (节次, 日期, 组员编号, 出席, 观察员, 关键事件);
    each column whose header names a range, such as 参与度(1-5), is a rating.

    Returns
    -------
    DataFrame
        One row is one rating: ``session`` (number), ``date``, ``case``, ``attended``,
        ``observer``, ``item`` (the header without the range), ``value`` (NaN when absent or not
        rated), ``key_event``. Columns of free text other than 关键事件 are left out.

    Raises
    ------
    ReadError
        Naming the cell: a rating outside its range or for an absent member, two rows of one observer.
    """
    rows = read_rows(path)
    places = _find_columns(rows)
    items = _find_items(rows, taken=set(places.values()))
    seen: dict[tuple[object, ...], int] = {}
    records: list[dict[str, object]] = []
    for row in rows.rows:
        head = _read_head(rows, row, places)
        key = (head["session"], head["case"], head["observer"])
        if key in seen:
            raise ReadError(
                f"{rows.name}, row {row.number}: session {key[0]}, {key[1]}, observer {key[2] or '(none)'} "
                f"stands in row {seen[key]} already. Remove one of the rows."
            )
        seen[key] = row.number
        values = {item.name: _read_rating(rows, row, item) for item in items}
        attended = _decide_attendance(rows, row, head["attended"], values)
        records.extend({**head, "attended": attended, "item": name, "value": value} for name, value in values.items())
    return _tabulate(records)


def _find_columns(rows: Rows) -> dict[str, int]:
    lowered = [header.lower() for header in rows.header]
    places = {}
    for name, headers in _HEADERS.items():
        found = [lowered.index(header) for header in headers if header in lowered]
        if found:
            places[name] = found[0]
        elif name in _REQUIRED:
            raise ReadError(
                f"{rows.name}: no column {' / '.join(headers)}. The header row has {', '.join(rows.header)}; "
                f"name the column {headers[0]}."
            )
    return places


def _find_items(rows: Rows, *, taken: set[int]) -> list[_Item]:
    items = []
    for column, header in enumerate(rows.header):
        if column in taken or len(header) > _LONGEST_HEADER or not (match := _RANGE.fullmatch(header)):
            continue
        low, high = float(match["low"]), float(match["high"])
        if low >= high:
            raise ReadError(f"{rows.name}, header {header!r}: the range runs backwards. Write it as (1-5).")
        items.append(_Item(column, match["item"], low, high))
    if not items:
        raise ReadError(f"{rows.name} has no rating. Give the range in the header of each rating, such as 参与度(1-5).")
    names = [item.name for item in items]
    if doubled := next((name for name in names if names.count(name) > 1), None):
        raise ReadError(f"{rows.name}: two columns rate {doubled!r}. Give each a name of its own.")
    return items


def _read_head(rows: Rows, row: Row, places: dict[str, int]) -> dict[str, object]:
    def cell(name: str) -> tuple[str, str]:
        if name not in places:
            return "", rows.name
        return row.cells[places[name]], rows.cell(row, places[name])

    case, place = cell("case")
    if not case:
        raise ReadError(f"{place}: blank. Enter the member's code, or remove the row.")
    return {
        "session": read_ordinal(*cell("session")),
        "date": read_day(*cell("date")),
        "case": case,
        "attended": read_yes_no(*cell("attended")),
        "observer": cell("observer")[0],
        "key_event": cell("key_event")[0],
    }


def _read_rating(rows: Rows, row: Row, item: _Item) -> float:
    place = rows.cell(row, item.column)
    value = read_number(row.cells[item.column], place)
    if value < item.low or value > item.high:
        raise ReadError(
            f"{place}: {value:g} is outside {item.low:g} to {item.high:g}. Correct the rating or the range."
        )
    return value


def _decide_attendance(rows: Rows, row: Row, attended: object, values: dict[str, float]) -> bool:
    is_rated = any(not math.isnan(value) for value in values.values())
    if attended is False and is_rated:
        raise ReadError(
            f"{rows.name}, row {row.number}: the member is marked absent and yet rated. "
            f"Blank the ratings or correct the attendance."
        )
    # Without a mark, whoever was rated was there.
    return is_rated if attended is None else bool(attended)


def _tabulate(records: list[dict[str, object]]) -> pd.DataFrame:
    table = pd.DataFrame(records, columns=COLUMNS)
    types = {"session": "int64", "attended": "bool", "value": "float64"}
    return table.astype({name: types.get(name, "str") for name in COLUMNS})
