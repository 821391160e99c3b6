"""Jonckheere's trend test: do different cases score higher from group to group?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import factorial, prod

import numpy as np
import pandas as pd

from qualkit.change.trend import exact_tail, normal_tail, require_order
from qualkit.checks import require_count, require_seed
from qualkit.errors import DataError

# Additions in the exact count beyond which random arrangements are drawn instead (about two seconds).
_MAX_STEPS = 100_000_000

# Places of values found in the random arrangements beyond which the normal curve is taken (a few seconds).
_MAX_DRAWN = 50_000_000


def jonckheere_trend(
    ratings: pd.DataFrame,
    *,
    order: Sequence[object],
    group: str = "group",
    value: str = "value",
    alternative: str = "increase",
    n_resamples: int = 20_000,
    rng: int | np.random.Generator = 1,
) -> pd.DataFrame:
    """Jonckheere-Terpstra test: do different cases score higher from group to group?

    Counts the pairs of cases from different groups in which the one of the later group is
    higher; a tie counts one half. The exact p comes from all arrangements of the observed
    values over the groups, ties included.

    Parameters
    ----------
    ratings : DataFrame
        One row per case; NaN is left out. For the same cases under every condition use
        ``page_trend``.
    order : sequence
        The groups, from the lowest expected to the highest, fixed before looking at the data.
    group, value : str
        Columns of the table.
    alternative : {"increase", "decrease", "two-sided"}
        Along ``order``.
    n_resamples : int
        Random arrangements when all are too many to count; with thousands of cases p is by the
        normal curve. The note says so.
    rng : int or numpy Generator
        Seed of that drawing.

    Returns
    -------
    DataFrame with one row
        ``statistic``, ``estimate`` (the count J), ``maximum`` (all pairs), ``share``
        (J / maximum; 0.5 = no trend), ``p_value``, ``alternative``, ``n``, ``n_groups``,
        ``note``.

    References
    ----------
    Terpstra (1952), Indagationes Mathematicae 14, 327-333. Jonckheere (1954), Biometrika
    41(1/2), 133-145.

    Examples
    --------
    >>> ratings = pd.DataFrame({"value": [0, 1, 1, 1, 2, 2, 2, 3, 3],
    ...     "group": ["aggressive"] * 3 + ["cathartic"] * 3 + ["withdrawal"] * 3})
    >>> order = ["aggressive", "cathartic", "withdrawal"]
    >>> jonckheere_trend(ratings, order=order).round(4)[["estimate", "maximum", "p_value"]]
       estimate  maximum  p_value
    0      25.0     27.0   0.0054
    """
    require_count("n_resamples", n_resamples, low=1)
    require_seed("rng", rng)
    groups = _groups(ratings, order, group, value, alternative)
    sizes = tuple(len(values) for values in groups)
    n_missing = int(ratings[value].isna().sum())
    notes = [f"values missing, left out: {n_missing}"] if n_missing else []
    maximum = float(sum(a * b for place, a in enumerate(sizes) for b in sizes[place + 1 :]))
    observed = _higher_pairs(groups)
    pooled = np.concatenate(groups)
    ties = np.unique(pooled, return_counts=True)[1]
    if len(ties) < 2:
        p_value = np.nan
        notes.append("undefined: all values are equal")
    elif _n_steps(sizes) <= _MAX_STEPS:
        p_value = exact_tail(_jonckheere_distribution(sizes, ties), round(2 * observed), alternative)
    elif n_resamples * (len(pooled) + 10 * len(groups) ** 2) > _MAX_DRAWN:
        p_value = normal_tail(observed, maximum / 2, _variance(np.array(sizes, dtype=float), ties), alternative)
        notes.append("p_value by the normal curve: too many cases for random arrangements")
    else:
        p_value = _drawn_p(pooled, sizes, observed, alternative, n_resamples, rng)
        notes.append(f"p_value from {n_resamples} random arrangements")
    row = {"statistic": "jonckheere", "estimate": observed, "maximum": maximum, "share": observed / maximum}
    row |= {"p_value": p_value, "alternative": alternative, "n": len(pooled), "n_groups": len(groups)}
    return pd.DataFrame([row | {"note": "; ".join(notes)}])


def _groups(
    ratings: pd.DataFrame, order: Sequence[object], group: str, value: str, alternative: str
) -> list[np.ndarray]:
    require_order(ratings, order, group, value, minimum=2, alternative=alternative, what="ratings")
    groups = [ratings.loc[ratings[group] == name, value].dropna().to_numpy(dtype=float) for name in order]
    empty = [str(name) for name, values in zip(order, groups, strict=True) if len(values) == 0]
    if empty:
        raise DataError(f"ratings: {', '.join(empty)} has no values. Leave it out of order, or add its ratings.")
    return groups


def _higher_pairs(groups: list[np.ndarray]) -> float:
    # In how many pairs is the one of the later group higher? Ties count one half.
    count = 0
    for place, low in enumerate(groups[:-1]):
        ordered = np.sort(low)
        for high in groups[place + 1 :]:
            count += np.searchsorted(ordered, high, "left").sum() + np.searchsorted(ordered, high, "right").sum()
    return float(count) / 2


def _variance(sizes: np.ndarray, ties: np.ndarray) -> float:
    # Of J with ties: Hollander, Wolfe & Chicken (2014), Nonparametric Statistical Methods, 3rd ed., ch. 6.
    ties = ties.astype(float)
    n = sizes.sum()
    first = sum(sign * (m * (m - 1) * (2 * m + 5)).sum() for sign, m in ((1, np.array([n])), (-1, sizes), (-1, ties)))
    threes = (sizes * (sizes - 1) * (sizes - 2)).sum() * (ties * (ties - 1) * (ties - 2)).sum()
    twos = (sizes * (sizes - 1)).sum() * (ties * (ties - 1)).sum()
    return float(first / 72 + threes / (36 * n * (n - 1) * (n - 2)) + twos / (8 * n * (n - 1)))


def _jonckheere_distribution(sizes: tuple[int, ...], ties: np.ndarray) -> np.ndarray:
    """How many arrangements give each value of 2 J.

    The values are placed in rising order. How many cases each group already has is all that
    matters for what a further value adds, so equal states are counted together.
    """
    top = 2 * sum(a * b for place, a in enumerate(sizes) for b in sizes[place + 1 :])
    start = np.zeros(top + 1)
    start[0] = 1.0
    states = {tuple(0 for _ in sizes): start}
    for n_equal in ties.tolist():
        following: dict[tuple[int, ...], np.ndarray] = {}
        for placed, counts in states.items():
            room = [size - have for size, have in zip(sizes, placed, strict=True)]
            for share in _shares(n_equal, room):
                # Which of the equal cases go where, and which pairs are decided (or tied) by it?
                ways = factorial(n_equal) // prod(factorial(one) for one in share)
                added = _added_pairs(placed, share)
                target = tuple(have + more for have, more in zip(placed, share, strict=True))
                grown = following.setdefault(target, np.zeros(top + 1))
                grown[added:] += ways * counts[: top + 1 - added]
        states = following
    return states[sizes]


def _added_pairs(placed: tuple[int, ...], share: tuple[int, ...]) -> int:
    # Twice the count: a new case is above those placed in earlier groups, and ties with its equals there.
    return sum(
        2 * placed[low] * share[high] + share[low] * share[high] for high in range(len(share)) for low in range(high)
    )


def _shares(total: int, room: Sequence[int]) -> Iterator[tuple[int, ...]]:
    # All ways to hand `total` cases to groups that have `room` left.
    if len(room) == 1:
        if total <= room[0]:
            yield (total,)
        return
    for own in range(min(total, room[0]) + 1):
        for rest in _shares(total - own, room[1:]):
            yield (own, *rest)


def _n_steps(sizes: tuple[int, ...]) -> float:
    # States, times the groups a case can go to, times the length of each distribution.
    pairs = sum(a * b for place, a in enumerate(sizes) for b in sizes[place + 1 :])
    return prod(size + 1 for size in sizes) * len(sizes) * 2.0 * pairs


def _drawn_p(
    pooled: np.ndarray,
    sizes: tuple[int, ...],
    observed: float,
    alternative: str,
    n_resamples: int,
    rng: int | np.random.Generator,
) -> float:
    generator = np.random.default_rng(rng)
    borders = np.cumsum(sizes)[:-1]
    drawn = np.array([_higher_pairs(np.split(generator.permutation(pooled), borders)) for _ in range(n_resamples)])
    up, down = (((side.sum() + 1) / (n_resamples + 1)) for side in (drawn >= observed, drawn <= observed))
    # As in the exact test, two-sided is twice the smaller tail.
    return float({"increase": up, "decrease": down, "two-sided": min(1.0, 2 * min(up, down))}[alternative])
