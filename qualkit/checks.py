"""Argument checks: ``require_…`` raises an error that says what would be right."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from numbers import Integral, Number, Real
from typing import TYPE_CHECKING

from qualkit.errors import DataError, OptionError

if TYPE_CHECKING:
    import pandas as pd

# More resamples add no digit worth printing, only hours.
MAX_RESAMPLES = 100_000

# Squares of larger numbers, and sums of them, leave the range of floating point.
LARGEST = 1e100


def require_choice(name: str, value: object, accepted: Collection[object]) -> None:
    """Raise ``OptionError`` unless ``value`` is one of ``accepted``.

    >>> require_choice("improvement", "increase", ("increase", "decrease"))
    """
    if not any(isinstance(value, type(choice)) and value == choice for choice in accepted):
        choices = ", ".join(repr(choice) for choice in accepted)
        raise OptionError(f"{name}={value!r} is not known. Choose one of {choices}.")


def is_number(value: object) -> bool:
    """Whether ``value`` is a finite number, not text, not true or false.

    >>> is_number(3.8), is_number("3.8"), is_number(float("inf"))
    (True, False, False)
    """
    return not isinstance(value, bool) and isinstance(value, Real) and math.isfinite(value)


def require_number(name: str, value: object) -> None:
    """Raise ``OptionError`` unless ``value`` is a finite number.

    >>> require_number("at_least", 2)
    """
    if not is_number(value):
        raise OptionError(f"{name}={value!r} is not a number. Give a number such as 0.5 or 3.")


def require_between(name: str, value: object, low: float, high: float) -> None:
    """Raise ``OptionError`` unless ``low < value < high``.

    >>> require_between("ci", 0.95, 0, 1)
    """
    if not (is_number(value) and low < value < high):  # type: ignore[operator]
        raise OptionError(f"{name}={value!r} is out of range. Give a number between {low} and {high}.")


def require_count(name: str, value: object, *, low: int = 0, high: int = MAX_RESAMPLES) -> None:
    """Raise ``OptionError`` unless ``value`` is a whole number from ``low`` to ``high``.

    >>> require_count("n_resamples", 1000)
    """
    is_whole = not isinstance(value, bool) and isinstance(value, Integral)
    if not (is_whole and low <= int(value) <= high):  # type: ignore[call-overload]
        raise OptionError(f"{name}={value!r} is not possible. Give a whole number from {low} to {high:,}.")


def require_seed(name: str, value: object) -> None:
    """Raise ``OptionError`` unless ``value`` is a seed that gives the same result every time, or a numpy Generator.

    >>> require_seed("rng", 1)
    """
    import numpy as np

    is_seed = not isinstance(value, bool) and isinstance(value, Integral) and int(value) >= 0
    if not (is_seed or isinstance(value, np.random.Generator)):
        raise OptionError(
            f"{name}={value!r} is no seed. Give a whole number from 0 up, or a generator of numpy.random.default_rng."
        )


def require_text(name: str, value: object) -> None:
    """Raise ``OptionError`` unless ``value`` is text.

    >>> require_text("title", "表4-2 前后测对比")
    """
    if not isinstance(value, str):
        raise OptionError(f"{name}={value!r} is no text. Write it in quotation marks.")


def require_table(table: object, *, what: str) -> None:
    """Raise ``DataError`` unless ``table`` is a DataFrame whose columns each have a name of their own.

    >>> import pandas as pd
    >>> require_table(pd.DataFrame({"case": ["A1"]}), what="scores")
    """
    # Here and not above: the workbench starts without pandas.
    import pandas as pd

    if not isinstance(table, pd.DataFrame):
        raise DataError(f"{what}: a table (pandas DataFrame) is needed, this is {type(table).__name__}.")
    if table.columns.nlevels > 1:
        raise DataError(f"{what}: the columns have names of {table.columns.nlevels} levels. Give each column one name.")
    if not table.columns.is_unique:
        twice = ", ".join(repr(one) for one in table.columns[table.columns.duplicated()].unique())
        raise DataError(f"{what}: the table has the column {twice} more than once. Rename or leave out one of them.")
    both = [name for name in table.index.names if name is not None and name in table.columns]
    if both:
        raise DataError(
            f"{what}: the index has the name of the column {both[0]!r}. Drop it with table.reset_index(drop=True)."
        )


def require_columns(table: pd.DataFrame, columns: Iterable[str], *, what: str) -> None:
    """Raise ``DataError`` naming every column that ``table`` lacks, ``OptionError`` for one named for two things.

    >>> import pandas as pd
    >>> require_columns(pd.DataFrame({"case": ["A1"]}), ["case"], what="scores")
    """
    require_table(table, what=what)
    # Compared one by one, since a list given for a name has no place in a set.
    known = list(table.columns)
    wanted = list(columns)
    missing = [column for column in wanted if not _is_name(column) or column not in known]
    if missing:
        raise DataError(
            f"{what}: the table has no column {', '.join(map(repr, missing))}. "
            f"It has {', '.join(map(repr, table.columns))}. Rename the column or name it in the call."
        )
    twice = [column for place, column in enumerate(wanted) if column in wanted[:place]]
    if twice:
        raise OptionError(f"{what}: the column {twice[0]!r} is named for two purposes. Name a different one for each.")


def require_keys(table: pd.DataFrame, columns: Iterable[str], *, what: str) -> None:
    """Raise ``DataError`` unless each of ``columns`` names things by one kind of value: text, numbers or dates.

    1 and "1" would be two cases, and a list in a cell names nothing. Missing values are another check.

    >>> import pandas as pd
    >>> require_keys(pd.DataFrame({"case": ["A1", None]}), ["case"], what="scores")
    """
    for column in columns:
        kinds = _kinds(table[column])
        for kind, one in kinds.items():
            if kind not in ("text", "numbers", "dates"):
                raise DataError(f"{what}: {column!r} has a cell with a {kind}, {one!r}. Write text or a number there.")
        if len(kinds) > 1:
            raise DataError(
                f"{what}: {column!r} mixes {' and '.join(sorted(kinds))}, so that 1 and '1' would count as different. "
                f"Make it one kind, for example with astype(str)."
            )


def require_same_kind(tables: Mapping[str, pd.DataFrame], column: str) -> None:
    """Raise ``DataError`` unless ``column`` names things in the same way in all tables that have values there.

    >>> import pandas as pd
    >>> require_same_kind({"scores": pd.DataFrame({"case": ["A1"]}), "turns": pd.DataFrame({"case": ["A2"]})}, "case")
    """
    kinds = {what: kind for what, table in tables.items() for kind in _kinds(table[column])}
    if len(set(kinds.values())) > 1:
        shown = ", ".join(f"{kind} in {what}" for what, kind in kinds.items())
        raise DataError(f"The column {column!r} has {shown}. Make it one kind, for example with astype(str).")


def require_filled(table: pd.DataFrame, column: str, *, what: str, of: str | None = None) -> None:
    """Raise ``DataError`` when ``column`` has gaps; ``of`` is the column that says whose rows they are.

    >>> import pandas as pd
    >>> require_filled(pd.DataFrame({"case": ["A1"], "subscale": ["mood"]}), "subscale", what="scores", of="case")
    """
    missing = table[column].isna().to_numpy()
    if missing.any():
        names = [] if of is None else dict.fromkeys(str(name) for name in table.loc[missing, of])
        whose = f", of the cases {', '.join(names)}" if names else ""
        raise DataError(f"{what}: {missing.sum()} rows have no {column!r}{whose}. Fill it in or leave these rows out.")


def require_numbers(table: pd.DataFrame, column: str, *, what: str, of: str | None = None) -> None:
    """Raise ``DataError`` unless ``column`` holds numbers that can be computed with; NaN is "no value".

    ``of`` is the column that says whose number it is.

    >>> import pandas as pd
    >>> require_numbers(pd.DataFrame({"case": "A1", "score": [3.5, None]}), "score", what="scores", of="case")
    """
    import numpy as np
    import pandas as pd

    values = table[column]
    if values.isna().all():
        return
    if not pd.api.types.is_numeric_dtype(values) or pd.api.types.is_complex_dtype(values):
        raise DataError(
            f"{what}: the column {column!r} is not numbers. Convert it, for example with pandas.to_numeric."
        )
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    odd = np.flatnonzero(np.abs(numbers) > LARGEST)
    if odd.size:
        whose = f"row {odd[0]}" if of is None else f"{of} {table[of].iloc[odd[0]]}"
        shown = "an infinite" if np.isinf(numbers[odd[0]]) else f"{numbers[odd[0]]:g} as"
        raise DataError(f"{what}: {whose} has {shown} {column!r}. Correct it, or leave the cell blank.")


def require_rows(table: pd.DataFrame, *, what: str) -> None:
    """Raise ``DataError`` when ``table`` is empty.

    >>> import pandas as pd
    >>> require_rows(pd.DataFrame({"case": ["A1"]}), what="scores")
    """
    require_table(table, what=what)
    if len(table) == 0:
        raise DataError(f"{what}: the table has no rows. Check the filter or the import that made it.")


def _is_name(column: object) -> bool:
    # NaN is not equal to itself, so it names no column either.
    return isinstance(column, (str, Number, tuple)) and column == column


def _kinds(values: pd.Series) -> dict[str, object]:
    # Which kinds of value are there, each with an example?
    import pandas as pd

    if isinstance(values.dtype, pd.CategoricalDtype):
        values = pd.Series(values.cat.categories)
    if values.dtype != object:
        # One kind for sure, the same for every value.
        values = values.dropna().iloc[:1].astype(object)
    return {_kind(one): one for one in values if not (pd.api.types.is_scalar(one) and pd.isna(one))}


def _kind(value: object) -> str:
    if isinstance(value, str):
        return "text"
    if isinstance(value, (Real, Decimal)) or type(value).__name__ == "bool":
        return "numbers"
    return "dates" if isinstance(value, date) else type(value).__name__
