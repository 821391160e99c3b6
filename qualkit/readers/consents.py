"""Read who agreed to what: one row per person and use, or persons by uses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qualkit.errors import ReadError
from qualkit.headings import find_value
from qualkit.readers.cells import read_day
from qualkit.readers.named_table import NamedRow, NamedTable, read_named
from qualkit.readers.problems import Problems

USES = ("interview", "recording", "quotation", "sharing")
STATUSES = ("given", "refused", "withdrawn", "not_asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What one person said to one use; ``number`` is the row in the file."""

    number: int
    case: str
    use: str
    status: str
    date: str
    by: str
    note: str


def read_consents(path: str | Path) -> list[Consent]:
    """Read consent from a ``.csv`` or ``.xlsx`` file.

    Parameters
    ----------
    path : str or Path
        Either one row per person and use with the columns 编号 (``case``), 用途 (``use``), 状态
        (``status``); or one row per person with a column for each use: 访谈, 录音, 引用, 共享
        (``interview``, ``recording``, ``quotation``, ``sharing``). Perhaps 日期, 同意人 (监护人 or 本人), 备注.
        The status is 同意, 拒绝, 撤回, 未询问, also √ and ×; a blank cell says nothing.

    Raises
    ------
    ReadError
        All cells that are none of these, and a person who stands twice for one use.
    """
    path = Path(path)
    table = read_named(path, ["case", "use", "status", "date", "by", "note"], required=["case"])
    uses = {header: use for header in table.others if (use := find_value("use", header))}
    if not uses and not {"use", "status"} <= set(table.headers):
        raise ReadError(
            f"{table.name}: consent to what? Head the columns case, use, status (编号、用途、状态), or 编号 and then "
            "one column per use: 访谈, 录音, 引用, 共享."
        )
    problems = Problems(path)
    seen: dict[tuple[str, str], Consent] = {}
    for row in table.rows:
        for use, text in _uses_of(row, uses):
            with problems.at(row.number):
                one = _consent(table, row, use, text)
                if one is None:
                    continue
                before = seen.setdefault((one.case, one.use), one)
                if before is not one:
                    raise ReadError(f"{one.case}, {one.use} stands in row {before.number} already. Keep one.")
    problems.refuse()
    return list(seen.values())


def _uses_of(row: NamedRow, uses: dict[str, str]) -> list[tuple[str, str]]:
    if uses:
        return [(use, row.others[header]) for header, use in uses.items()]
    return [(row.values["use"], row.values["status"])]


def _consent(table: NamedTable, row: NamedRow, use: str, text: str) -> Consent | None:
    case = row.values["case"]
    if not case:
        raise ReadError("the case is blank. Give every person a code, such as A1.")
    if not text:
        return None
    known = find_value("use", use)
    if known is None:
        raise ReadError(f"use is {use!r}. Write 访谈, 录音, 引用 or 共享 ({', '.join(USES)}).")
    status = find_value("status", text)
    if status not in STATUSES:
        raise ReadError(f"status is {text!r}. Write 同意, 拒绝, 撤回 or 未询问 ({', '.join(STATUSES)}).")
    by = row.values.get("by", "")
    return Consent(
        number=row.number,
        case=case,
        use=known,
        status=status,
        date=read_day(row.values.get("date", ""), table.place(row, "date")),
        by=find_value("by", by) or by,
        note=row.values.get("note", ""),
    )
