"""Krippendorff's alpha: agreement of any number of coders, at any level of measurement, with gaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from qualkit.agreement.bootstrap import Statistic, coefficient_row
from qualkit.agreement.matrix import RatingMatrix, rating_matrix, unique_value_counts
from qualkit.checks import require_choice, require_keys
from qualkit.errors import DataError, OptionError

LEVELS = ("nominal", "ordinal", "interval", "ratio")


def krippendorff_alpha(
    ratings: pd.DataFrame,
    *,
    unit: str = "unit",
    coder: str = "coder",
    value: str = "value",
    level: str = "nominal",
    categories: Sequence[object] | None = None,
    ci: float = 0.95,
    n_resamples: int = 1000,
    rng: int | np.random.Generator = 1,
) -> pd.DataFrame:
    """Agreement corrected for chance: 1 minus observed over expected disagreement.

    Disagreement is the squared distance of two values given to the same unit; expected
    disagreement that of any two values in the data. Units with fewer than two ratings do
    not enter. Undefined when all ratings are the same value.

    Parameters
    ----------
    ratings : DataFrame
        One row per unit and coder; NaN is "not judged".
    unit, coder, value : str
        Its columns.
    level : {"nominal", "ordinal", "interval", "ratio"}
        How values differ: different or not; by the ratings that lie between them; by their
        difference; by their difference relative to their sum.
    categories : sequence, optional
        The values from low to high, for ordinal values that are words. Numbers need none.
    ci : float
        Level of the interval.
    n_resamples : int
        Bootstrap resamples of units; 0 for no interval.
    rng : int or numpy Generator
        Seed of the resampling; the same seed gives the same interval.

    Returns
    -------
    DataFrame with one row
        ``statistic``, ``estimate`` (1 = perfect, 0 = as by chance, below 0 = systematic
        disagreement), ``ci_low``, ``ci_high``, ``ci_level``, ``n_units`` (with two ratings
        or more), ``n_coders``, ``note``.

    References
    ----------
    Krippendorff (2019), Content Analysis, 4th ed., ch. 12; Hayes & Krippendorff (2007),
    Communication Methods and Measures 1(1), 77-89.

    Examples
    --------
    >>> ratings = pd.DataFrame({
    ...     "unit": [1, 2, 3, 4] * 2, "coder": ["Lin"] * 4 + ["Zhao"] * 4, "value": [1, 1, 0, 0, 1, 0, 0, 0]})
    >>> krippendorff_alpha(ratings)["estimate"].round(3).item()
    0.533
    """
    require_choice("level", level, LEVELS)
    matrix = rating_matrix(ratings, unit=unit, coder=coder, value=value)
    if categories is not None:
        matrix = _in_order(matrix, categories)
    numbers = _numbers(matrix, level, ordered=categories is not None)
    units = unique_value_counts(matrix)
    left_out = f"units judged by fewer than two coders, left out: {units.n_left_out}" if units.n_left_out else ""
    variant = f"level: {level}" if level != "nominal" else ""
    nothing = "undefined: no unit was judged by two coders"
    return coefficient_row(
        "krippendorff_alpha",
        _alpha(units.rows, _METRICS[level](numbers)),
        units.counts,
        n_coders=len(matrix.coders),
        undefined="undefined: all ratings are the same value" if units.counts.size else nothing,
        notes=[variant, left_out],
        ci=ci,
        n_resamples=n_resamples,
        rng=rng,
    )


def _alpha(value_counts: np.ndarray, metric: _Metric) -> Statistic:
    observed, low, high = _disagreeing_pairs(value_counts)
    n_ratings = value_counts.sum(axis=1)

    def statistic(weights: np.ndarray) -> np.ndarray:
        margins = weights @ value_counts
        # Observed: distances within units, each unit's pairs sharing one weight per rating.
        within = ((weights @ observed) * metric.distance(margins, low, high)).sum(axis=1)
        # Expected: distances between any two ratings in the data.
        between = metric.total(margins)
        ratio = np.divide(within, between, out=np.full(len(weights), np.nan), where=between > 0)
        return 1 - (weights @ n_ratings - 1) * ratio

    return statistic


def _disagreeing_pairs(value_counts: np.ndarray) -> tuple[csr_array, np.ndarray, np.ndarray]:
    # How often does each pair of different values (low, high) meet in each kind of unit?
    kinds, lows, highs, met = [], [], [], []
    for kind, row in enumerate(value_counts):
        values = np.flatnonzero(row)
        first, second = np.triu_indices(len(values), k=1)
        low, high = values[first], values[second]
        kinds.append(np.full(len(low), kind))
        lows.append(low)
        highs.append(high)
        met.append(row[low] * row[high] / (row.sum() - 1))
    if not kinds:
        return csr_array((0, 0)), np.array([], dtype=int), np.array([], dtype=int)
    n_values = value_counts.shape[1]
    pairs, place = np.unique(np.concatenate(lows) * n_values + np.concatenate(highs), return_inverse=True)
    shape = (len(value_counts), len(pairs))
    observed = csr_array((np.concatenate(met), (np.concatenate(kinds), place)), shape=shape)
    return observed, pairs // n_values, pairs % n_values


class _Metric:
    """Squared distance of values: per pair, and summed over all pairs of the margins."""

    def __init__(self, numbers: np.ndarray) -> None:
        self.numbers = numbers

    def positions(self, margins: np.ndarray) -> np.ndarray:
        """Where the values lie, one row per study."""
        return self.numbers[None, :]

    def distance(self, margins: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Squared distance of the values ``low`` and ``high``."""
        positions = self.positions(margins)
        return (positions[:, low] - positions[:, high]) ** 2

    def total(self, margins: np.ndarray) -> np.ndarray:
        """Sum of squared distances over all pairs of ratings."""
        positions = self.positions(margins)
        n_ratings = margins.sum(axis=1, keepdims=True)
        centre = (margins * positions).sum(axis=1, keepdims=True) / n_ratings
        spread = n_ratings[:, 0] * (margins * (positions - centre) ** 2).sum(axis=1)
        # Constant data leave rounding errors, not zero.
        return np.where((margins > 0).sum(axis=1) > 1, spread, 0.0)


class _Ordinal(_Metric):
    def positions(self, margins: np.ndarray) -> np.ndarray:
        # The ratings between two values, each counted half at the ends: the distance of their mid-ranks.
        return np.cumsum(margins, axis=1) - margins / 2


class _Nominal(_Metric):
    def distance(self, margins: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        return np.ones((1, len(low)))

    def total(self, margins: np.ndarray) -> np.ndarray:
        return (margins.sum(axis=1) ** 2 - (margins**2).sum(axis=1)) / 2


class _Ratio(_Metric):
    def distance(self, margins: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        return (((self.numbers[low] - self.numbers[high]) / (self.numbers[low] + self.numbers[high])) ** 2)[None, :]

    def total(self, margins: np.ndarray) -> np.ndarray:
        sums = self.numbers[:, None] + self.numbers[None, :]
        distances = np.divide(
            self.numbers[:, None] - self.numbers[None, :], sums, out=np.zeros_like(sums), where=sums > 0
        )
        return ((margins @ distances**2) * margins).sum(axis=1) / 2


_METRICS: dict[str, Callable[[np.ndarray], _Metric]] = {
    "nominal": _Nominal,
    "ordinal": _Ordinal,
    "interval": _Metric,
    "ratio": _Ratio,
}


def _numbers(matrix: RatingMatrix, level: str, *, ordered: bool) -> np.ndarray:
    numeric = pd.api.types.is_numeric_dtype(matrix.values.dtype)
    if level == "nominal" or (level == "ordinal" and (ordered or numeric)):
        return np.arange(len(matrix.values), dtype=float)
    shown = ", ".join(repr(one) for one in matrix.values[:5])
    if level == "ordinal":
        raise DataError(
            f"ratings: the order of the values {shown} is not known. Give it from low to high, categories=[…]."
        )
    if not numeric:
        raise DataError(
            f"ratings: level={level!r} needs numbers, the values are {shown}. "
            f"Turn them into numbers or choose level='ordinal'."
        )
    numbers = matrix.values.to_numpy(dtype=float)
    if len(np.unique(numbers)) < len(numbers):
        raise DataError("ratings: some values are too large to tell them apart. Subtract what they have in common.")
    if level == "ratio" and numbers.size and numbers.min() < 0:
        raise DataError(
            f"ratings: level='ratio' needs values from zero up; one is {numbers.min():g}. Choose 'interval'."
        )
    return _near_one(_from_zero(_near_one(numbers))) if level == "interval" else _near_one(numbers)


def _from_zero(numbers: np.ndarray) -> np.ndarray:
    return numbers - numbers.min() if numbers.size else numbers


def _near_one(numbers: np.ndarray) -> np.ndarray:
    # Alpha does not depend on the unit. A power of two loses no digit and keeps squares of 1e308 in range.
    exponent = int(np.frexp(np.abs(numbers).max(initial=0))[1])
    return np.ldexp(numbers, -exponent)


def _in_order(matrix: RatingMatrix, categories: Sequence[object]) -> RatingMatrix:
    if isinstance(categories, str) or not pd.api.types.is_list_like(categories):
        raise OptionError(f"categories={categories!r} is no list. List the values from low to high.")
    listed = list(categories)
    require_keys(pd.DataFrame({"categories": pd.Series(listed, dtype=object)}), ["categories"], what="categories")
    order = pd.Index(listed)
    if not order.is_unique:
        raise DataError(
            f"categories names {order[order.duplicated()][0]!r} twice. List each value once, from low to high."
        )
    place = order.get_indexer(matrix.values)
    if (place < 0).any():
        unknown = ", ".join(repr(one) for one in matrix.values[place < 0])
        raise DataError(f"ratings: the values {unknown} are not among categories. Add them or correct the ratings.")
    lookup = np.append(place, -1)  # the last one serves MISSING
    return matrix._replace(cells=lookup[matrix.cells], values=order)
