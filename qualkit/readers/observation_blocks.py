"""Take the tables of an observation record apart: blocks of rows under one header, titles above, notes between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from qualkit.errors import ReadError
from qualkit.readers.cells import read_ordinal
from qualkit.readers.grid import Grid
from qualkit.readers.header import is_header_key
from qualkit.readers.observation_columns import member_code, role_of
from qualkit.readers.observation_header import TableLayout, find_layout, name_unnamed
from qualkit.readers.process_record import part_of
from qualkit.readers.times import find_days

_ORDINAL = re.compile(r"第\s*([0-9一二三四五六七八九十]{1,3})\s*[节次]|\bsession\s*([0-9]{1,3})\b", re.IGNORECASE)
_NOTE = re.compile(
    r"\s*(?:备注|说明|小结|总结|本节小结|本节总结|建议|跟进|督导意见|观察员反思|观察者反思|(?:记录|观察|填表|制表)[人者员]|签名"
    r"|notes?|remarks?|summary)\s*(?:[:：]|$)",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?:^|[\s|；;，,（(])(?P<key>[^\s:：|；;，,（(]{1,12})\s*[:：]\s*(?P<value>[^\s|；;：:]+)")
_SENTENCE = re.compile("[。！？；]")

_LONGEST_TITLE = 60
_LONGEST_CODE = 20
# Lines above a table that are looked at for its session, day and observer.
_MOST_TITLES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the lines around a table, the name of its sheet or of the file say of all its rows."""

    session: int | None = None
    date: str = ""
    observer: str = ""
    case: str = ""


@dataclass(slots=True, kw_only=True)
class Block:
    """The rows below one header; ``parts`` are numbers of rows, and notes as text, in their order."""

    layout: TableLayout
    about: About
    titles: list[str] = field(default_factory=list)
    parts: list[int | str] = field(default_factory=list)


def find_blocks(grids: Sequence[Grid], about: About) -> list[Block]:
    """The blocks of all sheets, or of all tables of a document; ``about`` is what the file's name says."""
    stream = _Stream(about)
    for grid in grids:
        if grid.name:
            stream.begin_sheet(about_name(grid.name, about))
        stream.add(grid.above)
        _read_grid(stream, grid)
        stream.add(grid.below)
    stream.begin_sheet(about)
    return stream.blocks


def about_name(name: str, about: About) -> About:
    """What the name of a sheet or file says: 第3节, A3, 2031-04-19."""
    session = int(name) if name.isdecimal() and len(name) < 3 else find_session(name)
    return About(
        session=about.session if session is None else session,
        date=only_day(name) or about.date,
        observer=about.observer,
        case=member_code(name) or about.case,
    )


def find_session(text: str) -> int | None:
    """The one session that a title speaks of; ``None`` when it names none or several.

    >>> find_session("第三节观察记录"), find_session("第1节至第7节"), find_session("Session 4")
    (3, None, 4)
    """
    try:
        found = {read_ordinal(han or digits, text) for han, digits in _ORDINAL.findall(text)}
    except ReadError:
        return None
    return found.pop() if len(found) == 1 else None


def only_day(text: str) -> str:
    """The one day that a title gives, as ISO 8601; empty when it gives none or several.

    >>> only_day("第3节 2031年4月19日（周六）")
    '2031-04-19'
    """
    found = set(find_days(text))
    return found.pop() if len(found) == 1 else ""


class _Stream:
    # The blocks so far, and the lines since the last row: notes below it, or titles of what comes.
    def __init__(self, about: About) -> None:
        self.blocks: list[Block] = []
        self.block: Block | None = None
        self.pending: list[str] = []
        self.about = about
        self._says_case = False

    def begin_sheet(self, about: About) -> None:
        self.end_notes()
        self.block, self.about = None, about

    def add(self, lines: Iterable[str]) -> None:
        """Lines that no row has followed yet."""
        for line in lines:
            self.pending.append(line)
            self._says_case = self._says_case or bool(read_titles([line], About()).case)

    def has_case(self) -> bool:
        """Whether the name of the sheet or the lines say whom the rows to come are about."""
        return self._says_case or bool(self.about.case)

    def end_notes(self) -> None:
        # Lines of a sheet without a table belong to nothing.
        if self.block is not None:
            self.block.parts += self.pending
        self.pending = []
        self._says_case = False

    def begin_block(self, layout: TableLayout) -> None:
        titles = self.pending
        if self.block is not None:
            first = next((place for place, line in enumerate(titles) if _is_title(line)), len(titles))
            notes = [line for place, line in enumerate(titles) if place < first or part_of(line)]
            titles = [line for place, line in enumerate(titles) if place >= first and not part_of(line)]
            self.block.parts += notes
        self.pending = []
        self._says_case = False
        self._add(layout, titles)

    def divide(self, layout: TableLayout, title: str) -> None:
        """Begin a block under the same header, as for 第2节 written across the table."""
        self.end_notes()
        self._add(layout, [title])

    def _add(self, layout: TableLayout, titles: list[str]) -> None:
        if self.block is not None and not self.block.parts:
            # Nothing stood between two titles: both are about what comes now.
            titles = [*self.blocks.pop().titles, *titles]
        self.about = read_titles(titles[-_MOST_TITLES:], self.about)
        self.block = Block(layout=name_unnamed(layout, titles), about=self.about, titles=titles)
        self.blocks.append(self.block)


def _read_grid(stream: _Stream, grid: Grid) -> None:
    layout: TableLayout | None = None
    row = 0
    while row < len(grid.rows):
        if not any(grid.rows[row]) or not grid.filled(row):
            # Blank but for cells merged from above.
            row += 1
            continue
        found = find_layout(grid, row, has_case=stream.has_case)
        if found is not None:
            if grid.problem:
                raise ReadError(grid.problem)
            if layout is None or stream.pending or found.turned_rows or not _is_same(layout, found):
                stream.begin_block(found)
            layout = found
            row = _after_header(stream, found, row)
            continue
        if layout is None or stream.block is None:
            stream.add(lines_of(grid, row))
        else:
            _read_row(stream, layout, grid, row)
        row += 1


def _after_header(stream: _Stream, layout: TableLayout, row: int) -> int:
    if not layout.turned_rows or stream.block is None:
        return layout.first_row
    stream.block.parts += range(layout.first_row, len(layout.grid.rows))
    return layout.turned_rows[-1] + 1


def _read_row(stream: _Stream, layout: TableLayout, grid: Grid, row: int) -> None:
    note = _note_in(layout, grid, row)
    if note is None and stream.block is not None:
        stream.end_notes()
        stream.block.parts.append(row)
    elif note is not None and _is_divider(note):
        stream.divide(layout, note)
    elif note is not None:
        stream.add([note])


def _is_same(one: TableLayout, other: TableLayout) -> bool:
    return [column.header for column in one.columns] == [column.header for column in other.columns]


def _note_in(layout: TableLayout, grid: Grid, row: int) -> str | None:
    # A row across the table, or one that begins with the name of a part: 社工反思, 备注.
    cells = grid.filled(row)
    column, first = cells[0]
    begins_note = bool(part_of(first) or _NOTE.match(first))
    if layout.turned_rows:
        return "：".join(text for _, text in cells)
    if len(cells) > 1:
        return f"{first.rstrip('：: ')}：{'　'.join(text for _, text in cells[1:])}" if begins_note else None
    merge = grid.merge_at(row, column)
    is_wide = 2 * (merge.right - merge.left + 1) > grid.width > 1
    case = layout.of("case")
    is_member = bool(case) and column == case[0].place and len(first) <= _LONGEST_CODE and not _SENTENCE.search(first)
    return (
        first
        if begins_note or is_wide or _is_divider(first) or (not is_member and len(first) > _LONGEST_CODE)
        else None
    )


def _is_divider(text: str) -> bool:
    return (
        len(text) <= _LONGEST_TITLE
        and find_session(text) is not None
        and not part_of(text)
        and not _SENTENCE.search(text)
    )


def lines_of(grid: Grid, row: int) -> list[str]:
    """A row that is no member's as lines: ``key：value`` where the cells stand side by side as such.

    >>> from qualkit.readers.grid import make_grid
    >>> lines_of(make_grid([["节次", "第3节", "日期", "2031-04-19"]], file="a.xlsx"), 0)
    ['节次：第3节', '日期：2031-04-19']
    """
    texts = iter([text for _, text in grid.filled(row)])
    lines = []
    for key in texts:
        is_key = bool(role_of(key) or is_header_key(key) or key.endswith(("：", ":")) or part_of(key))
        value = next(texts, None) if is_key else None
        lines.append(key if value is None else f"{key.rstrip('：: ')}：{value}")
    return lines


def read_titles(lines: Iterable[str], about: About) -> About:
    """What lines such as 第三节观察记录, 日期：2031-04-19 or 观察员：O1 say of the rows below.

    >>> read_titles(["小组观察记录 第3节", "观察员：O1"], About(date="2031-04-12", session=2))
    About(session=3, date='', observer='O1', case='')
    """
    said = About()
    for line in lines:
        if part_of(line) or len(line) > 2 * _LONGEST_TITLE:
            continue
        session, day = find_session(line), only_day(line)
        pairs = {role_of(match["key"]): match["value"] for match in _PAIR.finditer(line)}
        said = replace(
            said,
            session=_ordinal(pairs.get("session", "")) or session or said.session,
            date=day or said.date,
            observer=pairs.get("observer", said.observer),
            case=member_code(pairs.get("case", "")) or said.case,
        )
    if said.session not in (None, about.session):
        about = About(case=about.case)
    return About(
        session=said.session or about.session,
        date=said.date or about.date,
        observer=said.observer or about.observer,
        case=said.case or about.case,
    )


def _ordinal(text: str) -> int | None:
    try:
        return read_ordinal(text, text) if text else None
    except ReadError:
        return None


def _is_title(line: str) -> bool:
    if part_of(line) or _NOTE.match(line) or len(line) > 2 * _LONGEST_TITLE:
        return False
    return find_session(line) is not None or any(role_of(match["key"]) for match in _PAIR.finditer(line))
