"""Collect what is wrong with the rows of one file, so that everything is said at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qualkit.errors import QualkitError, ReadError

_MOST_PROBLEMS = 20
# Nobody mends more at once, and looking for them takes time.
_MOST_COUNTED = 1_000


class Problems:
    """What is wrong with the rows of one file."""

    def __init__(self, path: Path | str) -> None:
        self.name = Path(path).name
        self.lines: list[str] = []

    @contextmanager
    def at(self, number: int | None = None) -> Iterator[None]:
        """Note an error of this row and go on with the next."""
        try:
            yield
        except QualkitError as error:
            self.add(number, str(error))

    def add(self, number: int | None, problem: str) -> None:
        """Note what is wrong with this row."""
        place = self.name if number is None else f"{self.name}, row {number}"
        self.lines.append(f"{place}: {problem}")
        if len(self.lines) >= _MOST_COUNTED:
            self.refuse()

    def refuse(self) -> None:
        """Raise when there was any problem: then nothing of the file is kept."""
        if not self.lines:
            return
        more = len(self.lines) - _MOST_PROBLEMS
        least = "at least " if len(self.lines) >= _MOST_COUNTED else ""
        rest = [f"and {least}{more} more"] if more > 0 else []
        raise ReadError("\n".join([*self.lines[:_MOST_PROBLEMS], *rest]))
