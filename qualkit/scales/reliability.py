"""Cronbach's alpha: how far do the items of a scale go together in this sample?"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import f as f_distribution

from qualkit.checks import require_between, require_rows
from qualkit.errors import DataError
from qualkit.scales.answers import answer_table
from qualkit.scales.definition import Scale
from qualkit.scales.scoring import reversed_answers


def cronbach_alpha(items: pd.DataFrame, *, ci: float = 0.95) -> pd.DataFrame:
    """Internal consistency of a set of items, with Feldt's interval.

    alpha = k / (k - 1) · (1 - sum of item variances / variance of the sum). With ten people
    the interval is very wide; a negative value mostly means that an item was not reversed.

    Parameters
    ----------
    items : DataFrame
        One row per person, one column of numbers per item, reverse items already reversed.
        People with a missing answer are left out.
    ci : float
        Level of the interval.

    Returns
    -------
    DataFrame with one row
        ``statistic``, ``estimate`` (at most 1; more = more consistent), ``ci_low``,
        ``ci_high``, ``ci_level``, ``n_items``, ``n`` (people), ``note``.

    References
    ----------
    Cronbach (1951), Psychometrika 16(3), 297-334. Feldt (1965), Psychometrika 30(3), 357-370.

    Examples
    --------
    >>> items = pd.DataFrame({"1": [1, 2, 3, 4, 5], "2": [2, 2, 3, 5, 5], "3": [1, 3, 3, 4, 4]})
    >>> cronbach_alpha(items).round(3)[["statistic", "estimate", "ci_low", "ci_high", "n_items", "n"]]
            statistic  estimate  ci_low  ci_high  n_items  n
    0  cronbach_alpha     0.954   0.766    0.995        3  5
    """
    require_between("ci", ci, 0, 1)
    require_rows(items, what="items")
    wrong = [str(name) for name, column in items.items() if not pd.api.types.is_numeric_dtype(column)]
    if wrong:
        raise DataError(f"items: {', '.join(wrong)} are not numbers. Keep item columns only, or convert them.")
    answers = items.to_numpy(dtype=float)
    return pd.DataFrame([_alpha_row(answers, ci)])


def alpha_by_subscale(scale: Scale, responses: pd.DataFrame, *, ci: float = 0.95) -> pd.DataFrame:
    """Cronbach's alpha of each subscale at each wave, from answers as ticked.

    Parameters
    ----------
    scale : Scale
        The key; its reverse items are reversed here.
    responses : DataFrame
        Long or wide, as for ``Scale.score``.
    ci : float
        Level of the interval.

    Returns
    -------
    DataFrame, one row per subscale and wave
        ``scale``, ``subscale``, ``wave``, then the columns of ``cronbach_alpha``.

    Examples
    --------
    >>> scale = Scale(id="mood", low=1, high=5, items=[1, 2], reverse=[2])
    >>> responses = pd.DataFrame({"case": ["A1", "A2", "A3"], "wave": "pre", "1": [1, 3, 5], "2": [4, 3, 2]})
    >>> alpha_by_subscale(scale, responses)[["subscale", "wave", "n"]]
      subscale wave  n
    0    total  pre  3
    """
    require_between("ci", ci, 0, 1)
    people, answers = answer_table(scale, responses)
    keyed = reversed_answers(scale, answers)
    position = {str(item): column for column, item in enumerate(scale.items)}
    rows = []
    for name, items in scale.parts.items():
        columns = [position[item] for item in items]
        for wave, own in people.groupby("wave", sort=False, dropna=False):
            row = {"scale": scale.id, "subscale": name, "wave": wave}
            rows.append(row | _alpha_row(keyed[own.index.to_numpy()][:, columns], ci))
    return pd.DataFrame(rows)


def _alpha_row(answers: np.ndarray, ci: float) -> dict[str, object]:
    complete = answers[~np.isnan(answers).any(axis=1)]
    n, k = complete.shape
    n_dropped = len(answers) - n
    notes = [f"people with missing answers, left out: {n_dropped}"] if n_dropped else []
    estimate, low, high = np.nan, np.nan, np.nan
    if k < 2 or n < 2:
        notes.insert(0, "undefined: it needs at least two items and two people")
    elif np.ptp(complete.sum(axis=1)) == 0:
        notes.insert(0, "undefined: the sum does not vary")
    else:
        estimate = _alpha(complete)
        low, high = _feldt_interval(estimate, n, k, ci)
        notes += ["negative: look for an item that was not reversed"] if estimate < 0 else []
    row = {"statistic": "cronbach_alpha", "estimate": estimate, "ci_low": low, "ci_high": high, "ci_level": ci}
    return row | {"n_items": k, "n": n, "note": "; ".join(notes)}


def _alpha(complete: np.ndarray) -> float:
    # What share of the variance of the sum is common to the items?
    k = complete.shape[1]
    own = complete.var(axis=0, ddof=1).sum()
    return float(k / (k - 1) * (1 - own / complete.sum(axis=1).var(ddof=1)))


def _feldt_interval(estimate: float, n: int, k: int, ci: float) -> tuple[float, float]:
    # (1 - alpha) / (1 - estimate) follows F with n - 1 and (n - 1)(k - 1) degrees of freedom.
    df1, df2 = n - 1, (n - 1) * (k - 1)
    low = 1 - (1 - estimate) * f_distribution.ppf((1 + ci) / 2, df1, df2)
    high = 1 - (1 - estimate) * f_distribution.ppf((1 - ci) / 2, df1, df2)
    return float(low), float(high)
