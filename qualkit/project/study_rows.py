"""Go through the rows of a study's table so that everything wrong with it is said at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, select

from qualkit.errors import QualkitError, ReadError
from qualkit.project.lookups import present
from qualkit.project.schema import imports
from qualkit.readers.table import read_rows

NumberedRow = tuple[int, dict[str, str]]

_MOST_PROBLEMS = 20


class Problems:
    """What is wrong with the rows of one file."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.lines: list[str] = []

    @contextmanager
    def at(self, number: int | None = None) -> Iterator[None]:
        """Note an error of this row and go on with the next."""
        try:
            yield
        except QualkitError as error:
            place = self.name if number is None else f"{self.name}, row {number}"
            self.lines.append(f"{place}: {error}")

    def refuse(self) -> None:
        """Raise when there was any problem: then nothing of the file is kept."""
        if not self.lines:
            return
        more = len(self.lines) - _MOST_PROBLEMS
        rest = [f"and {more} more"] if more > 0 else []
        raise ReadError("\n".join([*self.lines[:_MOST_PROBLEMS], *rest]))


def read_numbered(path: Path, *, required: Sequence[str], names: Mapping[str, str] | None = None) -> list[NumberedRow]:
    """The rows of a table as dicts, each with its number in the file."""
    table = read_rows(path)
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
