"""Agreement code by code: the three coefficients side by side, with how common each code is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from qualkit.agreement.cohen import cohen_kappa
from qualkit.agreement.krippendorff import krippendorff_alpha
from qualkit.agreement.percent import percent_agreement
from qualkit.checks import require_columns, require_filled, require_keys, require_rows
from qualkit.errors import DataError


def agreement_by_code(
    ratings: pd.DataFrame,
    *,
    unit: str = "unit",
    coder: str = "coder",
    value: str = "value",
    code: str = "code",
    ci: float = 0.95,
    n_resamples: int = 1000,
    rng: int | np.random.Generator = 1,
) -> pd.DataFrame:
    """Percent agreement, Cohen's kappa and Krippendorff's alpha for each code.

    Parameters
    ----------
    ratings : DataFrame
        One row per code, unit and coder; ``value`` is 1 (code given) or 0, NaN "not judged".
        ``turn_ratings`` makes such a table.
    unit, coder, value, code : str
        Its columns.
    ci : float
        Level of the intervals.
    n_resamples : int
        Bootstrap resamples of units; 0 for no interval.
    rng : int or numpy Generator
        Seed of the resampling; the same seed gives the same interval.

    Returns
    -------
    DataFrame, one row per code in the order of the table
        ``code``, ``n_units``, ``n_coders``, ``n_agreed`` (units to which all gave the code),
        ``n_disagreed`` (to which some gave it), ``prevalence`` (share of judgements that give
        the code), then ``percent_agreement``, ``cohen_kappa`` (NaN with more than two
        coders) and ``krippendorff_alpha`` (nominal), each followed by its ``…_ci_low`` and
        ``…_ci_high``; ``ci_level``, ``note``.

    References
    ----------
    O'Connor & Joffe (2020), International Journal of Qualitative Methods 19 (agreement is
    reported per code). The coefficients name theirs.

    Examples
    --------
    >>> ratings = pd.DataFrame({"code": "silence", "unit": [1, 2, 3, 4] * 2,
    ...     "coder": ["Lin"] * 4 + ["Zhao"] * 4, "value": [1, 1, 0, 0, 1, 0, 0, 0]})
    >>> agreement_by_code(ratings)[["code", "n_agreed", "n_disagreed", "prevalence", "cohen_kappa"]]
          code  n_agreed  n_disagreed  prevalence  cohen_kappa
    0  silence         1            1       0.375          0.5
    """
    require_columns(ratings, [code, unit, coder, value], what="ratings")
    require_rows(ratings, what="ratings")
    require_keys(ratings, [code, unit, coder, value], what="ratings")
    require_filled(ratings, code, what="ratings")
    _require_zero_or_one(ratings, value, code)
    # Categories and true/false cannot be added up.
    given = pd.to_numeric(ratings[value].astype(object)).to_numpy(dtype=float, na_value=np.nan)
    ratings = ratings.assign(**{value: given})
    rows = []
    for name, own in ratings.groupby(code, sort=False, observed=True):
        row = {"code": name} | _counts(own, unit, value)
        options = {"unit": unit, "coder": coder, "value": value}
        notes: list[str] = []
        for method in (percent_agreement, cohen_kappa, krippendorff_alpha):
            if method is cohen_kappa and own[coder].nunique() > 2:
                row |= _columns("cohen_kappa", np.nan, np.nan, np.nan)
                notes.append("cohen_kappa: only for two coders")
                continue
            result = method(own, **options, ci=ci, n_resamples=n_resamples, rng=rng).iloc[0]
            row |= {"n_units": result["n_units"], "n_coders": result["n_coders"], "ci_level": ci}
            row |= _columns(result["statistic"], result["estimate"], result["ci_low"], result["ci_high"])
            if result["note"]:
                notes.append(f"{method.__name__}: {result['note']}")
        rows.append(row | {"note": "; ".join(notes)})
    statistics = [name for base in _STATISTICS for name in _columns(base, 0, 0, 0)]
    counts = ["code", "n_units", "n_coders", "n_agreed", "n_disagreed", "prevalence"]
    return pd.DataFrame(rows)[[*counts, *statistics, "ci_level", "note"]]


_STATISTICS = ("percent_agreement", "cohen_kappa", "krippendorff_alpha")


def _columns(statistic: str, estimate: float, low: float, high: float) -> dict[str, float]:
    return {statistic: estimate, f"{statistic}_ci_low": low, f"{statistic}_ci_high": high}


def _counts(own: pd.DataFrame, unit: str, value: str) -> dict[str, float]:
    judged = own.dropna(subset=[value]).groupby(unit, observed=True)[value].agg(["sum", "count"])
    judged = judged[judged["count"] >= 2]
    n_agreed = int((judged["sum"] == judged["count"]).sum())
    n_given = int((judged["sum"] > 0).sum())
    share = judged["sum"].sum() / judged["count"].sum() if len(judged) else np.nan
    return {"n_agreed": n_agreed, "n_disagreed": n_given - n_agreed, "prevalence": float(share)}


def _require_zero_or_one(ratings: pd.DataFrame, value: str, code: str) -> None:
    other = ratings[ratings[value].notna() & ~ratings[value].isin([0, 1])]
    if len(other):
        first = other.iloc[0]
        raise DataError(
            f"ratings: {value!r} is {first[value]!r} for code {first[code]!r}; it must be 1 (code given) or 0. "
            f"For ratings on a scale call krippendorff_alpha(…, level='ordinal') item by item."
        )
