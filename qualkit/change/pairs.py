"""The two scores of each case side by side, complete or not, checked once for all methods."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from qualkit.checks import require_columns, require_rows
from qualkit.errors import DataError, OptionError

# The column of the shape "scores" that says what was measured; a table without it holds one measure.
DEFAULT_BY = "subscale"


def paired_scores(
    scores: pd.DataFrame, *, before: object, after: object, case: str, wave: str, value: str, by: str
) -> Iterator[tuple[object, pd.DataFrame]]:
    """For each group of ``by`` the scores of its cases: index ``case``, columns ``before`` and ``after``."""
    table = scores
    if by == DEFAULT_BY and by not in scores.columns:
        table = scores.assign(**{by: "all"})
    require_columns(table, [by, case, wave, value], what="scores")
    require_rows(table, what="scores")
    _require_waves(table, wave, before, after)
    both = table[table[wave].isin([before, after])]
    _require_numbers(both, value, case)
    _require_group(both, by, case)
    _require_once(both, by, case, wave)
    for name, own in both.groupby(by, sort=False):
        wide = own.pivot(index=case, columns=wave, values=value).reindex(columns=[before, after]).astype(float)
        order = list(dict.fromkeys(own[case]))
        yield name, wide.reindex(order).set_axis(["before", "after"], axis=1)


def incomplete_note(pairs: pd.DataFrame, before: object, after: object) -> str:
    """Who has no score at one of the two waves, and at which."""
    parts = []
    for label, column in ((before, "before"), (after, "after")):
        missing = [str(name) for name in pairs.index[pairs[column].isna()]]
        if missing:
            parts.append(f"no value at {label}: {', '.join(missing)}")
    return f"left out, {'; '.join(parts)}" if parts else ""


def _require_waves(table: pd.DataFrame, wave: str, before: object, after: object) -> None:
    known = list(table[wave].dropna().unique())
    if before == after:
        raise OptionError(f"before and after are both {before!r}. Name two waves.")
    for name, label in (("before", before), ("after", after)):
        if label not in known:
            waves = ", ".join(str(one) for one in known)
            raise DataError(f"scores: no row has {wave}={label!r} ({name}). The waves are: {waves}.")


def _require_numbers(table: pd.DataFrame, value: str, case: str) -> None:
    unnamed = int(table[case].isna().sum())
    if unnamed:
        raise DataError(f"scores: {unnamed} rows have no {case!r}. Fill in the case codes.")
    if pd.api.types.is_numeric_dtype(table[value]):
        infinite = np.isinf(table[value].to_numpy(dtype=float, na_value=np.nan))
        if infinite.any():
            raise DataError(f"scores: case {table[case].iloc[int(np.argmax(infinite))]} has an infinite {value!r}.")
        return
    raise DataError(f"scores: the column {value!r} is not numbers. Convert it, for example with pandas.to_numeric.")


def _require_group(table: pd.DataFrame, by: str, case: str) -> None:
    # Grouping would leave these rows out without a word.
    missing = table[by].isna().to_numpy()
    if missing.any():
        names = ", ".join(str(name) for name in dict.fromkeys(table.loc[missing, case]))
        raise DataError(
            f"scores: {missing.sum()} rows have no {by!r}, of the cases {names}. Fill it in or leave these rows out."
        )


def _require_once(table: pd.DataFrame, by: str, case: str, wave: str) -> None:
    twice = table.duplicated([by, case, wave]).to_numpy()
    if twice.any():
        first = table.iloc[int(np.argmax(twice))]
        raise DataError(
            f"scores: case {first[case]} has more than one score at {first[wave]} in {by} {first[by]!r}. "
            f"Keep one, or name the column that tells them apart, by=…"
        )
