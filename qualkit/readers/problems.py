"""Collect what is wrong with the rows of one file, so that everything is said at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qualkit.errors import QualkitError, ReadError
from qualkit.remarks import Remark, say

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
            self.add(number, error.args[0])

    def add(self, number: int | None, problem: str) -> None:
        """Note what is wrong with this row."""
        row, zh_row = ("", "") if number is None else (f", row {number}", f"，第 {number} 行")
        self.lines.append(Remark(f"{self.name}{row}: {problem}", f"{self.name}{zh_row}：{say(problem, 'zh')}"))
        if len(self.lines) >= _MOST_COUNTED:
            self.refuse()

    def refuse(self) -> None:
        """Raise when there was any problem: then nothing of the file is kept."""
        if not self.lines:
            return
        more = len(self.lines) - _MOST_PROBLEMS
        least, zh_least = ("at least ", "至少") if len(self.lines) >= _MOST_COUNTED else ("", "")
        rest = [Remark(f"and {least}{more} more", f"另有{zh_least} {more} 处")] if more > 0 else []
        shown = [*self.lines[:_MOST_PROBLEMS], *rest]
        raise ReadError(Remark("\n".join(shown), "\n".join(say(one, "zh") for one in shown)))
