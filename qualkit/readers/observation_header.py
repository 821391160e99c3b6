"""Understand the header of an observation table: whose row, which session, which observer, which item."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from qualkit.errors import ReadError
from qualkit.readers.cells import read_ordinal
from qualkit.readers.grid import Grid
from qualkit.readers.identifying import is_identifying

#: What a column can be beside an item; the first name of each is the one to recommend.
ROLES = {
    "session": ("节次", "第几节", "活动节次", "小组节次", "场次", "session", "session no"),
    "date": ("日期", "活动日期", "观察日期", "活动时间", "观察时间", "date"),
    "case": (
        *("组员编号", "组员", "编号", "成员编号", "成员", "个案编号", "个案", "观察对象", "儿童编号", "学生编号"),
        *("组员姓名", "姓名", "化名", "学生", "儿童", "case", "member", "participant", "child", "code", "name"),
    ),
    "attended": ("出席", "出勤", "到场", "考勤", "签到", "出席情况", "出勤情况", "是否出席", "attended", "attendance"),
    "observer": ("观察员", "观察者", "观察人", "记录员", "评分者", "评分员", "observer", "rater"),
    "key_event": ("关键事件", "重要事件", "特殊事件", "key_event", "key event", "critical incident"),
    "remark": ("备注", "说明", "remarks", "remark", "note", "notes"),
    "number": ("序号", "no", "no.", "#"),
}

# 参与度(1-5), 参与度（1分很低，5分很高）: the range a rating must keep to.
_RANGE = re.compile(
    r"(?P<item>.+?)\s*[（(\[【]\s*(?P<low>[-+]?\d{1,3})[^\d（()）\[\]【】]{0,10}?[-–—－~～至到,，;；、/]"
    r"[^\d（()）\[\]【】+-]{0,6}(?P<high>[-+]?\d{1,3})[^\d（()）\[\]【】]{0,12}[)）\]】]"
)
_BRACKET = re.compile(r"\s*[（(\[【][^（()）\[\]【】]{0,20}[)）\]】]$")

_ORDINAL = r"第\s*[0-9一二三四五六七八九十]{1,4}\s*[节次]"
_SESSION = re.compile(
    rf"(?P<session>{_ORDINAL}|session\s*[0-9]{{1,3}})(?:[\s:：（(]*[0-9年月日./-]{{3,12}}[)）]?)?", re.I
)
_BESIDE_SESSION = re.compile(
    rf"(?:(?P<before>{_ORDINAL})[\s_/·:：-]*(?P<item>.+)|(?P<name>.+?)[\s_/·-]*(?P<after>{_ORDINAL}))"
)
_RATER = "观察[员者人]|评分[员者]|记录员|observer|rater"
_OBSERVER = re.compile(
    rf"(?:(?:{_RATER})[\s_-]*)?(?P<code>O[0-9]{{1,2}})|(?:{_RATER})[\s_-]*(?:[A-Za-z]?[0-9]{{0,2}}|[甲乙丙丁一二三])",
    re.I,
)
_BESIDE_OBSERVER = re.compile(
    rf"(?P<item>.+?)\s*[_/·（(\[-]?\s*(?P<observer>O[0-9]{{1,2}}|(?:{_RATER})[\s_-]*[A-Za-z0-9甲乙丙丁一二三]{{1,3}})\s*[)）\]]?"
    r"|(?P<before>O[0-9]{1,2})[\s_/·:：-]+(?P<rest>.+)"
)
_MEMBER = re.compile(r"(?:组员|成员|学员)?\s*(?P<code>[A-Za-z]{1,3}[-_]?[0-9]{1,4})(?:\s*[（(].{1,12}[)）])?")
_CHOICE = re.compile(r"(?P<value>-?[0-9]{1,2})\s*分?")

_ATTENDANCE = re.compile("出席|出勤|考勤|签到|attendance", re.IGNORECASE)

_LONGEST_HEADER = 60
_MOST_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column holds; ``session`` and ``observer`` are given where the header says them.

    ``role`` is one of ``ROLES`` and empty for an item. ``low`` and ``high`` are the range of a rating;
    ``choice`` is the value that a tick in this column stands for.
    """

    place: int
    header: str
    path: tuple[str, ...] = ()
    role: str = ""
    item: str = ""
    low: float | None = None
    high: float | None = None
    session: int | None = None
    observer: str | None = None
    choice: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """Columns of a table and where its rows begin; ``grid`` is turned when the members stand side by side.

    ``left_out`` are the headers of columns that say who somebody is: names beside codes, telephones.
    """

    grid: Grid
    columns: tuple[Column, ...]
    first_row: int
    turned_rows: tuple[int, ...] = ()
    left_out: tuple[str, ...] = ()

    def of(self, role: str) -> list[Column]:
        """The columns with a role, the one with the name to recommend first."""
        names = ROLES[role]
        found = [column for column in self.columns if column.role == role]
        return sorted(found, key=lambda one: names.index(role_name(one.path[-1] if one.path else names[0])))


def plain(text: str) -> str:
    """A header as it is compared: half width, lower case, one space, without the colon after it.

    >>> plain("关键 事件："), plain("Key  Event")
    ('关键事件', 'key event')
    """
    words = " ".join(unicodedata.normalize("NFKC", text).lower().split()).rstrip(": ")
    return re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", words)


def role_of(header: str) -> str:
    """What a header such as 组员编号 or 出席(√/×) says of its column; empty for an item.

    >>> role_of("出席（√/×）"), role_of("参与度(1-5)")
    ('attended', '')
    """
    name = role_name(header)
    return next((role for role, names in ROLES.items() if name in names), "")


def role_name(header: str) -> str:
    """The name in ``ROLES`` that a header comes to; the header as it is compared when it is none."""
    words = plain(header)
    bare = plain(_BRACKET.sub("", words))
    return next((one for one in (words, bare) if any(one in names for names in ROLES.values())), words)


def member_code(text: str) -> str | None:
    """The code of a member that stands alone in a cell.

    >>> member_code("组员A3"), member_code("A3（小雨）"), member_code("小雨")
    ('A3', 'A3', None)
    """
    match = _MEMBER.fullmatch(text)
    return match["code"] if match and not _OBSERVER.fullmatch(text) else None


def find_layout(grid: Grid, row: int, *, stop: int | None = None, has_case: bool = False) -> TableLayout | None:
    """The layout of a table whose header begins in this row; ``None`` when it does not.

    ``has_case``: the lines around the table say whom all rows are about. ``stop`` is the row where
    the next table of the same sheet begins.
    """
    cells = grid.filled(row)
    if len(cells) < 2 or any(len(text) > 200 for _, text in cells):
        return None
    members = [column for column, text in cells[1:] if member_code(text)]
    if len(members) >= 2 and 2 * len(members) >= len(cells) - 1 and not member_code(cells[0][1]):
        return _members_side_by_side(grid, row, members[0], stop)
    roles = [role_of(text) for _, text in cells]
    if "case" in roles and not _is_answered(cells, roles.index("case")):
        return _members_below(grid, row)
    if has_case and "session" in roles and len(cells) > 2 and not _is_answered(cells, roles.index("session")):
        return _members_below(grid, row)
    if _has_groups(grid, row) and row + 1 < len(grid.rows) and not any(roles):
        # 基本情况 | 表现 above 组员 | 出席 | 参与度: the case stands in the second row of the header.
        below = [role_of(text) for _, text in grid.filled(row + 1)]
        return _members_below(grid, row) if "case" in below else None
    return None


def _is_answered(cells: list[tuple[int, str]], place: int) -> bool:
    # 组员 | A3 | 日期 | 2031-04-19 is a line of particulars, not a header.
    value = cells[place + 1][1] if place + 1 < len(cells) else ""
    return bool(member_code(value) or value.isdecimal() or (_SESSION.fullmatch(value) and len(cells) == 2))


def name_unnamed(layout: TableLayout, titles: Sequence[str]) -> TableLayout:
    """The layout with a name for columns of which the header says session or observer alone, from the title."""
    if all(one.role or one.item for one in layout.columns):
        return layout
    title = next(
        (line for line in reversed(titles) if line.strip()), layout.grid.name or PurePath(layout.grid.file).stem
    )
    role = "attended" if _ATTENDANCE.search(title) else ""
    columns = [
        one if one.role or one.item else _with_range(replace(one, role=role, path=(title,))) for one in layout.columns
    ]
    return replace(layout, columns=tuple(replace(one, item="") if one.role else one for one in columns))


def _has_groups(grid: Grid, row: int) -> bool:
    return any(grid.merge_at(row, column).right > column for column, _ in grid.filled(row))


def _members_below(grid: Grid, top: int) -> TableLayout:
    bottom = _last_header_row(grid, top)
    columns = []
    for place in range(grid.width):
        path = _path(grid, top, bottom, place)
        if path:
            columns.append(_make_column(place, path))
        elif filled := next(
            (row for row in range(bottom + 1, len(grid.rows)) if _stands_alone(grid, row, place)), None
        ):
            raise ReadError(
                f"{grid.place(filled, place)}: {grid.text(filled, place)!r} stands in a column without a header. "
                f"Give the column a name in row {grid.numbers[top]}."
            )
    left_out = _identifying(columns)
    kept = [column for column in columns if column.header not in left_out]
    return TableLayout(grid=grid, columns=_name_items(kept, grid), first_row=bottom + 1, left_out=left_out)


def _stands_alone(grid: Grid, row: int, column: int) -> bool:
    # A cell of its own with text, not the rest of one that was merged across.
    merge = grid.merge_at(row, column)
    return bool(grid.rows[row][column]) and merge.left == column == merge.right


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


def _members_side_by_side(grid: Grid, top: int, first: int, stop: int | None) -> TableLayout | None:
    rows = [row for row in range(top + 1, len(grid.rows) if stop is None else stop) if _is_item_row(grid, row, first)]
    if not rows or first == 0:
        return None
    turned = grid.turn([top, *rows])
    stubs = [role_of(turned.rows[row][0]) for row in range(first)]
    columns = [Column(place=0, header=turned.rows[0][0] or "组员", role="case")]
    for place in range(1, turned.width):
        parts = [" ".join(turned.rows[row][place].split()) for row in range(first)]
        columns.append(_make_stub_column(place, parts, stubs, turned))
    return TableLayout(grid=turned, columns=_name_items(columns, turned), first_row=first, turned_rows=tuple(rows))


def _is_item_row(grid: Grid, row: int, first: int) -> bool:
    # Notes across the table are none, nor what is said of all members in one merged cell.
    cells = grid.filled(row)
    if not any(column < first for column, _ in cells):
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
    column = _make_column(place, tuple(names))
    return replace(
        column,
        session=column.session if session is None else session,
        observer=column.observer if observer is None else observer,
    )


def _make_column(place: int, path: tuple[str, ...]) -> Column:
    session: int | None = None
    observer: str | None = None
    names: list[str] = []
    for part in path:
        if match := _SESSION.fullmatch(part):
            session = _ordinal(match["session"])
        elif (match := _OBSERVER.fullmatch(part)) and not role_of(part):
            observer = match["code"] or part
        else:
            names.append(part)
    header = " / ".join(path)
    if names and not role_of(names[-1]):
        if match := _BESIDE_SESSION.fullmatch(names[-1]):
            session = _ordinal(match["before"] or match["after"])
            names[-1] = match["item"] or match["name"]
        if (match := _BESIDE_OBSERVER.fullmatch(names[-1])) and not role_of(names[-1]):
            observer = _observer(match["observer"] or match["before"])
            names[-1] = match["item"] or match["rest"]
    role = role_of(names[-1]) if names else ""
    column = Column(place=place, header=header, path=tuple(names), role=role, session=session, observer=observer)
    return column if role else _with_range(column)


def _ordinal(text: str) -> int:
    return read_ordinal(re.sub(r"\s|session", "", text, flags=re.I), text)


def _observer(text: str) -> str:
    match = _OBSERVER.fullmatch(text)
    return match["code"] if match and match["code"] else text


def _with_range(column: Column) -> Column:
    # The range stands at the item, or at the group above it.
    names = list(column.path)
    low = high = None
    for place in range(len(names) - 1, -1, -1):
        if len(names[place]) <= _LONGEST_HEADER and (match := _RANGE.fullmatch(names[place])):
            names[place] = match["item"]
            if low is None:
                low, high = float(match["low"]), float(match["high"])
    if low is not None and high is not None and low >= high:
        raise ReadError(f"header {column.header!r}: the range runs backwards. Write it as (1-5).")
    return replace(column, path=tuple(names), item=names[-1] if names else "", low=low, high=high)


def _name_items(columns: Sequence[Column], grid: Grid) -> tuple[Column, ...]:
    columns = _find_choices(columns)
    keys = Counter((one.item, one.session, one.observer, one.choice) for one in columns if not one.role)
    named = []
    for one in columns:
        if not one.role and keys[one.item, one.session, one.observer, one.choice] > 1:
            one = replace(one, item=" / ".join(one.path))
        named.append(one)
    _require_each_once(named, grid)
    return tuple(named)


def _find_choices(columns: Sequence[Column]) -> list[Column]:
    # 参与度 above 1 2 3 4 5: a tick below one of them is the rating.
    groups = Counter(one.path[:-1] for one in columns if len(one.path) > 1 and _CHOICE.fullmatch(one.path[-1]))
    found = []
    for one in columns:
        match = _CHOICE.fullmatch(one.path[-1]) if not one.role and len(one.path) > 1 else None
        if match and groups[one.path[:-1]] > 1:
            values = [
                float(_CHOICE.fullmatch(other.path[-1])["value"])  # type: ignore[index]
                for other in columns
                if other.path[:-1] == one.path[:-1] and other.path and _CHOICE.fullmatch(other.path[-1])
            ]
            one = replace(
                one,
                path=one.path[:-1],
                item=one.path[-2],
                choice=float(match["value"]),
                low=min(values),
                high=max(values),
            )
        found.append(one)
    return found


def _require_each_once(columns: Sequence[Column], grid: Grid) -> None:
    seen: set[tuple[str, int | None, str | None, float | None]] = set()
    for one in columns:
        key = (one.item, one.session, one.observer, one.choice)
        if one.role:
            continue
        if key in seen:
            raise ReadError(f"{grid.title}: two columns rate {one.item!r}. Give each a name of its own.")
        seen.add(key)
