"""What is left to settle: turns in which one coder saw a theme and another did not."""

from __future__ import annotations

import pandas as pd

from qualkit.agreement.units import codings_in_turns
from qualkit.checks import require_columns
from qualkit.themes import accepted


def disagreements(ratings: pd.DataFrame, codings: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """The turns on which coders differ, with what each of them coded there.

    Parameters
    ----------
    ratings : DataFrame
        As ``turn_ratings`` gives it: one row per theme, turn and coder.
    codings, turns : DataFrame
        The tables the ratings were made from.

    Returns
    -------
    DataFrame, one row per theme and turn, in the order of the texts within each theme
        ``code`` (the theme), ``unit``, ``source_id``, ``turn``, ``speaker``, ``text`` (of the
        turn), ``coded_by`` and ``not_coded_by`` (coders), ``given`` (every code each coder put
        on the turn, also for other themes, since the boundary is the matter to settle),
        ``coding_ids`` (the codings that gave the theme).

    References
    ----------
    Campbell, Quincy, Osserman & Pedersen (2013), Sociological Methods & Research 42(3),
    294-320 (negotiated agreement).

    Examples
    --------
    >>> from qualkit.agreement import turn_ratings
    >>> turns = pd.DataFrame({"source_id": "s1", "turn": [1, 2], "speaker": "A1", "start": [0, 10], "end": [9, 19],
    ...     "text": ["他推我。", "我踢了门。"]})
    >>> codings = pd.DataFrame({"coding_id": ["c1", "c2"], "source_id": "s1", "start": [10, 10], "end": [15, 15],
    ...     "code": ["type.cathartic.displacement", "type.aggressive.physical"], "coder": ["Lin", "Zhao"]})
    >>> table = disagreements(turn_ratings(codings, turns, codes=["type.cathartic"]), codings, turns)
    >>> table.loc[0, ["coded_by", "not_coded_by"]].to_dict()
    {'coded_by': ('Lin',), 'not_coded_by': ('Zhao',)}
    >>> table.loc[0, "given"]
    'Lin: type.cathartic.displacement; Zhao: type.aggressive.physical'
    """
    require_columns(
        ratings, ["code", "unit", "source_id", "turn", "coder", "value", "coding_ids"], what="ratings of turn_ratings"
    )
    require_columns(turns, ["source_id", "turn", "speaker", "text"], what="turns")
    coders = sorted(ratings["coder"].unique())
    given = _given(accepted(codings), turns, coders)
    rows = []
    for (code, unit, source_id, turn), own in ratings.groupby(["code", "unit", "source_id", "turn"], sort=False):
        if own["value"].nunique() < 2:
            continue
        row = {"code": code, "unit": unit, "source_id": source_id, "turn": turn}
        row["coded_by"] = tuple(own.loc[own["value"] == 1, "coder"])
        row["not_coded_by"] = tuple(own.loc[own["value"] == 0, "coder"])
        row["given"] = given.get((source_id, turn), "")
        row["coding_ids"] = tuple(one for ids in own["coding_ids"] for one in ids)
        rows.append(row)
    columns = [
        "code",
        "unit",
        "source_id",
        "turn",
        "speaker",
        "text",
        "coded_by",
        "not_coded_by",
        "given",
        "coding_ids",
    ]
    if not rows:
        return pd.DataFrame(columns=columns)
    table = pd.DataFrame(rows).merge(
        turns[["source_id", "turn", "speaker", "text"]], on=["source_id", "turn"], how="left"
    )
    return table[columns]


def _given(codings: pd.DataFrame, turns: pd.DataFrame, coders: list[str]) -> dict[tuple[object, object], str]:
    located = codings_in_turns(codings[codings["coder"].isin(coders)], turns)
    texts: dict[tuple[object, object], str] = {}
    for (source_id, turn), own in located.groupby(["source_id", "turn"]):
        by_coder = own.groupby("coder")["code"].agg(lambda codes: ", ".join(dict.fromkeys(codes)))
        texts[source_id, turn] = "; ".join(f"{coder}: {by_coder.get(coder, '–')}" for coder in coders)
    return texts
