"""Find the header of an observation table, be it of one row or several, and where its rows begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from qualkit.readers.cells import read_ordinal
from qualkit.readers.grid import Grid
from qualkit.readers.identifying import is_identifying
from qualkit.readers.observation_columns import (
    ROLES,
    Column,
    is_session,
    make_column,
    member_code,
    name_items,
    role_name,
    role_of,
    with_range,
)

_ATTENDANCE = re.compile("出席|出勤|考勤|签到|attendance", re.IGNORECASE)

_MOST_HEADER_ROWS = 4
_LONGEST_CELL = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """Columns of a table and where its rows begin; ``grid`` is turned when the members stand side by side.

    ``places`` are those of all columns with a header. ``left_out`` are the headers of columns that say who
    somebody is: names beside codes, telephones.
    """

    grid: Grid
    columns: tuple[Column, ...]
    first_row: int
    turned_rows: tuple[int, ...] = ()
    left_out: tuple[str, ...] = ()
    places: frozenset[int] = frozenset()
    _by_role: dict[str, list[Column]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for column in self.columns:
            self._by_role.setdefault(column.role, []).append(column)
        for role, found in self._by_role.items():
            if names := ROLES.get(role):
                place = {name: number for number, name in enumerate(names)}
                found.sort(key=lambda one, place=place: place.get(role_name("".join(one.path[-1:])), 0))  # type: ignore[misc]

    def of(self, role: str) -> list[Column]:
        """The columns with a role, the one with the name to recommend first."""
        return self._by_role.get(role, [])


def find_layout(grid: Grid, row: int, *, has_case: Callable[[], bool]) -> TableLayout | None:
    """The layout of a table whose header begins in this row; ``None`` when it does not.

    ``has_case`` tells whether the lines around the table say whom all its rows are about.
    """
    cells = grid.filled(row)
    if len(cells) < 2 or any(len(text) > _LONGEST_CELL for _, text in cells):
        return None
    if members := _members_in(cells):
        return _members_side_by_side(grid, row, members[0])
    roles = [role_of(text) for _, text in cells]
    if "case" in roles and not _is_answered(cells, roles.index("case")):
        return _members_below(grid, row)
    if "session" in roles and len(cells) > 2 and not _is_answered(cells, roles.index("session")) and has_case():
        return _members_below(grid, row)
    if _has_groups(grid, row) and row + 1 < len(grid.rows) and not any(roles):
        # 基本情况 | 表现 above 组员 | 出席 | 参与度: the case stands in the second row of the header.
        below = [role_of(text) for _, text in grid.filled(row + 1)]
        return _members_below(grid, row) if "case" in below else None
    return None


def _members_in(cells: Sequence[tuple[int, str]]) -> list[int]:
    # The columns of members that stand side by side, at least two and half of the cells.
    members = [column for column, text in cells[1:] if member_code(text)]
    is_header = len(members) >= 2 and 2 * len(members) >= len(cells) - 1 and not member_code(cells[0][1])
    return members if is_header else []


def _is_answered(cells: list[tuple[int, str]], place: int) -> bool:
    # 组员 | A3 | 日期 | 2031-04-19 is a line of particulars, not a header.
    value = cells[place + 1][1] if place + 1 < len(cells) else ""
    return bool(member_code(value) or value.isdecimal() or (is_session(value) and len(cells) == 2))


def name_unnamed(layout: TableLayout, titles: Sequence[str]) -> TableLayout:
    """The layout with a name for columns of which the header says session or observer alone, from the title."""
    if all(one.role or one.item for one in layout.columns):
        return layout
    title = next(
        (line for line in reversed(titles) if line.strip()), layout.grid.name or PurePath(layout.grid.file).stem
    )
    role = "attended" if _ATTENDANCE.search(title) else ""
    columns = [
        one if one.role or one.item else with_range(replace(one, role=role, path=(title,)), layout.grid)
        for one in layout.columns
    ]
    return replace(layout, columns=tuple(replace(one, item="") if one.role else one for one in columns))


def _has_groups(grid: Grid, row: int) -> bool:
    return any(grid.merge_at(row, column).right > column for column, _ in grid.filled(row))


def _members_below(grid: Grid, top: int) -> TableLayout:
    bottom = _last_header_row(grid, top)
    paths = {place: path for place in range(grid.width) if (path := _path(grid, top, bottom, place))}
    columns = [make_column(place, path, grid) for place, path in paths.items()]
    left_out = _identifying(columns)
    return TableLayout(
        grid=grid,
        columns=name_items([column for column in columns if column.header not in left_out], grid),
        first_row=bottom + 1,
        left_out=left_out,
        places=frozenset(paths),
    )


def _identifying(columns: Sequence[Column]) -> tuple[str, ...]:
    # Names are left out beside codes; alone they are what the members are called.
    has_codes = any(one.role == "case" and not is_identifying(one.header) for one in columns)
    return tuple(
        one.header
        for one in columns
        if is_identifying(one.header) and (has_codes or one.role != "case") and one.role in ("", "case")
    )


def _last_header_row(grid: Grid, top: int) -> int:
    bottom = top
    for row in range(top, min(top + _MOST_HEADER_ROWS, len(grid.rows)) - 1):
        if row > bottom:
            break
        deepest = max(grid.merge_at(row, column).bottom for column in range(grid.width))
        bottom = min(max(bottom, deepest), top + _MOST_HEADER_ROWS - 1)
        if bottom == row and _goes_on(grid, top, row):
            bottom = row + 1
    return bottom


def _goes_on(grid: Grid, top: int, row: int) -> bool:
    # Is the next row a part of the header? It names what lies below a group, and no member.
    below = grid.filled(row + 1)
    is_merged = _has_groups(grid, row)
    case_columns = [column for column, text in grid.filled(row) if role_of(text) == "case"]
    named_above = {column for column, _ in grid.filled(row)}
    if not below or any(column in case_columns and text != grid.text(row, column) for column, text in below):
        return False
    if is_merged:
        return all(grid.merge_at(row + 1, column).right - column < grid.width // 2 for column, _ in below)
    below_group = [column for column, _ in below if column not in named_above]
    return bool(case_columns and below_group) and not any(re.fullmatch(r"[\d.]+|[√×✓✗]", text) for _, text in below)


def _path(grid: Grid, top: int, bottom: int, column: int) -> tuple[str, ...]:
    # The names above a column from the widest group down, each once.
    names: list[str] = []
    for row in range(top, bottom + 1):
        text = grid.text(row, column)
        if not text and row < bottom and grid.text(row + 1, column):
            # A group written in the first of its columns only, without merging them.
            text = next((grid.rows[row][left] for left in range(column, -1, -1) if grid.rows[row][left]), "")
        text = " ".join(text.split())
        if text and (not names or names[-1] != text):
            names.append(text)
    return tuple(names)


def _members_side_by_side(grid: Grid, top: int, first: int) -> TableLayout | None:
    rows = []
    for row in range(top + 1, len(grid.rows)):
        cells = grid.filled(row)
        if _members_in(cells):
            break
        if _is_item_row(grid, row, cells, first):
            rows.append(row)
    if not rows or first == 0:
        return None
    turned = grid.turn([top, *rows])
    stubs = [role_of(turned.rows[row][0]) for row in range(first)]
    columns = [Column(place=0, header=turned.rows[0][0] or "组员", role="case")]
    for place in range(1, turned.width):
        parts = [" ".join(turned.rows[row][place].split()) for row in range(first)]
        columns.append(_make_stub_column(place, parts, stubs, turned))
    return TableLayout(
        grid=turned,
        columns=name_items(columns, turned),
        first_row=first,
        turned_rows=tuple(rows),
        places=frozenset(range(turned.width)),
    )


def _is_item_row(grid: Grid, row: int, cells: Sequence[tuple[int, str]], first: int) -> bool:
    # Notes across the table are none, nor what is said of all members in one merged cell.
    if not any(column < first for column, _ in cells) or (len(cells) == 1 and is_session(cells[0][1])):
        return False
    widest = max(grid.merge_at(row, column).right - column + 1 for column, _ in cells)
    return widest <= max(1, (grid.width - first) // 2) or (len(cells) > 2 and widest < grid.width - first)


def _make_stub_column(place: int, parts: list[str], stubs: list[str], turned: Grid) -> Column:
    session = observer = None
    names: list[str] = []
    for row, (part, stub) in enumerate(zip(parts, stubs, strict=True)):
        if part and stub == "session":
            session = read_ordinal(part, turned.place(row, place))
        elif part and stub == "observer":
            observer = part
        elif part and (not names or names[-1] != part):
            names.append(part)
    column = make_column(place, tuple(names), turned)
    return replace(
        column,
        session=column.session if session is None else session,
        observer=column.observer if observer is None else observer,
    )
