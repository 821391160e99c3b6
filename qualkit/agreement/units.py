"""Which units do coders judge? Turns of the speakers who are coded, one 0/1 rating per coder and theme."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from qualkit.checks import require_columns, require_rows
from qualkit.errors import DataError, OptionError
from qualkit.themes import Themes, accepted, codings_by_theme, theme_keys

_CODING_COLUMNS = ("coding_id", "source_id", "start", "end", "code", "coder")
_TURN_COLUMNS = ("source_id", "turn", "speaker", "start", "end")


def turn_ratings(
    codings: pd.DataFrame, turns: pd.DataFrame, *, codes: Themes, coders: Sequence[str] | None = None
) -> pd.DataFrame:
    """What each coder decided for each turn: does it show the theme or not?

    Units are the turns of the speakers who are coded (the interviewer's questions would
    only add easy agreement), in sources which all coders coded. A theme counts for a turn
    when the coder put its code, or one below it, on any part of the turn. A coder who put
    no code at all on a source has not coded it.

    Parameters
    ----------
    codings, turns : DataFrame
        The tables of those names; rejected and suggested codings do not count.
    codes : list of str, or mapping of theme name to keys
        The themes to judge.
    coders : list of str, optional
        Whom to compare; all coders in the table when left out.

    Returns
    -------
    DataFrame, one row per theme, turn and coder
        ``unit``, ``source_id``, ``turn``, ``coder``, ``code`` (the theme), ``value`` (1 or
        0), ``coding_ids`` (the codings behind a 1).

    Examples
    --------
    >>> turns = pd.DataFrame({"source_id": "s1", "turn": [1, 2, 3], "speaker": ["W1", "A1", "A1"],
    ...     "start": [0, 10, 20], "end": [9, 19, 29]})
    >>> codings = pd.DataFrame({"coding_id": ["c1", "c2", "c3"], "source_id": "s1", "start": [10, 12, 21],
    ...     "end": [15, 18, 25], "code": ["type.withdrawal.silence", "type.withdrawal", "type.withdrawal.avoidance"],
    ...     "coder": ["Lin", "Zhao", "Lin"]})
    >>> turn_ratings(codings, turns, codes=["type.withdrawal"])[["unit", "coder", "value"]]
       unit coder  value
    0  s1#2   Lin      1
    1  s1#2  Zhao      1
    2  s1#3   Lin      1
    3  s1#3  Zhao      0
    """
    require_columns(codings, _CODING_COLUMNS, what="codings")
    require_columns(turns, _TURN_COLUMNS, what="turns")
    codings = accepted(codings)
    require_rows(codings, what="codings")
    names = _chosen_coders(codings, coders)
    shared = _sources_of_all(codings[codings["coder"].isin(names)], names)
    located = codings_in_turns(codings[codings["coder"].isin(names) & codings["source_id"].isin(shared)], turns)
    units = _turns_of_coded_speakers(located, turns)
    return _ratings(codings_by_theme(located, codes), units, list(theme_keys(codes)), names)


def codings_in_turns(codings: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """The codings with the turn each touches, one row per coding and turn, in the column ``turn``."""
    parts = [codings.iloc[:0].assign(turn=pd.Series(dtype="int64"))]
    by_source = dict(tuple(turns.sort_values(["source_id", "start"]).groupby("source_id")))
    for source_id, group in codings.groupby("source_id", sort=True):
        if source_id not in by_source:
            continue
        own = by_source[source_id]
        # A coding touches the turns from the first that ends after its start to the last that starts before its end.
        first = np.searchsorted(own["end"].to_numpy(), group["start"].to_numpy(), side="right")
        after = np.searchsorted(own["start"].to_numpy(), group["end"].to_numpy(), side="left")
        length = np.maximum(after - first, 0)
        rows = np.repeat(np.arange(len(group)), length)
        turn = own["turn"].to_numpy()[
            np.concatenate([np.arange(a, b) for a, b in zip(first, after, strict=True)]).astype(int)
        ]
        parts.append(group.iloc[rows].assign(turn=turn))
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]


def _chosen_coders(codings: pd.DataFrame, coders: Sequence[str] | None) -> list[str]:
    known = sorted(str(name) for name in codings["coder"].dropna().unique())
    names = known if coders is None else list(coders)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise OptionError(f"coders: {', '.join(unknown)} coded nothing here. Choose from {', '.join(known)}.")
    if len(names) < 2:
        raise DataError(
            f"codings: only {', '.join(names) or 'nobody'} coded. Agreement needs a second coder on the same sources."
        )
    return names


def _sources_of_all(codings: pd.DataFrame, names: list[str]) -> list[str]:
    coded_by = codings.groupby("source_id")["coder"].nunique()
    shared = list(coded_by.index[coded_by == len(names)])
    if not shared:
        raise DataError(
            f"codings: no source was coded by all of {', '.join(names)}. "
            f"Let them code the same sources, or compare those who did with coders=[…]."
        )
    return shared


def _turns_of_coded_speakers(located: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    turns = turns.assign(speaker=turns["speaker"].astype(object).where(turns["speaker"].notna(), ""))
    touched = turns.merge(located[["source_id", "turn"]].drop_duplicates(), on=["source_id", "turn"])
    speakers = touched[["source_id", "speaker"]].drop_duplicates()
    units = turns.merge(speakers, on=["source_id", "speaker"])[["source_id", "turn"]]
    return units.sort_values(["source_id", "turn"], ignore_index=True)


def _ratings(located: pd.DataFrame, units: pd.DataFrame, themes: list[str], names: list[str]) -> pd.DataFrame:
    grid = pd.DataFrame({"code": themes}).merge(units, how="cross").merge(pd.DataFrame({"coder": names}), how="cross")
    found = (
        located.groupby(["theme", "source_id", "turn", "coder"])["coding_id"]
        .agg(tuple)
        .rename("coding_ids")
        .reset_index()
        .rename(columns={"theme": "code"})
    )
    rated = grid.merge(found, on=["code", "source_id", "turn", "coder"], how="left")
    rated["value"] = rated["coding_ids"].notna().astype("int64")
    rated["coding_ids"] = [ids if isinstance(ids, tuple) else () for ids in rated["coding_ids"]]
    rated["unit"] = rated["source_id"].astype(str) + "#" + rated["turn"].astype(str)
    return rated[["unit", "source_id", "turn", "coder", "code", "value", "coding_ids"]]
