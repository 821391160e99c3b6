"""Read the first sheet of an Excel file as rows of text."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from itertools import pairwise

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, XmlError, ZipError

from qualkit.errors import ReadError
from qualkit.readers.archive import Archive
from qualkit.readers.decode import clean_text
from qualkit.readers.sheet_values import first_sheet, require_values

_MOST_CELLS = 5_000_000
_MOST_TEXT = 500_000_000

_WORKBOOK = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")

_CELL_PLACE = re.compile(rb"(?<![\w:.-])r\s*=\s*[\"']\s*([A-Za-z]{0,12})([0-9]{1,20})\s*[\"']")
_SHARED = re.compile(rb"\st\s*=\s*[\"']s[\"']")
_STRING_ITEM_END = re.compile(rb"</(?:\w+:)?si>")


def read_sheet(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet with their numbers; values as Excel shows them without formats.

    A formula gives the value that was stored with it; without one, and for an error, the sheet is refused.
    """
    _check_archive(data, name)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if not workbook.sheet_names:
            raise ReadError(f"{name} has no sheet. Open it in Excel and save it again.")
        sheet = workbook.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except PasswordError as error:
        raise ReadError(f"{name} is protected by a password. Remove it in Excel and save the file again.") from error
    except (CalamineError, ZipError, XmlError, OSError, ValueError) as error:
        raise ReadError(
            f"{name} is damaged ({error}). Open it in Excel, let it be repaired and save it again."
        ) from error
    return ((number, [_as_text(value) for value in row]) for number, row in enumerate(rows, start=1))


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return clean_text(str(value))


def _check_archive(data: bytes, name: str) -> None:
    # All parts are unpacked once under a limit, before the reader in another language sees them.
    archive = Archive(data, name, kind=".xlsx")
    members = archive.names()
    if "xl/workbook.xml" not in members:
        raise ReadError(f"{name} has no part 'xl/workbook.xml', so it is not an Excel file. Save it as .xlsx.")
    relations = "xl/_rels/workbook.xml.rels"
    first = first_sheet(
        *(_plain_xml(archive, one) if one in members else b"" for one in ("xl/workbook.xml", relations))
    )
    longest_string = 0
    n_shared = 0
    for member in members:
        content = _plain_xml(archive, member)
        # A sheet may lie under any name that the workbook gives it.
        if b"sheetData" in content:
            _check_extent(content, name, member)
            if first in (member, None):
                require_values(content, name)
            n_shared += len(_SHARED.findall(content))
        elif member.startswith("xl/sharedStrings"):
            ends = [0, *(match.end() for match in _STRING_ITEM_END.finditer(content))]
            longest_string = max((after - before for before, after in pairwise(ends)), default=0)
    if n_shared * longest_string > _MOST_TEXT:
        raise ReadError(f"{name}: its cells repeat a text of {longest_string:,} bytes {n_shared:,} times. Shorten it.")


def _plain_xml(archive: Archive, member: str) -> bytes:
    # Without the NULs of UTF-16, so that names can be looked for in the bytes.
    is_xml = member.lower().endswith((".xml", ".rels"))
    return (archive.read_xml(member) if is_xml else archive.read(member)).replace(b"\0", b"")


def _check_extent(content: bytes, name: str, member: str) -> None:
    # One cell far away makes a sheet of billions of blank ones.
    n_rows = n_columns = 1
    for letters, row in _CELL_PLACE.findall(content):
        n_rows = max(n_rows, int(row))
        column = 0
        for letter in letters.upper():
            column = 26 * column + letter - ord("A") + 1
        n_columns = max(n_columns, column)
    if n_rows * n_columns > _MOST_CELLS:
        raise ReadError(
            f"{name}, part {member!r}: the sheet reaches to row {n_rows:,} and column {n_columns:,}, "
            f"more than {_MOST_CELLS:,} cells. Copy the table alone into a new sheet and save it."
        )
