"""The joint display: per case and theme the scale's change, the evidence in words, a quotation, and how they fit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from qualkit.checks import (
    require_between,
    require_choice,
    require_columns,
    require_filled,
    require_keys,
    require_number,
    require_numbers,
)
from qualkit.displays.fit import fit_label
from qualkit.displays.quantitize import ASKED, theme_rates
from qualkit.displays.quotes import quotes_of
from qualkit.errors import DataError, OptionError

_QUOTE = ("coding_id", "source_id", "source", "turn", "start", "end")

_COLUMNS = [
    *("case", "theme", "subscale", "before", "after", "change", "rci", "class"),
    *("n_before", "n_after", "rate_before", "rate_after", "evidence", "fit", "fit_reason"),
    *("quote_before", *(f"quote_before_{name}" for name in _QUOTE)),
    *("quote_after", *(f"quote_after_{name}" for name in _QUOTE)),
    *("coding_ids_before", "coding_ids_after"),
]


def joint_display(
    codings: pd.DataFrame,
    scores: pd.DataFrame,
    change: pd.DataFrame,
    turns: pd.DataFrame,
    *,
    links: Mapping[str, str],
    before: str = "pre",
    after: str = "post",
    cases: pd.DataFrame | None = None,
    coder: str | None = None,
    asked: pd.DataFrame | None = None,
    improvement: str | Mapping[str, str] = "decrease",
    same_within: float = 0.25,
    at_least: float = 2,
    language: str = "en",
) -> pd.DataFrame:
    """Words and numbers of each case side by side, theme by theme.

    The course of the evidence compares segments per 1,000 characters before and after:
    ``less`` or ``more`` when the smaller rate is below the larger by more than ``same_within``
    of the larger and the difference comes to ``at_least`` segments in the shorter of the two
    texts, else ``same``: one segment more or less is no change; ``too few`` when the larger
    rate itself comes to fewer, so that no fall could have shown; ``none`` without a segment
    at either wave; ``not asked`` without material, or without the question, at one of them.
    Rates rest on few segments: ``n_before`` and ``n_after`` stand beside them. ``fit`` follows
    the rules of ``fit_label``: convergent, complementary, divergent, silent. The quotations
    follow the rule of ``quotes_of``.

    Parameters
    ----------
    codings, scores : DataFrame
        The tables of those names.
    change : DataFrame
        As ``reliable_change`` gives it: ``subscale``, ``case``, ``change``, ``rci``, ``class``.
    turns : DataFrame
        The table of that name, for how much each case said.
    links : mapping of subscale to theme
        Which theme of the codebook a subscale belongs to, such as
        ``{"withdrawal": "type.withdrawal"}``.
    before, after : str
        The two waves.
    cases : DataFrame, optional
        Whom to show (``case``), in this order; all cases with scores when left out.
    coder : str, optional
        Whose codings count; needed when two coders coded the same source.
    asked : DataFrame, optional
        As in ``theme_rates``.
    improvement : {"decrease", "increase"}, or mapping by theme
        Which course of the evidence is better: ``decrease`` for a problem.
    same_within : float
        How much smaller than the larger rate the smaller one may be to count as the same.
    at_least : float
        How many segments the difference must come to; both bounds are qualkit's own.
    language : {"en", "zh"}
        Of ``fit_reason``.

    Returns
    -------
    DataFrame, one row per case and theme; themes in the order of ``links`` within each case
        ``case``, ``theme``, ``subscale``; ``before``, ``after`` (scores), ``change``,
        ``rci``, ``class``; ``n_before``, ``n_after`` (segments), ``rate_before``,
        ``rate_after`` (per 1,000 characters), ``evidence``; ``fit``, ``fit_reason``;
        ``quote_before`` with ``quote_before_coding_id``, ``…_source_id``, ``…_source``,
        ``…_turn``, ``…_start``, ``…_end``, the same for ``quote_after``;
        ``coding_ids_before``, ``coding_ids_after``.

    References
    ----------
    Guetterman, Fetters & Creswell (2015), Annals of Family Medicine 13(6), 554-561; Fetters,
    Curry & Creswell (2013), Health Services Research 48(6), 2134-2156.

    Examples
    --------
    >>> turns = pd.DataFrame({"source_id": ["s1", "s2"], "turn": 1, "case": "A1", "wave": ["pre", "post"],
    ...     "n_characters": [500, 500]})
    >>> codings = pd.DataFrame({"coding_id": ["c1", "c2"], "source_id": "s1", "source": "pre/A1", "turn": 1,
    ...     "start": [0, 9], "end": [6, 13], "text": ["我就自己待着", "就走开了"], "code": "type.withdrawal.avoidance",
    ...     "coder": "Lin", "case": "A1", "wave": "pre", "memo": None})
    >>> scores = pd.DataFrame({"subscale": "withdrawal", "case": "A1", "wave": ["pre", "post"], "score": [25.0, 14.0]})
    >>> change = pd.DataFrame({"subscale": ["withdrawal"], "case": "A1", "change": -11.0, "rci": -5.5,
    ...     "class": "improved"})
    >>> table = joint_display(codings, scores, change, turns, links={"withdrawal": "type.withdrawal"})
    >>> table[["case", "change", "class", "n_before", "n_after", "evidence", "fit"]]
      case  change     class  n_before  n_after evidence         fit
    0   A1   -11.0  improved         2        0     less  convergent
    """
    require_choice("language", language, ("zh", "en"))
    require_between("same_within", same_within, 0, 1)
    require_number("at_least", at_least)
    _require_links(links, scores, change)
    shown = _shown_cases(scores, links, cases)
    numbers = _numbers(scores, change, shown, links, before, after)
    rates = theme_rates(
        codings, shown, turns, codes=list(links.values()), waves=[before, after], coder=coder, asked=asked
    )
    quotes = quotes_of(codings, codes=list(links.values()), coder=coder)
    table = numbers
    for wave, suffix in ((before, "before"), (after, "after")):
        table = table.merge(_words(rates, wave, suffix), on=["theme", "case"], how="left")
        table = table.merge(_typical_quotes(quotes, wave, f"quote_{suffix}"), on=["theme", "case"], how="left")
    table["evidence"] = [_course(row, same_within, at_least) for row in table.to_dict("records")]
    fits = [
        fit_label(row["class"], row["evidence"], improvement=_of(improvement, row["theme"]), language=language)
        for row in table.to_dict("records")
    ]
    table["fit"], table["fit_reason"] = [label for label, _ in fits], [reason for _, reason in fits]
    return table[_COLUMNS]


def _require_links(links: Mapping[str, str], scores: pd.DataFrame, change: pd.DataFrame) -> None:
    require_columns(scores, ["subscale", "case", "wave", "score"], what="scores")
    require_columns(change, ["subscale", "case", "change", "rci", "class"], what="change")
    for what, table in (("scores", scores), ("change", change)):
        require_keys(table, ["subscale", "case"], what=what)
    require_filled(scores, "case", what="scores")
    require_numbers(scores, "score", what="scores", of="case")
    if not isinstance(links, Mapping) or not links:
        raise OptionError(
            "links is empty or no mapping. Name the theme of each subscale, {'withdrawal': 'type.withdrawal'}."
        )
    for what, table in (("scores", scores), ("change", change)):
        known = list(table["subscale"].unique())
        unknown = [name for name in links if name not in known]
        if unknown:
            raise DataError(
                f"links: {', '.join(map(repr, unknown))} is no subscale of {what}, which has "
                f"{', '.join(map(repr, known))}. Correct the name."
            )
    if change.duplicated(["subscale", "case"]).any():
        first = change[change.duplicated(["subscale", "case"])].iloc[0]
        raise DataError(f"change: {first['case']} has more than one row in {first['subscale']!r}. Keep one.")


def _shown_cases(scores: pd.DataFrame, links: Mapping[str, str], cases: pd.DataFrame | None) -> pd.DataFrame:
    if cases is not None:
        require_columns(cases, ["case"], what="cases")
        return cases[["case"]]
    return scores.loc[scores["subscale"].isin(list(links)), ["case"]].drop_duplicates(ignore_index=True)


def _numbers(
    scores: pd.DataFrame, change: pd.DataFrame, shown: pd.DataFrame, links: Mapping[str, str], before: str, after: str
) -> pd.DataFrame:
    table = shown.merge(pd.DataFrame({"subscale": list(links), "theme": list(links.values())}), how="cross")
    for wave, name in ((before, "before"), (after, "after")):
        own = scores.loc[scores["wave"] == wave, ["subscale", "case", "score"]].rename(columns={"score": name})
        if own.duplicated(["subscale", "case"]).any():
            first = own[own.duplicated(["subscale", "case"])].iloc[0]
            raise DataError(f"scores: {first['case']} has more than one {first['subscale']!r} at {wave}. Keep one.")
        table = table.merge(own, on=["subscale", "case"], how="left")
    table = table.merge(change[["subscale", "case", "change", "rci", "class"]], on=["subscale", "case"], how="left")
    named = table["class"].astype(object)
    return table.assign(**{"class": named.where(named.notna(), None)})


def _words(rates: pd.DataFrame, wave: str, suffix: str) -> pd.DataFrame:
    columns = {"code": "theme", "case": "case", "n_segments": "n", "rate_per_1000": "rate"}
    kept = ["n_characters", "status", "coding_ids"]
    own = rates.loc[rates["wave"] == wave, [*columns, *kept]].rename(columns=columns)
    return own.rename(columns={name: f"{name}_{suffix}" for name in ("n", "rate", *kept)})


def _typical_quotes(quotes: pd.DataFrame, wave: str, prefix: str) -> pd.DataFrame:
    own = quotes[quotes["is_typical"] & (quotes["wave"] == wave)]
    renamed = own[["theme", "case", "text", *_QUOTE]].astype({"turn": "Int64", "start": "Int64", "end": "Int64"})
    return renamed.rename(columns={"text": prefix} | {name: f"{prefix}_{name}" for name in _QUOTE})


def _course(row: Mapping, same_within: float, at_least: float) -> str:
    if row["status_before"] != ASKED or row["status_after"] != ASKED:
        return "not asked"
    if row["n_before"] == 0 and row["n_after"] == 0:
        return "none"
    rates = (row["rate_before"], row["rate_after"])
    shorter = min(row["n_characters_before"], row["n_characters_after"]) / 1000
    if np.isnan(rates).any():
        # Nothing spoken at one wave: the segments are observations, and only their number can be compared.
        rates, shorter = (row["n_before"], row["n_after"]), 1
    low, high = sorted(rates)
    if high * shorter < at_least:
        return "too few"
    if high - low <= same_within * high or (high - low) * shorter < at_least:
        return "same"
    return "less" if rates[1] < rates[0] else "more"


def _of(improvement: str | Mapping[str, str], theme: str) -> str:
    if not isinstance(improvement, Mapping):
        return improvement
    if theme not in improvement:
        raise OptionError(f"improvement says nothing of {theme!r}. Give 'decrease' or 'increase' for each theme.")
    return improvement[theme]
