"""The two scores of each case side by side, complete or not, checked once for all methods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from qualkit.checks import require_columns, require_filled, require_keys, require_numbers, require_rows, require_table
from qualkit.errors import DataError, OptionError

# The column of the shape "scores" that says what was measured; a table without it holds one measure.
DEFAULT_BY = "subscale"


def paired_scores(
    scores: pd.DataFrame, *, before: object, after: object, case: str, wave: str, value: str, by: str
) -> Iterator[tuple[object, pd.DataFrame]]:
    """For each group of ``by`` the scores of its cases: index ``case``, columns ``before`` and ``after``."""
    require_table(scores, what="scores")
    table = scores
    if by == DEFAULT_BY and by not in scores.columns:
        table = scores.assign(**{by: "all"})
    require_columns(table, [by, case, wave, value], what="scores")
    require_rows(table, what="scores")
    require_keys(table, [by, case, wave], what="scores")
    # A score without a wave would belong to neither, and the case would look as if it had none.
    require_filled(table, wave, what="scores", of=case)
    _require_waves(table, wave, before, after)
    both = table[table[wave].isin([before, after])]
    require_filled(both, case, what="scores")
    require_numbers(both, value, what="scores", of=case)
    # Grouping would leave these rows out without a word.
    require_filled(both, by, what="scores", of=case)
    _require_once(both, by, case, wave)
    for name, own in both.groupby(by, sort=False, observed=True):
        wide = own.pivot(index=case, columns=wave, values=value).reindex(columns=[before, after]).astype(float)
        order = list(dict.fromkeys(own[case]))
        yield name, wide.reindex(order).set_axis(["before", "after"], axis=1)


def require_free_name(by: str, columns: Sequence[str]) -> None:
    """Refuse a grouping column that is called like a column of the result."""
    if by in columns:
        raise OptionError(f"by={by!r} is the name of a column of the result. Rename that column of the scores.")


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
    for name, label in (("before", before), ("after", after)):
        if not pd.api.types.is_scalar(label) or pd.isna(label):  # type: ignore[call-overload]
            raise OptionError(
                f"{name}={label!r} is no wave. Name one, such as {name}={known[0] if known else 'pre'!r}."
            )
    if before == after:
        raise OptionError(f"before and after are both {before!r}. Name two waves.")
    for name, label in (("before", before), ("after", after)):
        if label not in known:
            waves = ", ".join(str(one) for one in known)
            raise DataError(f"scores: no row has {wave}={label!r} ({name}). The waves are: {waves}.")


def _require_once(table: pd.DataFrame, by: str, case: str, wave: str) -> None:
    twice = table.duplicated([by, case, wave]).to_numpy()
    if twice.any():
        first = table.iloc[int(np.argmax(twice))]
        raise DataError(
            f"scores: case {first[case]} has more than one score at {first[wave]} in {by} {first[by]!r}. "
            f"Keep one, or name the column that tells them apart, by=…"
        )
