"""Argument checks: ``require_…`` raises an error that says what would be right."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from qualkit.errors import DataError, OptionError

if TYPE_CHECKING:
    import pandas as pd


def require_choice(name: str, value: object, accepted: Collection[object]) -> None:
    """Raise ``OptionError`` unless ``value`` is one of ``accepted``.

    >>> require_choice("improvement", "increase", ("increase", "decrease"))
    """
    if value not in accepted:
        choices = ", ".join(repr(choice) for choice in accepted)
        raise OptionError(f"{name}={value!r} is not known. Choose one of {choices}.")


def require_between(name: str, value: float, low: float, high: float) -> None:
    """Raise ``OptionError`` unless ``low < value < high``.

    >>> require_between("ci", 0.95, 0, 1)
    """
    if not low < value < high:
        raise OptionError(f"{name}={value!r} is out of range. Give a number between {low} and {high}.")


def require_columns(table: pd.DataFrame, columns: Iterable[str], *, what: str) -> None:
    """Raise ``DataError`` naming every column that ``table`` lacks.

    >>> import pandas as pd
    >>> require_columns(pd.DataFrame({"case": ["A1"]}), ["case"], what="scores")
    """
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise DataError(
            f"{what}: the table has no column {', '.join(map(repr, missing))}. "
            f"It has {', '.join(map(repr, table.columns))}. Rename the column or name it in the call."
        )


def require_rows(table: pd.DataFrame, *, what: str) -> None:
    """Raise ``DataError`` when ``table`` is empty.

    >>> import pandas as pd
    >>> require_rows(pd.DataFrame({"case": ["A1"]}), what="scores")
    """
    if len(table) == 0:
        raise DataError(f"{what}: the table has no rows. Check the filter or the import that made it.")
