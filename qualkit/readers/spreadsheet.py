"""Read the sheets of an Excel file as rows of text."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from qualkit.errors import ReadError
from qualkit.readers.archive import Archive
from qualkit.readers.decode import clean_text
from qualkit.readers.sheet_extent import sheet_extent
from qualkit.readers.sheet_values import hidden_rows, require_values, sheet_parts

_MOST_CELLS = 5_000_000
_MOST_ROWS = 250_000
_MOST_TEXT = 500_000_000

_WORKBOOK = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")

_STRING_ITEM_END = re.compile(rb"</(?:\w+:)?si>")
# How many texts a list says it has: room is made for them before they are read.
_SAID = re.compile(rb"[cC]ount\s*=\s*[\"']([^\"'<>]*)[\"']")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: its rows, the blocks of merged cells (first row, first column, last row, last column), all from 0.

    ``problem`` names cells that have no value to read; it is empty when all have one.
    """

    name: str
    rows: list[list[str]]
    merges: tuple[tuple[int, int, int, int], ...]
    hidden_rows: frozenset[int]
    problem: str


def read_sheet(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet with their numbers; values as Excel shows them without formats.

    A formula gives the value that was stored with it; without one, and for an error, the sheet is refused.
    """
    part = (_check_archive(data, name) or [_Part()])[0]
    if part.problem:
        raise ReadError(part.problem)
    with _damage_named(name):
        rows = _open(data, name).get_sheet_by_index(0).to_python(skip_empty_area=False)
    return ((number, _texts(row)) for number, row in enumerate(rows, start=1))


def read_sheets(data: bytes, name: str) -> list[Sheet]:
    """All sheets with cells that are not hidden, in their order."""
    parts = _check_archive(data, name)
    sheets = []
    with _damage_named(name):
        workbook = _open(data, name)
        for place, about in enumerate(workbook.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
                continue
            sheet = workbook.get_sheet_by_index(place)
            part = parts[place] if place < len(parts) else _Part()
            sheets.append(
                Sheet(
                    name=clean_text(about.name),
                    rows=[_texts(row) for row in sheet.to_python(skip_empty_area=False)],
                    merges=tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ()),
                    hidden_rows=part.hidden_rows,
                    problem=part.problem,
                )
            )
    return sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    # What the XML of a sheet says beside its values.
    problem: str = ""
    hidden_rows: frozenset[int] = frozenset()


def _open(data: bytes, name: str) -> Any:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    if not workbook.sheet_names:
        raise ReadError(f"{name} has no sheet. Open it in Excel and save it again.")
    return workbook


@contextmanager
def _damage_named(name: str) -> Iterator[None]:
    try:
        yield
    except PasswordError as error:
        raise ReadError(f"{name} is protected by a password. Remove it in Excel and save the file again.") from error
    except ReadError:
        raise
    except (CalamineError, ZipError, XmlError, OSError, ValueError) as error:
        raise _damaged(name, error) from error
    except BaseException as error:
        # What the reader in another language gives up on comes out of the order of errors.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(name, error) from error


def _damaged(name: str, error: object) -> ReadError:
    return ReadError(f"{name} is damaged ({error}). Open it in Excel, let it be repaired and save it again.")


# Most cells of a questionnaire are small whole numbers: their text is made once.
_WHOLE = {float(number): str(number) for number in range(1_000)}


def _texts(row: list[object]) -> list[str]:
    return [_WHOLE[one] if one.__class__ is float and one in _WHOLE else _as_text(one) for one in row]


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return clean_text(str(value))


def _check_archive(data: bytes, name: str) -> list[_Part]:
    # All parts are unpacked once under a limit, before the reader in another language sees them.
    archive = Archive(data, name, kind=".xlsx")
    members = archive.names()
    if "xl/workbook.xml" not in members:
        raise ReadError(f"{name} has no part 'xl/workbook.xml', so it is not an Excel file. Save it as .xlsx.")
    order = sheet_parts(*(_plain_xml(archive, one) if one in members else b"" for one in _WORKBOOK))
    sheets: dict[str, _Part] = {}
    longest_string = 0
    n_cells = 0
    for member in members:
        content = _plain_xml(archive, member)
        # A sheet may lie under any name that the workbook gives it.
        if b"sheetData" in content:
            n_cells += _check_extent(content, name, member)
            sheets[member] = _look_at(content, name)
        elif _is_list_of_texts(content):
            _check_count(content, name)
            ends = [0, *(match.end() for match in _STRING_ITEM_END.finditer(content))]
            longest_string = max((after - before for before, after in pairwise(ends)), default=0)
    # Counted only where it can matter: most sheets are small, or have no long text.
    n_shared = sum(_count_shared(archive, one) for one in sheets) if n_cells * longest_string > _MOST_TEXT else 0
    if n_shared * longest_string > _MOST_TEXT:
        raise ReadError(f"{name}: its cells repeat a text of {longest_string:,} bytes {n_shared:,} times. Shorten it.")
    return [sheets.get(part or "", _Part()) for part in order] or list(sheets.values())


def _is_list_of_texts(content: bytes) -> bool:
    return b"sst" in content and re.search(rb"<(?:\w+:)?sst[\s/>]", content) is not None


def _check_count(content: bytes, name: str) -> None:
    for said in _SAID.findall(content):
        if not said.strip().isdigit() or int(said[:20]) > len(content):
            raise ReadError(
                f"{name}: its list of texts says that it has {said[:20].decode('latin-1')}, more than fit into it. "
                "Open it in Excel and save it again."
            )


def _look_at(content: bytes, name: str) -> _Part:
    try:
        require_values(content, name)
    except ReadError as error:
        return _Part(problem=str(error), hidden_rows=hidden_rows(content))
    return _Part(hidden_rows=hidden_rows(content))


def _count_shared(archive: Archive, member: str) -> int:
    # t="s" marks a cell with a shared text; nothing else in a sheet is the letter alone.
    content = _plain_xml(archive, member)
    return content.count(b'"s"') + content.count(b"'s'")


def _plain_xml(archive: Archive, member: str) -> bytes:
    # Without the NULs of UTF-16, so that names can be looked for in the bytes.
    is_xml = member.lower().endswith((".xml", ".rels"))
    return (archive.read_xml(member) if is_xml else archive.read(member)).replace(b"\0", b"")


def _check_extent(content: bytes, name: str, member: str) -> int:
    # One cell far away makes a sheet of billions of blank ones.
    n_rows, n_columns = sheet_extent(content)
    if n_rows > _MOST_ROWS or n_rows * n_columns > _MOST_CELLS:
        raise ReadError(
            f"{name}, part {member!r}: the sheet reaches to row {n_rows:,} and column {n_columns:,}; up to "
            f"{_MOST_ROWS:,} rows and {_MOST_CELLS:,} cells are read. "
            "Copy the table alone into a new sheet and save it."
        )
    return n_rows * n_columns
