"""Page's trend test: does the same case score higher from condition to condition?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from qualkit.change.trend import exact_tail, normal_tail, require_order
from qualkit.checks import require_columns, require_filled, require_keys
from qualkit.errors import DataError, OptionError

_MAX_CONDITIONS = 8

# Multiplications in the exact convolution beyond which the normal curve is taken instead (about two seconds).
_MAX_STEPS = 2_000_000_000


def page_trend(
    scores: pd.DataFrame,
    *,
    order: Sequence[object],
    case: str = "case",
    condition: str = "condition",
    value: str = "value",
    alternative: str = "increase",
) -> pd.DataFrame:
    """Page's trend test: does the same case score higher from condition to condition?

    Ranks the conditions within each case (mid-ranks for ties) and sums rank times place,
    L = sum of j · R_j. The exact p comes from all orders within every case; with so many cases
    that this would take long, p is by the normal curve and ``note`` says so.

    Parameters
    ----------
    scores : DataFrame
        One row per case and condition. Cases without all conditions are left out and named.
    order : sequence
        The conditions (three to eight), from the lowest expected to the highest, fixed before
        looking at the data.
    case, condition, value : str
        Columns of the table.
    alternative : {"increase", "decrease", "two-sided"}
        Along ``order``.

    Returns
    -------
    DataFrame with one row
        ``statistic``, ``estimate`` (L), ``maximum`` (every case in the stated order),
        ``share`` (0 = every case against the order, 1 = every case along it; 0.5 = no
        trend), ``p_value``, ``alternative``, ``n`` (cases), ``n_conditions``, ``note``.

    References
    ----------
    Page (1963), Journal of the American Statistical Association 58(301), 216-230.

    Examples
    --------
    Two children whose change is smallest in aggression and largest in withdrawal:

    >>> scores = pd.DataFrame({"case": ["A1"] * 3 + ["A2"] * 3, "value": [1, 4, 9, 0, 3, 5],
    ...     "condition": ["aggressive", "cathartic", "withdrawal"] * 2})
    >>> order = ["aggressive", "cathartic", "withdrawal"]
    >>> page_trend(scores, order=order).round(4)[["estimate", "maximum", "p_value"]]
       estimate  maximum  p_value
    0      28.0     28.0   0.0278
    """
    wide, notes = _complete_cases(scores, order, case, condition, value, alternative)
    k, n = len(order), len(wide)
    half_ranks = np.rint(2 * rankdata(wide, axis=1)).astype(int)
    weights = np.arange(1, k + 1)
    observed = int((half_ranks * weights).sum())
    best, worst = n * int((weights**2).sum()), n * int((weights * weights[::-1]).sum())
    p_value = np.nan
    if np.ptp(half_ranks) == 0:
        notes.append("undefined: every case scores all conditions alike")
    elif 2 * (best - worst) ** 2 <= _MAX_STEPS:
        distribution, lowest = _page_distribution(half_ranks, weights)
        p_value = exact_tail(distribution, observed - lowest, alternative)
    else:
        p_value = normal_tail(observed, *_page_moments(half_ranks, weights), alternative)
        notes.append("p_value by the normal curve: too many cases to count all orders")
    estimate = observed / 2
    row = {"statistic": "page", "estimate": estimate, "maximum": float(best)}
    row |= {"share": (estimate - worst) / (best - worst), "p_value": p_value, "alternative": alternative}
    return pd.DataFrame([row | {"n": n, "n_conditions": k, "note": "; ".join(notes)}])


def _page_distribution(half_ranks: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, int]:
    # Cases are independent: the distribution of the sum is the convolution of theirs. It begins at the lowest sum.
    total, lowest = np.ones(1), 0
    own: dict[tuple[int, ...], tuple[np.ndarray, int]] = {}
    for ranks in np.sort(half_ranks, axis=1):
        key = tuple(ranks.tolist())
        if key not in own:
            sums = ranks[_orders(len(ranks))] @ weights
            own[key] = np.bincount(sums - sums.min()) / len(sums), int(sums.min())
        total, lowest = np.convolve(total, own[key][0]), lowest + own[key][1]
    return total, lowest


@lru_cache(maxsize=1)
def _orders(k: int) -> np.ndarray:
    return np.array(list(permutations(range(k))))


def _page_moments(half_ranks: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    # Mean and variance of the sum when every order within a case is as likely as any other.
    means = half_ranks.mean(axis=1, keepdims=True)
    spread = ((half_ranks - means) ** 2).sum() * ((weights - weights.mean()) ** 2).sum()
    return float(means.sum() * weights.sum()), float(spread / (len(weights) - 1))


def _complete_cases(
    scores: pd.DataFrame, order: Sequence[object], case: str, condition: str, value: str, alternative: str
) -> tuple[np.ndarray, list[str]]:
    require_columns(scores, [case, condition, value], what="scores")
    require_keys(scores, [case], what="scores")
    require_filled(scores, case, what="scores")
    require_order(scores, order, condition, value, minimum=3, alternative=alternative, what="scores")
    if len(order) > _MAX_CONDITIONS:
        raise OptionError(f"order has {len(order)} conditions; the exact test takes at most {_MAX_CONDITIONS}.")
    twice = scores.duplicated([case, condition]).to_numpy()
    if twice.any():
        first = scores.iloc[int(np.argmax(twice))]
        raise DataError(f"scores: case {first[case]} has more than one value for {first[condition]}. Keep one.")
    wide = scores.pivot(index=case, columns=condition, values=value)[list(order)]
    gaps = [str(name) for name in wide.index[wide.isna().any(axis=1)]]
    complete = wide.dropna().to_numpy(dtype=float)
    if len(complete) == 0:
        raise DataError(f"scores: no case has a value for each of {', '.join(map(str, order))}.")
    return complete, [f"left out, not all conditions: {', '.join(gaps)}"] if gaps else []
