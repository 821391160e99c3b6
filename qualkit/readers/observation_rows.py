"""Read the rows of an observation table: who, when, seen by whom, and what stands in each cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qualkit.errors import ReadError
from qualkit.readers.attendance import read_mark
from qualkit.readers.cells import read_day, read_ordinal
from qualkit.readers.grid import Grid
from qualkit.readers.observation_blocks import About, Block
from qualkit.readers.observation_columns import ROLES, Column, member_code
from qualkit.readers.observation_header import TableLayout
from qualkit.readers.problems import Problems
from qualkit.remarks import Remark

_SUMMARY = (
    "平均",
    "平均分",
    "平均值",
    "均值",
    "合计",
    "总计",
    "总分",
    "小计",
    "总和",
    "mean",
    "average",
    "total",
    "sum",
)

# What a word in a row without a mark says of attendance.
_EXCUSED = ("请假", "缺席", "缺勤", "病假", "事假", "未到", "没来", "未参加", "未出席", "absent", "excused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One cell: its text, the column it belongs to, and where it stands."""

    column: Column
    text: str
    grid: Grid = field(repr=False)
    row: int

    @property
    def place(self) -> str:
        """What to call the cell in a message."""
        return self.grid.place(self.row, self.column.place, self.column.header)


@dataclass(slots=True, kw_only=True)
class Entry:
    """What one observer put down of one member in one session; ``row`` is the same for all of one row."""

    row: str
    session: int
    date: str
    case: str
    observer: str
    mark: bool | None = None
    reason: str = ""
    key_event: str = ""
    items: list[Said] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_excused(self) -> bool:
        """Whether the words of the row say that the member was not there."""
        words = [text for _, text in self.remarks] + [one.text for one in self.items]
        return any(text.startswith(_EXCUSED) for text in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line about a session as a whole: a title above the rows, or a note such as the worker's reflection."""

    session: int
    text: str
    is_title: bool = False


def read_blocks(blocks: Sequence[Block], problems: Problems, notes: list[str]) -> list[Entry | Line]:
    """The entries and lines of all blocks, in their order; what is wrong goes to ``problems``."""
    seen: dict[tuple[int, str, str], str] = {}
    said: set[Line] = set()
    parts: list[Entry | Line] = []
    for block in blocks:
        _require_session(block)
        own: list[Entry | Line] = []
        for part in block.parts:
            if isinstance(part, int):
                own += _read_row(block, part, problems, notes, seen)
            else:
                session = own[-1].session if own else block.about.session
                own += [] if session is None else [Line(session=session, text=part)]
        sessions = dict.fromkeys(one.session for one in own)
        titles = [Line(session=one, text=title, is_title=True) for one in sessions for title in block.titles]
        parts += [title for title in titles if title not in said] + own
        said.update(titles)
    return parts


def _require_session(block: Block) -> None:
    layout = block.layout
    if block.about.session is None and not layout.of("session") and not any(one.session for one in layout.columns):
        raise ReadError(
            f"{layout.grid.title}: no column {' / '.join(ROLES['session'][:3])}, and neither a title nor the name of "
            f"the sheet or file says which session it is. Add the column {ROLES['session'][0]}, or write 第3节 above "
            "the table."
        )


def _read_row(
    block: Block, row: int, problems: Problems, notes: list[str], seen: dict[tuple[int, str, str], str]
) -> list[Entry]:
    grid, case = block.layout.grid, block.layout.of("case")
    if case and grid.text(row, case[0].place).lower() in _SUMMARY:
        who = grid.text(row, case[0].place)
        notes.append(
            Remark(
                f"{grid.place(row)}: {who} is no member and was left out", f"{grid.place(row)}：{who} 不是组员，未读入"
            )
        )
        return []
    if case and not grid.text(row, case[0].place) and not _says_anything(block.layout, row):
        # A row prepared with its number or day, for a member who was not there to be entered.
        notes.append(
            Remark(f"{grid.place(row)} names no member and was left out", f"{grid.place(row)}：没有写组员，未读入")
        )
        return []
    try:
        entries = list(_entries(block, row))
    except ReadError as error:
        problems.lines.append(str(error))
        return []
    for entry in entries:
        key = (entry.session, entry.case, entry.observer)
        if key in seen and seen[key] != entry.row:
            problems.lines.append(
                f"{entry.row}: session {key[0]}, {key[1]}, observer {key[2] or '(none)'} stands in "
                f"{seen[key].removeprefix(f'{grid.title}, ')} already. Remove one of the rows."
            )
        seen.setdefault(key, entry.row)
    if row in grid.hidden_rows:
        notes.append(
            Remark(
                f"{grid.place(row)} is hidden in the sheet and was read", f"{grid.place(row)}：工作表中的隐藏行，已读入"
            )
        )
    return entries


def _says_anything(layout: TableLayout, row: int) -> bool:
    heads = ("session", "date", "observer", "number")
    return any(layout.grid.text(row, column.place) for column in layout.columns if column.role not in heads)


def _entries(block: Block, row: int) -> Iterator[Entry]:
    layout = block.layout
    about = _read_head(layout, row, block.about)
    _require_headers(layout, row)
    entries: dict[tuple[int | None, str | None], Entry] = {}
    remark = _across(layout, row)
    for column in layout.columns:
        key = (column.session, column.observer)
        if column.role == "attended" and column.session is not None and key not in entries:
            entries[key] = _entry(layout, row, about, key)
        if column.role not in ("", "key_event", "remark"):
            continue
        text = layout.grid.text(row, column.place)
        if column.role and not text:
            continue
        if key not in entries:
            entries[key] = _entry(layout, row, about, key)
        if column.place in remark:
            text = "" if not column.role else text
        if column.role:
            entries[key].remarks.append((_name(column), _one_line(text)))
        else:
            entries[key].items.append(Said(column=column, text=text, grid=layout.grid, row=row))
    if not entries:
        entries[None, None] = _entry(layout, row, about, (None, None))
    for text in dict.fromkeys(remark.values()):
        next(iter(entries.values())).remarks.append(("", text))
    yield from entries.values()


def _require_headers(layout: TableLayout, row: int) -> None:
    grid = layout.grid
    for column, text in grid.filled(row):
        merge = grid.merge_at(row, column)
        if column not in layout.places and merge.left == merge.right:
            raise ReadError(
                f"{grid.place(row, column)}: {text!r} stands in a column without a header. Give the column a name."
            )


def _read_head(layout: TableLayout, row: int, about: About) -> About:
    # What stands in the row itself goes before what stands around the table.
    case, session = _cell(layout, row, "case"), _cell(layout, row, "session")
    if case is not None and not case.text:
        raise ReadError(f"{case.place}: blank. Enter the member's code, or remove the row.")
    date, observer = _cell(layout, row, "date"), _cell(layout, row, "observer")
    return About(
        session=about.session if session is None else read_ordinal(session.text, session.place),
        date=(read_day(date.text, date.place) if date else "") or about.date,
        observer=(_one_line(observer.text) if observer else "") or about.observer,
        case=about.case if case is None else member_code(case.text) or _one_line(case.text),
    )


def _entry(layout: TableLayout, row: int, about: About, key: tuple[int | None, str | None]) -> Entry:
    session, observer = key
    date = _cell(layout, row, "date", session=session) if session is not None else None
    attended = _cell(layout, row, "attended", session=session, observer=observer)
    event = _cell(layout, row, "key_event", session=session) or _cell(layout, row, "remark", session=session)
    mark = read_mark(attended.text, attended.place) if attended else None
    number = about.session if session is None else session
    if number is None:
        place = layout.grid.place(row)
        raise ReadError(f"{place}: it is not said which session this is. Head each column with its session, as 第3节.")
    return Entry(
        row=layout.grid.place(row),
        session=number,
        date=(read_day(date.text, date.place) if date else "")
        or ("" if session not in (None, about.session) else about.date),
        case=about.case,
        observer=observer or about.observer,
        mark=None if mark is None else mark[0],
        reason="" if mark is None else mark[1] or "",
        key_event=_one_line(event.text) if event else "",
    )


def _cell(
    layout: TableLayout, row: int, role: str, *, session: int | None = None, observer: str | None = None
) -> Said | None:
    # The cell of this role for this session and observer; one that names none of them is for all.
    fitting = [one for one in layout.of(role) if one.session in (None, session) and one.observer in (None, observer)]
    fitting.sort(key=lambda one: (one.session is None, one.observer is None))
    if not fitting:
        return None
    return Said(column=fitting[0], text=layout.grid.text(row, fitting[0].place), grid=layout.grid, row=row)


def _across(layout: TableLayout, row: int) -> dict[int, str]:
    # A text written across several cells of one row, such as 请假, is a remark and no rating.
    grid: Grid = layout.grid
    found = {}
    for column in layout.columns:
        merge = grid.merge_at(row, column.place)
        if merge.right > merge.left and merge.top == merge.bottom and not column.role:
            found[column.place] = _one_line(grid.text(row, column.place))
    return {place: text for place, text in found.items() if text}


def _name(column: Column) -> str:
    return column.path[-1] if column.path else column.header


def _one_line(text: str) -> str:
    return " ".join(text.split())
