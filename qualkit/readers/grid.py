"""A table as it stands in a file: its cells as text, which of them are merged, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qualkit.errors import ReadError
from qualkit.readers.table import column_letter

_MOST_CELLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Merge:
    """A block of cells that was made one: from row ``top`` to ``bottom``, both in it, as for the columns."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A sheet, or a table of a document, as equally long rows of trimmed text.

    Rows and columns are counted from 0; ``numbers`` are those of the rows in the file. The text of a
    merged cell stands in its first one. ``above`` and ``below`` are the lines around a table of a document.
    ``name`` is that of the sheet and ``label`` what to call it among several.
    ``problem`` says why the values of a sheet cannot be relied on; it matters to whoever reads them.
    """

    file: str
    name: str = ""
    label: str = ""
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    problem: str = ""
    is_turned: bool = False
    _merged: dict[tuple[int, int], Merge] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for merge in self.merges:
            for row in range(merge.top, merge.bottom + 1):
                for column in range(merge.left, merge.right + 1):
                    if (row, column) in self._merged:
                        raise ReadError(f"{self.title}: merged cells overlap. Open the file and save it again.")
                    self._merged[row, column] = merge

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def title(self) -> str:
        """What to call the table in a message."""
        return f"{self.file}, {self.label}" if self.label else self.file

    def text(self, row: int, column: int) -> str:
        """What a cell shows; each part of a merged cell shows its text."""
        merge = self._merged.get((row, column))
        return self.rows[merge.top][merge.left] if merge else self.rows[row][column]

    def merge_at(self, row: int, column: int) -> Merge:
        """The block a cell belongs to; a cell that is not merged is a block of its own."""
        return self._merged.get((row, column)) or Merge(row, column, row, column)

    def filled(self, row: int) -> list[tuple[int, str]]:
        """The cells of a row with text, each merged one once: first column and text."""
        if not self.merges:
            return [(column, text) for column, text in enumerate(self.rows[row]) if text]
        cells: list[tuple[int, str]] = []
        column = 0
        while column < self.width:
            if text := self.text(row, column):
                cells.append((column, text))
            column = self.merge_at(row, column).right + 1
        return cells

    def place(self, row: int, column: int | None = None, header: str = "") -> str:
        """What to call a row or a cell in a message: file, sheet, row, column letter and header."""
        at, across = (column, row) if self.is_turned else (row, column)
        words = self.title if at is None else f"{self.title}, row {self.numbers[at]}"
        if across is not None:
            words += f", column {column_letter(across)}"
        return f"{words} ({header})" if header else words

    def turn(self, rows: Sequence[int]) -> Grid:
        """Some of the rows as columns; places are still those of the file, merged cells are written out."""
        texts = [[self.text(row, column) for column in range(self.width)] for row in rows]
        return replace(
            self,
            rows=[list(cells) for cells in zip(*texts, strict=True)],
            numbers=[self.numbers[row] for row in rows],
            merges=(),
            hidden_rows=frozenset(),
            is_turned=not self.is_turned,
        )


def make_grid(
    rows: Sequence[Sequence[str]],
    *,
    file: str,
    numbers: Sequence[int] | None = None,
    merges: Iterable[Merge] = (),
    **more: Any,
) -> Grid:
    """A grid of rows of any length: cells are trimmed, blank columns and rows at the end left out."""
    trimmed = [[cell.strip() for cell in row] for row in rows]
    width = max((place + 1 for row in trimmed for place, cell in enumerate(row) if cell), default=0)
    while trimmed and not any(trimmed[-1]):
        trimmed.pop()
    if width * len(trimmed) > _MOST_CELLS:
        raise ReadError(f"{file} has a table of more than {_MOST_CELLS:,} cells. Split it.")
    even = [row[:width] + [""] * (width - len(row)) for row in trimmed]
    kept = list(numbers)[: len(even)] if numbers is not None else list(range(1, len(even) + 1))
    inside = (
        Merge(one.top, one.left, min(one.bottom, len(even) - 1), min(one.right, width - 1))
        for one in merges
        if one.top < len(even) and one.left < width
    )
    return Grid(file=file, rows=even, numbers=kept, merges=tuple(inside), **more)
