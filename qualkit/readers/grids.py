"""Read every sheet or table of a file as a grid: csv, xlsx, docx, odt."""

from __future__ import annotations

from pathlib import Path

from qualkit.errors import ReadError
from qualkit.readers.content import Content
from qualkit.readers.files import read_bytes
from qualkit.readers.grid import Grid, Merge, make_grid
from qualkit.readers.odt_tables import read_odt_tables
from qualkit.readers.spreadsheet import read_sheets
from qualkit.readers.table import read_csv_rows
from qualkit.readers.word_tables import read_word_tables
from qualkit.readers.word_xml import find_main_part

#: Endings of files that may hold an observation record.
GRID_SUFFIXES = (".csv", ".docx", ".odt", ".tsv", ".xlsm", ".xlsx")


def read_grids(path: str | Path) -> list[Grid]:
    """The sheets of an Excel file, the tables of a document, or the one table of a CSV file.

    What a file is shows in its content; text is taken for CSV. Hidden sheets are left out. Documents
    give the lines around each table too; one without a table gives a grid without rows.
    """
    path = Path(path)
    return grids_of(Content(read_bytes(path), path.name))


def grids_of(content: Content) -> list[Grid]:
    """As ``read_grids``, from bytes that were read already."""
    name, data, members = content.name, content.data, content.members
    if find_main_part(members) or content.suffix in (".docx", ".doc"):
        return read_word_tables(data, name)
    if content.suffix == ".odt" and members:
        return read_odt_tables(data, name)
    if members or content.suffix in (".xlsx", ".xlsm", ".xls"):
        sheets = read_sheets(data, name)
        return [
            make_grid(
                sheet.rows,
                file=name,
                name=sheet.name,
                label=f"sheet {sheet.name}" if len(sheets) > 1 else "",
                merges=tuple(Merge(*one) for one in sheet.merges),
                hidden_rows=sheet.hidden_rows,
                problem=sheet.problem,
            )
            for sheet in sheets
        ]
    if content.suffix not in GRID_SUFFIXES and content.suffix != ".txt":
        raise ReadError(
            f"{name}: a table of the kind {content.suffix or '(no ending)'} cannot be read. "
            "Save it as .xlsx, .docx or .csv."
        )
    numbered = list(read_csv_rows(data, name))
    return [make_grid([cells for _, cells in numbered], file=name, numbers=[number for number, _ in numbered])]
