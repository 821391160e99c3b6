"""Read a table whose columns are known by several names, with the cells guarded against formulas as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qualkit.errors import ReadError
from qualkit.headings import find_columns, heading
from qualkit.readers.table import Rows, read_rows
from qualkit.spreadsheets import unguard

_MOST_ROWS = 20_000
_MOST_CELLS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRow:
    """A row with its number in the file: the known columns by their name, the others by their header."""

    number: int
    values: dict[str, str]
    others: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTable:
    """The rows of a table, and which header stands for which known column."""

    name: str
    headers: dict[str, str]
    others: list[str]
    rows: list[NamedRow]

    def place(self, row: NamedRow, column: str) -> str:
        """What to call a cell in a message."""
        return f"row {row.number}, {self.headers.get(column, column)}"


def require_few_rows(table: Rows) -> None:
    """Raise ``ReadError`` for more rows than any study has people, sessions or codings."""
    if len(table.rows) > _MOST_ROWS:
        raise ReadError(f"{table.name} has {len(table.rows):,} rows; up to {_MOST_ROWS:,} are read. Split the table.")
    n_cells = len(table.rows) * len(table.header)
    if n_cells > _MOST_CELLS:
        raise ReadError(f"{table.name} has {n_cells:,} cells; up to {_MOST_CELLS:,} are read. Split the table.")


def read_named(path: str | Path, columns: Sequence[str], *, required: Sequence[str] = ()) -> NamedTable:
    """Read a ``.csv`` or ``.xlsx`` file; ``ReadError`` names every required column that is not there."""
    table = read_rows(path)
    require_few_rows(table)
    # Only what was guarded for a CSV file is taken back; a sheet holds its text as it is.
    clean = str if Path(path).suffix.lower() in (".xlsx", ".xlsm") else unguard
    header = [clean(one) for one in table.header]
    places = find_columns(header, columns)
    missing = [column for column in required if column not in places]
    if missing:
        wanted = ", ".join(f"{column} ({heading(column, 'zh')})" for column in missing)
        raise ReadError(f"{table.name} has no column {wanted}; it has {', '.join(header)}. Rename or add it.")
    taken = set(places.values())
    rest = {one: place for place, one in enumerate(header) if place not in taken}
    rows = [
        NamedRow(
            number=row.number,
            values={column: clean(row.cells[place]) for column, place in places.items()},
            others={one: clean(row.cells[place]) for one, place in rest.items()},
        )
        for row in table.rows
    ]
    headers = {column: header[place] for column, place in places.items()}
    return NamedTable(name=table.name, headers=headers, others=list(rest), rows=rows)
