"""Write a table as a CSV or Excel file that people open and qualkit reads back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from numbers import Integral, Real
from pathlib import Path
from typing import TYPE_CHECKING

from qualkit.atomic import write_atomically
from qualkit.checks import require_choice, require_table
from qualkit.errors import DataError, OptionError
from qualkit.headings import heading, value_word, yes_no_word

if TYPE_CHECKING:
    import pandas as pd

Cell = str | int | float | None

_SUFFIXES = (".csv", ".xlsx")
_MOST_ROWS, _MOST_COLUMNS, _LONGEST = 1_048_575, 16_384, 32_767
_NARROWEST, _WIDEST, _ROWS_LOOKED_AT = 6, 42, 500

# Excel takes a cell that begins so for a formula, also from a CSV file.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def write_table(
    table: pd.DataFrame,
    path: str | Path,
    *,
    language: str = "zh",
    headings: Mapping[str, str] | None = None,
    words: Collection[str] | None = None,
) -> Path:
    """Write a table to a ``.csv`` or ``.xlsx`` file, whole or not at all.

    Parameters
    ----------
    table : DataFrame
        A missing value becomes a blank cell, yes and no become 是 and 否, dates ISO 8601.
    path : str or Path
        CSV is UTF-8 with a byte order mark, so that Excel shows Chinese; a sheet has its header frozen.
    language : {"zh", "en"}
        Of the headers and of values such as ``given``; in English they are qualkit's own names.
    headings : mapping, optional
        What to head a column with instead.
    words : list of str, optional
        The columns whose values are written as words; otherwise all that qualkit has words for.

    Notes
    -----
    Text that begins with ``=``, ``+``, ``-`` or ``@`` never becomes a formula: in a sheet it is text, in
    CSV it gets an apostrophe before it, which ``unguard`` and qualkit's readers of these tables
    take away again.

    Examples
    --------
    >>> import tempfile, pandas as pd
    >>> table = pd.DataFrame({"case": ["A1", "A2"], "role": "member", "note": ["=1+1", None]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(write_table(table, Path(folder, "people.csv")).read_text(encoding="utf-8-sig"))
    "编号","角色","备注"
    A1,组员,'=1+1
    A2,组员,
    <BLANKLINE>
    """
    require_table(table, what="table")
    require_choice("language", language, ("zh", "en"))
    path = Path(path)
    if path.suffix.lower() not in _SUFFIXES:
        raise OptionError(f"{path.name!r} is no table. Let its name end in .csv or .xlsx.")
    header = _header([str(name) for name in table.columns], language, headings or {})
    in_words = [str(name) for name in (table.columns if words is None else words)]
    columns = [_cells(table[name], str(name) if name in in_words else "", language) for name in table.columns]
    rows = list(zip(*columns, strict=True))
    is_csv = path.suffix.lower() == ".csv"
    return write_atomically(path, _csv_bytes(header, rows) if is_csv else _xlsx_bytes(header, rows))


def guard(text: str) -> str:
    """``text`` so that no spreadsheet takes it for a formula.

    >>> guard("=1+1"), guard("'=x"), guard("3-4")
    ("'=1+1", "''=x", '3-4')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """What ``guard`` was given.

    >>> unguard("'=1+1"), unguard("''=x"), unguard("'quoted'")
    ('=1+1', "'=x", "'quoted'")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _header(names: Sequence[str], language: str, headings: Mapping[str, str]) -> list[str]:
    # Two columns never get the same header: the second keeps its own name.
    header: list[str] = []
    for name in names:
        shown = headings.get(name) or heading(name, language)
        header.append(name if shown in header or (shown != name and shown in names) else shown)
    return header


def _cells(values: pd.Series, name: str, language: str) -> list[Cell]:
    return [_cell(value, name, language) for value in values.tolist()]


def _cell(value: object, name: str, language: str) -> Cell:
    if isinstance(value, str):
        return value_word(name, value, language)
    if isinstance(value, (list, tuple, set)):
        return "；".join(str(one) for one in value) or None
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
        return None
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return yes_no_word(bool(value), language)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Integral):
        return int(value)
    return float(value) if isinstance(value, Real) else str(value)


def _csv_bytes(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    # A header in quotes leaves no doubt which sign parts the columns.
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([guard(name) for name in header])
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([guard(cell) if isinstance(cell, str) else _shown(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _shown(cell: int | float | None) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else repr(cell)


def _xlsx_bytes(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    import xlsxwriter

    _require_room(header, rows)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        top = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
        body = book.add_format({"valign": "top", "text_wrap": True})
        for column, name in enumerate(header):
            sheet.write_string(0, column, name, top)
            sheet.set_column(column, column, _width(header, rows, column))
        for number, column, cell in _filled(rows):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell, body)
            elif math.isfinite(cell) and float(f"{cell:.16G}") == cell:
                sheet.write_number(number, column, cell, body)
            else:
                # Excel keeps no more than sixteen digits of a number.
                sheet.write_string(number, column, repr(cell), body)
        sheet.freeze_panes(1, 0)
    return stream.getvalue()


def _filled(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, int, str | int | float]]:
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if cell is not None:
                yield number, column, cell


def _require_room(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    if len(rows) > _MOST_ROWS or len(header) > _MOST_COLUMNS:
        raise DataError(
            f"{len(rows):,} rows and {len(header):,} columns are more than a sheet holds "
            f"({_MOST_ROWS:,} and {_MOST_COLUMNS:,}). Write a .csv file."
        )
    for number, column, cell in _filled(rows):
        # Excel counts in UTF-16.
        if (
            isinstance(cell, str)
            and 2 * len(cell) > _LONGEST
            and len(cell.encode("utf-16-le", "replace")) > 2 * _LONGEST
        ):
            raise DataError(
                f"row {number}, {header[column]}: {len(cell):,} characters are more than a cell of a sheet holds "
                f"({_LONGEST:,}). Write a .csv file."
            )


def _width(header: Sequence[str], rows: Sequence[Sequence[Cell]], column: int) -> int:
    # In digits, as Excel counts: a Chinese character is two of them.
    texts = [header[column], *(str(row[column]) for row in rows[:_ROWS_LOOKED_AT] if row[column] is not None)]
    lines = [line for text in texts for line in text.split("\n")]
    longest = max(sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line) for line in lines)
    return min(max(longest + 2, _NARROWEST), _WIDEST)
