"""Go through the rows of a study's table so that everything wrong with it is said at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection, select

from qualkit.errors import ReadError
from qualkit.project.lookups import present
from qualkit.project.schema import imports
from qualkit.readers.named_table import require_few_rows
from qualkit.readers.problems import Problems
from qualkit.readers.table import read_rows

__all__ = ["NumberedRow", "Problems", "read_numbered", "was_imported"]

NumberedRow = tuple[int, dict[str, str]]


def read_numbered(path: Path, *, required: Sequence[str], names: Mapping[str, str] | None = None) -> list[NumberedRow]:
    """The rows of a table as dicts, each with its number in the file."""
    table = read_rows(path)
    require_few_rows(table)
    header = [(names or {}).get(one, one) for one in table.header]
    missing = [name for name in required if name not in header]
    if missing:
        raise ReadError(
            f"{path.name} has no column {', '.join(missing)}; it has {', '.join(table.header)}. Rename or add it."
        )
    return [(row.number, dict(zip(header, row.cells, strict=True))) for row in table.rows]


def was_imported(connection: Connection, kind: str) -> bool:
    """Whether a file of this kind is in the project."""
    statement = select(imports.c.path).where(imports.c.kind == kind, present(imports))
    return connection.execute(statement).first() is not None
