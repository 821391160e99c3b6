"""Read a table from a CSV or Excel file: everything as trimmed text, the first row as header."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from qualkit.errors import ReadError
from qualkit.readers.cells import shorten
from qualkit.readers.decode import decode_text
from qualkit.readers.files import read_bytes
from qualkit.readers.spreadsheet import read_sheet
from qualkit.remarks import Remark

_DELIMITERS = (",", ";", "\t")
_MOST_CELLS = 2_500_000
_MOST_COLUMNS = 16_384
_MOST_ROWS = 200_000
_MOST_LINES = 2_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table with its number in the file."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Rows:
    """A header and the rows below it; each row has as many cells as the header."""

    name: str
    header: list[str]
    rows: list[Row]

    def cell(self, row: Row, column: int) -> str:
        """What to call a cell in a message: row, column letter and header."""
        return f"{self.name}, row {row.number}, column {column_letter(column)} ({self.header[column]})"


def read_table(path: str | Path) -> pd.DataFrame:
    """Read a ``.csv`` or ``.xlsx`` file.

    Parameters
    ----------
    path : str or Path
        CSV in any encoding that text files may have, separated by comma, semicolon or tab; of
        Excel files the first sheet.

    Returns
    -------
    DataFrame
        All values are text without space around them, a blank cell is ``""``; what looks like a
        formula stays text. Whole numbers of Excel have no decimals, dates are ``2031-04-19``.
        Blank rows are left out.

    Raises
    ------
    ReadError
        For a header that is blank or occurs twice, and a row longer than the header, with the place.
    """
    rows = read_rows(path)
    columns = {header: [row.cells[place] for row in rows.rows] for place, header in enumerate(rows.header)}
    return pd.DataFrame(columns, columns=rows.header, dtype="str" if columns else None)


def read_rows(path: str | Path) -> Rows:
    """Read a table as rows that know their number in the file."""
    path = Path(path)
    suffix = path.suffix.lower()
    data = read_bytes(path)
    if suffix in (".csv", ".tsv", ".txt"):
        grid = read_csv_rows(data, path.name)
    elif suffix in (".xlsx", ".xlsm"):
        grid = read_sheet(data, path.name)
    else:
        raise ReadError(
            f"{path.name}: a table of the kind {suffix or '(no ending)'} cannot be read. Save it as .xlsx or .csv."
        )
    return _with_header(grid, path.name)


def column_letter(place: int) -> str:
    """The letter of a column as spreadsheets show it.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_csv_rows(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file as they stand there, each with its number."""
    text, _ = decode_text(data, name)
    if text.count("\n") > _MOST_LINES:
        raise ReadError(f"{name} has more than {_MOST_LINES:,} lines. Remove blank ones, or split the table.")
    lines = text.split("\n")
    first = 0
    if match := re.fullmatch(r"\s*sep=(.)\s*", lines[0]):
        # Excel's own way of naming the separator.
        first, delimiter = 1, match[1]
    else:
        delimiter = _sniff(next((line for line in lines if line.strip()), ""))
    reader = csv.reader((line + "\n" for line in lines[first:]), delimiter=delimiter, strict=True)
    number = first + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ReadError(
                f"{name}, row {number}: not a CSV row ({error}). Close each cell that a quote opens with "
                f'another; inside it write "" for a quote.'
            ) from error
        yield number, cells
        number = first + reader.line_num + 1


def _sniff(line: str) -> str:
    unquoted = re.sub(r'"[^"]*"', "", line)
    return max(_DELIMITERS, key=unquoted.count)


def _with_header(grid: Iterator[tuple[int, list[str]]], name: str) -> Rows:
    header: list[str] | None = None
    rows: list[Row] = []
    n_cells = 0
    for number, raw in grid:
        cells = [cell.strip() for cell in raw]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if header is None:
            header = _check_header(cells, name, number)
            continue
        if len(cells) > len(header):
            raise _too_many_cells(cells, header, name, number)
        n_cells += len(header)
        if len(rows) >= _MOST_ROWS:
            raise ReadError(f"{name} has more than {_MOST_ROWS:,} rows. Split the table.")
        if n_cells > _MOST_CELLS:
            raise ReadError(f"{name} has more than {_MOST_CELLS:,} cells. Split the table.")
        rows.append(Row(number, cells + [""] * (len(header) - len(cells))))
    if header is None:
        raise ReadError(
            Remark(
                f"{name} has no rows. Write the names of the columns into its first row.",
                f"{name} 里没有内容。第一行应写各列的名称。",
            )
        )
    return Rows(name, header, rows)


def _too_many_cells(cells: list[str], header: list[str], name: str, number: int) -> ReadError:
    place = next(place for place in range(len(header), len(cells)) if cells[place])
    if len(header) == 1:
        remedy = f"Remove {header[0]!r} if it is a title: the first row holds the names of the columns."
    else:
        remedy = "Put text with a comma in quotes, or give the column a name in the header."
    return ReadError(
        f"{name}, row {number}, column {column_letter(place)}: {shorten(cells[place])} has no column, "
        f"the header has {len(header)}. {remedy}"
    )


def _check_header(cells: list[str], name: str, number: int) -> list[str]:
    if len(cells) > _MOST_COLUMNS:
        raise ReadError(f"{name}, row {number}: {len(cells):,} columns, more than {_MOST_COLUMNS:,}. Split the table.")
    seen: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if not cell:
            raise ReadError(
                Remark(
                    f"{name}, row {number}, column {column_letter(place)}: the header is blank. "
                    f"Write one name per column into the first row, and remove titles above it and merged cells.",
                    f"{name}，第 {number} 行 {column_letter(place)} 列：表头是空的。第一行每列写一个名称，"
                    f"上方不要有标题行，不要合并单元格。",
                )
            )
        if cell in seen:
            raise ReadError(
                Remark(
                    f"{name}, row {number}: the header {shorten(cell)} stands in columns {column_letter(seen[cell])} "
                    f"and {column_letter(place)}. Give each column a name of its own.",
                    f"{name}，第 {number} 行：{column_letter(seen[cell])} 列和 {column_letter(place)} 列的表头都是"
                    f" {shorten(cell)}。请给每列不同的名称。",
                )
            )
        seen[cell] = place
    return cells
