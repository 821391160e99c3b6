"""Codes by cases and codes by waves: people, segments and rates, added up from counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from qualkit.displays.quantitize import ASKED, NOT_ASKED, count_segments, rate_per_1000, theme_rates
from qualkit.themes import Themes

_COUNTS = ["n_segments", "n_spoken", "n_characters"]


def code_by_case(
    codings: pd.DataFrame,
    cases: pd.DataFrame,
    turns: pd.DataFrame,
    *,
    codes: Themes,
    coder: str | None = None,
    asked: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """How much each case shows of each code, over all its material.

    Parameters
    ----------
    codings, cases, turns, codes, coder, asked
        As in ``theme_rates``. Material without a wave counts too.

    Returns
    -------
    DataFrame, one row per code and case
        ``code``, ``case``, ``n_cases`` (1 when the case has the code), ``n_segments``,
        ``n_spoken`` (in the case's own turns), ``n_characters`` (spoken by the case),
        ``rate_per_1000``, ``status`` (asked, not asked: no material, or the guide left it out
        everywhere), ``coding_ids``. Numbers are missing when not asked.

    References
    ----------
    Miles, Huberman & Saldaña (2014), Qualitative Data Analysis, 3rd ed., ch. 5 (case by theme
    matrices); Sandelowski, Voils & Knafl (2009).

    Examples
    --------
    >>> turns = pd.DataFrame({"source_id": ["s1"], "turn": 1, "case": "A1", "wave": "pre", "n_characters": 500})
    >>> codings = pd.DataFrame({"coding_id": ["c1", "c2"], "source_id": "s1", "turn": 1, "coder": "Lin", "case": "A1",
    ...     "wave": "pre", "code": ["type.withdrawal.silence", "type.withdrawal"]})
    >>> cases = pd.DataFrame({"case": ["A1", "A2"]})
    >>> table = code_by_case(codings, cases, turns, codes=["type.withdrawal"])
    >>> table[["case", "n_cases", "n_segments", "rate_per_1000", "status"]]
      case  n_cases  n_segments  rate_per_1000     status
    0   A1        1           2            4.0      asked
    1   A2     <NA>        <NA>            NaN  not asked
    """
    counts = count_segments(codings, cases, turns, codes=codes, coder=coder, asked=asked)
    return _added_up(counts, "case")[["code", "case", "n_cases", *_COUNTS, "rate_per_1000", "status", "coding_ids"]]


def code_by_wave(
    codings: pd.DataFrame,
    cases: pd.DataFrame,
    turns: pd.DataFrame,
    *,
    codes: Themes,
    waves: Sequence[str] | None = None,
    coder: str | None = None,
    asked: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """How many people show each code at each wave, in how many segments, at which rate.

    The rate of a wave is all segments by all characters of the cases asked, never a mean of
    rates, so that a child of few words does not weigh as much as a talkative one.

    Parameters
    ----------
    codings, cases, turns, codes, waves, coder, asked
        As in ``theme_rates``.

    Returns
    -------
    DataFrame, one row per code and wave
        ``code``, ``wave``, ``n_cases`` (with the code), ``n_cases_asked``, ``n_segments``,
        ``n_spoken``, ``n_characters``, ``rate_per_1000``, ``status``, ``coding_ids``.

    References
    ----------
    As for ``code_by_case``.

    Examples
    --------
    >>> turns = pd.DataFrame({"source_id": ["s1", "s2"], "turn": 1, "case": ["A1", "A2"], "wave": "pre",
    ...     "n_characters": [500, 300]})
    >>> codings = pd.DataFrame({"coding_id": ["c1", "c2"], "source_id": "s1", "turn": 1, "coder": "Lin", "case": "A1",
    ...     "wave": "pre", "code": "type.withdrawal.silence"})
    >>> cases = pd.DataFrame({"case": ["A1", "A2"]})
    >>> table = code_by_wave(codings, cases, turns, codes=["type.withdrawal"])
    >>> table[["wave", "n_cases", "n_cases_asked", "n_segments", "rate_per_1000"]]
      wave  n_cases  n_cases_asked  n_segments  rate_per_1000
    0  pre        1              2           2            2.5
    """
    counts = theme_rates(codings, cases, turns, codes=codes, waves=waves, coder=coder, asked=asked)
    columns = ["code", "wave", "n_cases", "n_cases_asked", *_COUNTS, "rate_per_1000", "status", "coding_ids"]
    return _added_up(counts, "wave")[columns]


def _added_up(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    # Sums over those asked; where nobody was, there is no number to give.
    keys = ["code", by]
    is_asked = counts["status"] == ASKED
    table = counts.groupby(keys, sort=False)[_COUNTS].sum(min_count=1)
    table["n_cases_asked"] = _n_people(counts[is_asked], keys, table.index)
    n_cases = _n_people(counts[is_asked & counts["n_segments"].gt(0).fillna(False).astype(bool)], keys, table.index)
    table["n_cases"] = n_cases.astype("Int64").mask(table["n_cases_asked"] == 0)
    table["rate_per_1000"] = rate_per_1000(table["n_spoken"], table["n_characters"])
    table["status"] = np.where(table["n_cases_asked"] > 0, ASKED, NOT_ASKED)
    ids = counts.groupby(keys, sort=False)["coding_ids"]
    table["coding_ids"] = [tuple(one for part in parts for one in part) for _, parts in ids]
    return table.reset_index()


def _n_people(counts: pd.DataFrame, keys: list[str], index: pd.Index) -> pd.Series:
    return counts.groupby(keys)["case"].nunique().reindex(index, fill_value=0)
