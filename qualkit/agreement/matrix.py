"""Ratings in long form become a matrix of units × coders, checked once for all coefficients."""

from __future__ import annotations

from numbers import Real
from typing import NamedTuple

import numpy as np
import pandas as pd

from qualkit.checks import require_columns, require_keys, require_rows
from qualkit.errors import DataError

MISSING = -1


class RatingMatrix(NamedTuple):
    """Which value each coder gave each unit, as numbers of ``values``; ``MISSING`` where none."""

    cells: np.ndarray
    values: pd.Index
    coders: tuple[str, ...]


class UniqueUnits(NamedTuple):
    """Units that look alike are one row with a count, which is what makes a bootstrap fast."""

    rows: np.ndarray
    counts: np.ndarray
    n_left_out: int


def rating_matrix(ratings: pd.DataFrame, *, unit: str, coder: str, value: str) -> RatingMatrix:
    """The ratings as units × coders; a wrong table raises ``DataError`` with the remedy."""
    require_columns(ratings, [unit, coder, value], what="ratings")
    require_rows(ratings, what="ratings")
    require_keys(ratings, [unit, coder, value], what="ratings")
    _require_named(ratings, unit, coder)
    _require_once(ratings, unit, coder)
    _require_finite(ratings, unit, coder, value)
    units, _ = pd.factorize(ratings[unit])
    coder_numbers, coder_names = pd.factorize(ratings[coder], sort=True)
    if len(coder_names) < 2:
        raise DataError(
            f"ratings: all {len(ratings)} are by one coder ({coder_names[0]}). Agreement needs the same units "
            f"judged by at least two; add the second coder's ratings or check the column {coder!r}."
        )
    value_numbers, values = pd.factorize(ratings[value], sort=True)
    cells = np.full((units.max() + 1, len(coder_names)), MISSING, dtype=np.int64)
    cells[units, coder_numbers] = value_numbers
    return RatingMatrix(cells, pd.Index(values), tuple(str(name) for name in coder_names))


def unique_value_counts(matrix: RatingMatrix) -> UniqueUnits:
    """How many coders gave each value, per kind of unit; units with fewer than two ratings are left out."""
    rated = matrix.cells != MISSING
    pairable = rated.sum(axis=1) >= 2
    # Sorted rows differ only where the value counts differ: the order of the coders does not matter.
    kinds = _unique_rows(np.sort(matrix.cells[pairable], axis=1), len(matrix.values))
    rows = np.zeros((len(kinds.rows), len(matrix.values)), dtype=np.int64)
    for column in kinds.rows.T:
        given = column != MISSING
        np.add.at(rows, (np.flatnonzero(given), column[given]), 1)
    return UniqueUnits(rows, kinds.counts, int((~pairable).sum()))


def unique_pairs(matrix: RatingMatrix) -> UniqueUnits:
    """Which values two coders gave, per kind of unit; units that one of them left out are left out."""
    pairable = (matrix.cells != MISSING).all(axis=1)
    kinds = _unique_rows(matrix.cells[pairable], len(matrix.values))
    return kinds._replace(n_left_out=int((~pairable).sum()))


def _unique_rows(cells: np.ndarray, n_values: int) -> UniqueUnits:
    # One integer per row sorts much faster than whole rows; it fits unless values or coders are very many.
    base = n_values + 1
    if base ** cells.shape[1] >= 2**62:
        rows, counts = np.unique(cells, axis=0, return_counts=True)
        return UniqueUnits(rows, counts, 0)
    weights = base ** np.arange(cells.shape[1], dtype=np.int64)
    keys, counts = np.unique((cells + 1) @ weights, return_counts=True)
    return UniqueUnits(keys[:, None] // weights % base - 1, counts, 0)


def _require_named(ratings: pd.DataFrame, unit: str, coder: str) -> None:
    for column in (unit, coder):
        missing = ratings[column].isna().to_numpy()
        if missing.any():
            raise DataError(
                f"ratings: row {int(np.argmax(missing))} has no {column!r} ({missing.sum()} rows in all). "
                f"Fill it in or leave these rows out."
            )


def _require_once(ratings: pd.DataFrame, unit: str, coder: str) -> None:
    twice = ratings.duplicated([unit, coder]).to_numpy()
    if twice.any():
        first = ratings.iloc[int(np.argmax(twice))]
        remedy = "Keep one rating per unit and coder."
        if "code" in ratings.columns:
            remedy = "The table has several codes: use agreement_by_code(ratings), or keep the rows of one code."
        raise DataError(
            f"ratings: coder '{first[coder]}' rated unit '{first[unit]}' more than once "
            f"({twice.sum()} such rows). {remedy}"
        )


def _require_finite(ratings: pd.DataFrame, unit: str, coder: str, value: str) -> None:
    values = ratings[value].astype(object)
    infinite = np.array([isinstance(one, Real) and np.isinf(float(one)) for one in values])
    if infinite.any():
        first = ratings.iloc[int(np.argmax(infinite))]
        raise DataError(
            f"ratings: coder '{first[coder]}' gave unit '{first[unit]}' an infinite {value!r}. "
            f"Correct it, or leave the cell blank for 'not judged'."
        )
