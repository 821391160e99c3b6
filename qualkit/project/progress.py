"""Tell how far a long work has come: to a function, or as a bar in terminal and notebook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Called before each file with how many are done, how many there are, and the file's name.
Progress = Callable[[int, int, str], None]

_FEW = 3


@contextmanager
def telling(progress: Progress | bool | None, *, total: int) -> Iterator[Progress]:
    """What to call on the way: ``progress`` itself, a bar (``True``, or by default where one can be seen), or nothing.

    >>> with telling(False, total=2) as tell:
    ...     tell(0, 2, "A1.docx")
    """
    if callable(progress):
        yield progress
    elif progress or (progress is None and total > _FEW and _is_watched()):
        with _bar() as tell:
            yield tell
    else:
        yield lambda done, total, file: None


def _is_watched() -> bool:
    return "ipykernel" in sys.modules or sys.stderr.isatty()


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, file: bar.update(task, completed=done, total=total, description=file)
