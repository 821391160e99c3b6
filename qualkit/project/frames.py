"""Rows from the database as tidy tables with fixed columns and types, also when there are no rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

#: The type pandas gives to text: ``str`` from pandas 3 on, ``object`` before.
TEXT = pd.Series(["text"]).dtype

_DTYPES: Mapping[str, Any] = {
    "text": TEXT,
    "integer": "int64",
    "integer or missing": "Int64",
    "number": "float64",
    "yes or no": "bool",
    "any": "object",
}


def to_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dicts.

    >>> to_rows(pd.DataFrame({"case": ["A1"]}))
    [{'case': 'A1'}]
    """
    names = [str(name) for name in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.itertuples(index=False, name=None)]


def to_frame(rows: Iterable[Sequence[Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """A table of ``rows``; ``columns`` gives the kind of each column, in order.

    >>> to_frame([("A1", None)], {"case": "text", "turn": "integer or missing"})
      case  turn
    0   A1  <NA>
    """
    table = pd.DataFrame([tuple(row) for row in rows], columns=list(columns))
    return table.astype({name: _DTYPES[kind] for name, kind in columns.items()})
