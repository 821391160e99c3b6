"""Reliable change: did this child change by more than the scale's own error?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from qualkit.change.pairs import DEFAULT_BY, paired_scores, require_free_name
from qualkit.checks import LARGEST, is_number, require_choice
from qualkit.errors import DataError, OptionError

# Two-sided 5 % of the normal distribution, as printed by Jacobson & Truax.
CRITICAL = 1.96

_COLUMNS = ["case", "before", "after", "change", "rci", "class", "critical_change", "note"]


def reliable_change(
    scores: pd.DataFrame,
    *,
    before: str,
    after: str,
    sd: float | Mapping[str, float],
    reliability: float | Mapping[str, float],
    improvement: str | Mapping[str, str] = "increase",
    case: str = "case",
    wave: str = "wave",
    value: str = "score",
    by: str = DEFAULT_BY,
) -> pd.DataFrame:
    """Reliable change index of each case: change by the standard error of a difference.

    SE_diff = sd · sqrt(2 · (1 - reliability)); a change of more than 1.96 SE_diff is unlikely
    to be error of measurement alone. It says nothing about what caused it.

    Parameters
    ----------
    scores : DataFrame
        One row per case, wave and ``by``; NaN is "no score".
    before, after : str
        The two waves.
    sd, reliability : float, or mapping by subscale
        Standard deviation and reliability of the scale, best from a norm sample and its
        retest; ``Scale.sd`` and ``Scale.reliability`` give them. Say in the report whose.
    improvement : {"increase", "decrease"}, or mapping by subscale
        Which change is better; ``Scale.improvement`` gives it.
    case, wave, value, by : str
        Columns of the table. A table without ``subscale`` is one group, ``all``.

    Returns
    -------
    DataFrame, one row per ``by`` and case, cases in the order of the table
        The column ``by``; ``case``; ``before``, ``after``; ``change`` (after minus before);
        ``rci`` (in units of SE_diff); ``class`` (improved, unchanged, deteriorated; missing
        without both scores); ``critical_change`` (what a reliable change must exceed);
        ``note``.

    References
    ----------
    Jacobson & Truax (1991), Journal of Consulting and Clinical Psychology 59(1), 12-19, p. 14.

    Examples
    --------
    The hypothetical case of Jacobson & Truax (1991), a marital satisfaction score of 32.5 that rises to 47.5:

    >>> scores = pd.DataFrame({"case": "A1", "wave": ["pre", "post"], "score": [32.5, 47.5]})
    >>> table = reliable_change(scores, before="pre", after="post", sd=7.5, reliability=0.8)
    >>> table[["case", "change", "rci", "class"]].round(2)
      case  change   rci     class
    0   A1    15.0  3.16  improved
    """
    require_free_name(by, _COLUMNS)
    tables = []
    for name, pairs in paired_scores(scores, before=before, after=after, case=case, wave=wave, value=value, by=by):
        better = _of(improvement, name, "improvement")
        require_choice("improvement", better, ("increase", "decrease"))
        error = _standard_error(_of(sd, name, "sd"), _of(reliability, name, "reliability"), name)
        classified = _classified(pairs, error, better, (before, after)).rename_axis("case").reset_index()
        classified.insert(0, by, [name] * len(classified))
        tables.append(classified)
    table = pd.concat(tables, ignore_index=True)
    return table[[by, *_COLUMNS]]


def _classified(pairs: pd.DataFrame, error: float, better: str, waves: tuple[str, str]) -> pd.DataFrame:
    change = pairs["after"] - pairs["before"]
    rci = change / error
    gain = rci if better == "increase" else -rci
    names = np.where(gain > CRITICAL, "improved", np.where(gain < -CRITICAL, "deteriorated", "unchanged"))
    notes = [
        " and ".join(f"no score at {wave}" for wave, is_missing in zip(waves, missing, strict=True) if is_missing)
        for missing in pairs[["before", "after"]].isna().to_numpy()
    ]
    table = pairs.assign(change=change, rci=rci, critical_change=CRITICAL * error, note=notes)
    table["class"] = pd.Series(names, index=pairs.index, dtype=object).where(change.notna(), None)
    return table


def _standard_error(sd: float, reliability: float, name: object) -> float:
    if not (is_number(sd) and 1 / LARGEST <= sd <= LARGEST):
        raise OptionError(f"sd={sd!r} for {name!r} is not possible. Give the standard deviation, a number above 0.")
    if not (is_number(reliability) and 0 < reliability < 1):
        raise OptionError(f"reliability={reliability!r} for {name!r} is not possible. Give a number between 0 and 1.")
    return float(sd * np.sqrt(2 * (1 - reliability)))


def _of(given, name: object, what: str):
    # One value for all subscales, or one for each.
    if not isinstance(given, Mapping):
        return given
    if name not in given:
        raise DataError(
            f"{what} has no value for {name!r}, only for {', '.join(map(repr, given)) or 'none'}. "
            f"Add it, or leave these scores out."
        )
    return given[name]
