"""Read who was there in the group sessions: one row per session and member, or members by sessions with √ and ×."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qualkit.errors import ReadError
from qualkit.readers.cells import read_ordinal, read_yes_no
from qualkit.readers.identifying import is_identifying
from qualkit.readers.named_table import NamedTable, read_named
from qualkit.readers.problems import Problems

# What is written in a cell in the place of √ and ×, and whether somebody was there.
_WORDS = {
    **dict.fromkeys(("请假", "事假", "病假", "公假", "因病请假", "因事请假", "excused"), False),
    **dict.fromkeys(("迟到", "早退", "中途离开", "晚到", "late", "leftearly"), True),
}
_MARK = re.compile("(?P<mark>[√✓✔☑×✗✘☒xX10])[\\s,，;；:：]*[（(]?(?P<note>[^（()）]+)[)）]?")
_BRACKETED = re.compile("(?P<word>[^（()）]+)[（(](?P<note>[^（()）]+)[)）]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """Whether one member was there in one session; ``number`` is the row in the file."""

    number: int
    session: int
    case: str
    attended: bool
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """The entries of a table, and the columns that were not used."""

    entries: list[Attended]
    notes: list[str]


def read_attendance(path: str | Path) -> Attendance:
    """Read attendance from a ``.csv`` or ``.xlsx`` file.

    Parameters
    ----------
    path : str or Path
        Either one row per session and member with the columns 节次 (``session``), 编号 (``case``), 出席
        (``attended``) and perhaps 备注 (``note``); or one row per member with a column for each session
        (1, 第1节 …); or one row per session with a column for each member. In the cells stand √ or ×, 1 or
        0, 是 or 否, 请假 (not there, with that note), 迟到 (there, with that note), ×（生病）. A blank cell is
        not recorded: neither there nor absent.

    Raises
    ------
    ReadError
        All cells that are none of these, and all entries that contradict an earlier one.
    """
    path = Path(path)
    table = read_named(path, ["session", "case", "attended", "note"])
    problems = Problems(path)
    cells = _cells(table)
    unused = [one for one in table.others if not _is_used(table, one)]
    seen: dict[tuple[int, str], Attended] = {}
    for number, where, session, case, text, note in cells:
        with problems.at(number):
            if not case:
                raise ReadError("the case is blank. Enter the member's code, or remove the row.")
            marked = read_mark(text, where)
            if marked is None:
                continue
            day = read_ordinal(session, where)
            entry = Attended(number=number, session=day, case=case, attended=marked[0], note=note or marked[1])
            before = seen.setdefault((day, case), entry)
            if (before.attended, before.note) != (entry.attended, entry.note):
                raise ReadError(f"{case} in session {day} stands in row {before.number} already, otherwise. Keep one.")
    problems.refuse()
    notes = [f"not used: {', '.join(unused)}"] if unused else []
    return Attendance(entries=list(seen.values()), notes=notes)


def read_mark(text: str, place: str) -> tuple[bool, str | None] | None:
    """Whether somebody was there, and the note on it; ``None`` for a blank cell.

    >>> read_mark("√", ""), read_mark("请假", ""), read_mark("迟到10分钟", ""), read_mark("×（生病）", "")
    ((True, None), (False, '请假'), (True, '迟到10分钟'), (False, '生病'))
    """
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
    if not plain:
        return None
    if plain in _WORDS:
        return _WORDS[plain], text.strip()
    try:
        return read_yes_no(text, place), None  # type: ignore[return-value]
    except ReadError:
        pass  # more than a mark: looked at below
    if match := _MARK.fullmatch(text.strip()):
        return bool(read_yes_no(match["mark"], place)), match["note"].strip()
    for word, was_there in _WORDS.items():
        if plain.startswith(word):
            return was_there, text.strip()
    if match := _BRACKETED.fullmatch(text.strip()):
        return bool(read_yes_no(match["word"], place)), match["note"].strip()
    raise ReadError(f"attended is {text!r} ({place}). Write √ or ×, 1 or 0, 请假, 迟到, or leave it blank.")


def _cells(table: NamedTable) -> Iterator[tuple[int, str, str, str, str, str]]:
    # Row number, place, session, case, mark, note.
    headers = table.headers
    if {"session", "case", "attended"} <= set(headers):
        for row in table.rows:
            values = row.values
            place = table.place(row, "attended")
            yield row.number, place, values["session"], values["case"], values["attended"], values.get("note", "")
    elif "case" in headers and "session" not in headers and any(map(_is_session, table.others)):
        for row in table.rows:
            for header in filter(_is_session, table.others):
                yield row.number, table.place(row, header), header, row.values["case"], row.others[header], ""
    elif "session" in headers and "case" not in headers and "attended" not in headers:
        for row in table.rows:
            for header in table.others:
                yield row.number, table.place(row, header), row.values["session"], header, row.others[header], ""
    else:
        raise ReadError(
            f"{table.name}: it is not clear who was there when. Head the columns session, case, attended "
            "(节次、编号、出席), or 编号 and then one column per session (1, 2 … or 第1节)."
        )


def _is_used(table: NamedTable, header: str) -> bool:
    if "case" in table.headers:
        return "session" not in table.headers and _is_session(header)
    return True


def _is_session(header: str) -> bool:
    if is_identifying(header):
        return False
    try:
        return read_ordinal(header, "") > 0
    except ReadError:
        return False
