"""How much of a theme is in a case's words at each wave: segments, characters, rate, or "not asked"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from qualkit.checks import require_columns, require_keys, require_numbers, require_rows, require_same_kind
from qualkit.errors import DataError, OptionError
from qualkit.themes import Themes, accepted, codings_by_theme, codings_of_one_coder, theme_keys

ASKED, NOT_ASKED = "asked", "not asked"

_CODINGS = ("coding_id", "source_id", "turn", "code", "coder", "case", "wave")
_TURNS = ("source_id", "turn", "case", "wave", "n_characters")


def theme_rates(
    codings: pd.DataFrame,
    cases: pd.DataFrame,
    turns: pd.DataFrame,
    *,
    codes: Themes,
    waves: Sequence[str] | None = None,
    coder: str | None = None,
    asked: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Evidence of each theme per case and wave: what ``theme_change`` tests and matrices add up.

    A theme is ``not asked`` of a case at a wave when there is no material of the case at that
    wave, or when ``asked`` says so and the theme did not come up by itself. That is not zero.

    Parameters
    ----------
    codings, cases, turns : DataFrame
        The tables of those names. Only the cases of ``cases`` are shown, in its order; keep
        the members to leave out informants. Suggested and rejected codings do not count.
        Turns of the ``kind`` observation, if the column is there, are not spoken by the case:
        codings on them are segments, but their characters and the codings enter no rate.
    codes : list of str, or mapping of theme name to keys
        The themes; a code counts for the theme it is or lies below.
    waves : list of str, optional
        The waves in their order; by first appearance in ``turns`` when left out. Material
        without a wave is left out.
    coder : str, optional
        Whose codings count; needed when two coders coded the same source.
    asked : DataFrame, optional
        ``case``, ``wave``, ``code`` (the theme) and ``asked`` (true or false), for themes
        that a guide did not cover.

    Returns
    -------
    DataFrame, one row per theme, case and wave
        ``code`` (the theme), ``case``, ``wave``, ``n_segments`` (codings, missing when not
        asked), ``n_spoken`` (those in the case's own turns), ``n_characters`` (spoken by the
        case, without marks), ``rate_per_1000`` (``n_spoken`` per 1,000 of them), ``status``
        (asked, not asked), ``coding_ids``.

    References
    ----------
    Sandelowski, Voils & Knafl (2009), Journal of Mixed Methods Research 3(3), 208-222.

    Examples
    --------
    >>> turns = pd.DataFrame({"source_id": ["s1", "s2"], "turn": 1, "case": "A1", "wave": ["pre", "post"],
    ...     "n_characters": [500, 1000]})
    >>> codings = pd.DataFrame({"coding_id": ["c1"], "source_id": "s1", "turn": 1, "code": "type.withdrawal.silence",
    ...     "coder": "Lin", "case": "A1", "wave": "pre"})
    >>> theme_rates(codings, pd.DataFrame({"case": ["A1"]}), turns, codes=["type.withdrawal"])[
    ...     ["case", "wave", "n_segments", "rate_per_1000", "status"]]
      case  wave  n_segments  rate_per_1000 status
    0   A1   pre           1            2.0  asked
    1   A1  post           0            0.0  asked
    """
    table = count_segments(codings, cases, turns, codes=codes, coder=coder, asked=asked)
    shown = _known_waves(_spoken(turns), waves)
    return _in_wave_order(table[table["wave"].isin(shown)], shown)


def count_segments(
    codings: pd.DataFrame,
    cases: pd.DataFrame,
    turns: pd.DataFrame,
    *,
    codes: Themes,
    coder: str | None,
    asked: pd.DataFrame | None,
) -> pd.DataFrame:
    """As ``theme_rates``, with a row per theme and case for material without a wave too (``wave`` missing)."""
    require_columns(codings, _CODINGS, what="codings")
    require_columns(turns, _TURNS, what="turns")
    require_columns(cases, ["case"], what="cases")
    require_rows(cases, what="cases")
    for what, table in (("codings", codings), ("turns", turns)):
        require_keys(table, ["source_id", "turn", "case", "wave"], what=what)
    require_keys(cases, ["case"], what="cases")
    require_same_kind({"cases": cases, "codings": codings, "turns": turns}, "case")
    require_same_kind({"codings": codings, "turns": turns}, "turn")
    require_numbers(turns, "n_characters", what="turns")
    _require_one_row_per_case(cases)
    codings = _no_wave_as_text(accepted(codings_of_one_coder(codings, coder)))
    turns = _no_wave_as_text(_spoken(turns))
    grid = _grid(list(theme_keys(codes)), cases, [*turns["wave"].unique(), *codings["wave"].unique()])
    table = grid.merge(_characters(turns), on=["case", "wave"], how="left")
    table = table.merge(_segments(codings_by_theme(codings, codes), turns), on=["code", "case", "wave"], how="left")
    any_coding = codings[["case", "wave"]].drop_duplicates().assign(is_coded=True)
    table = table.merge(any_coding, on=["case", "wave"], how="left")
    return _with_status(table, asked)


def rate_per_1000(n_spoken: pd.Series, n_characters: pd.Series) -> pd.Series:
    """Segments per 1,000 characters; missing where nothing was spoken."""
    characters = n_characters.to_numpy(dtype=float, na_value=np.nan)
    spoken = n_spoken.to_numpy(dtype=float, na_value=np.nan)
    rate = np.divide(1000 * spoken, characters, out=np.full(len(spoken), np.nan), where=characters > 0)
    return pd.Series(rate, index=n_spoken.index)


def _spoken(turns: pd.DataFrame) -> pd.DataFrame:
    # A row of an observation record is about the case and not in its words; that it was seen asks it nothing.
    return turns[turns["kind"] != "observation"] if "kind" in turns.columns else turns


def _grid(themes: list[str], cases: pd.DataFrame, waves: list[str]) -> pd.DataFrame:
    parts = [pd.DataFrame({"code": themes}), cases[["case"]], pd.DataFrame({"wave": list(dict.fromkeys(waves))})]
    return parts[0].merge(parts[1], how="cross").merge(parts[2], how="cross")


def _characters(turns: pd.DataFrame) -> pd.DataFrame:
    spoken = turns.dropna(subset=["case"]).groupby(["case", "wave"])["n_characters"]
    return spoken.agg(n_characters="sum", n_turns="count").reset_index()


def _segments(found: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    # A coding counts for the rate when the case speaks itself; an observation about it has no characters to refer to.
    speaker = turns[["source_id", "turn", "case"]].rename(columns={"case": "speaks"})
    found = found.merge(speaker, on=["source_id", "turn"], how="left")
    found = found.assign(is_spoken=(found["speaks"] == found["case"]).fillna(False).astype(bool))
    grouped = found.groupby(["theme", "case", "wave"])
    counted = grouped.agg(
        n_segments=("coding_id", "size"), n_spoken=("is_spoken", "sum"), coding_ids=("coding_id", tuple)
    )
    return counted.reset_index().rename(columns={"theme": "code"})


def _with_status(table: pd.DataFrame, asked: pd.DataFrame | None) -> pd.DataFrame:
    has_material = table["n_turns"].fillna(0).gt(0) | table["is_coded"].notna()
    is_found = table["n_segments"].notna()
    is_asked = has_material & (is_found | ~_not_asked(table, asked))
    for column in ("n_segments", "n_spoken", "n_characters"):
        table[column] = table[column].fillna(0).astype("Int64").mask(~is_asked)
    table["rate_per_1000"] = rate_per_1000(table["n_spoken"], table["n_characters"])
    table["status"] = np.where(is_asked, ASKED, NOT_ASKED)
    table["coding_ids"] = [ids if isinstance(ids, tuple) else () for ids in table["coding_ids"]]
    columns = [
        "code",
        "case",
        "wave",
        "n_segments",
        "n_spoken",
        "n_characters",
        "rate_per_1000",
        "status",
        "coding_ids",
    ]
    return table[columns]


def _not_asked(table: pd.DataFrame, asked: pd.DataFrame | None) -> pd.Series:
    if asked is None:
        return pd.Series(False, index=table.index)
    require_columns(asked, ["case", "wave", "code", "asked"], what="asked")
    if asked.duplicated(["case", "wave", "code"]).any():
        first = asked[asked.duplicated(["case", "wave", "code"])].iloc[0]
        raise DataError(f"asked: {first['case']} at {first['wave']} is listed twice for {first['code']}. Keep one row.")
    odd = asked.loc[~asked["asked"].isin([True, False]), "asked"]
    if len(odd):
        raise DataError(f"asked: {odd.iloc[0]!r} is neither true nor false. Write true or false (1 or 0).")
    said = table[["code", "case", "wave"]].merge(asked, on=["code", "case", "wave"], how="left")["asked"]
    return pd.Series([pd.notna(one) and not one for one in said], index=table.index, dtype=bool)


def _known_waves(turns: pd.DataFrame, waves: Sequence[str] | None) -> list[str]:
    known = list(turns["wave"].dropna().unique())
    if waves is None:
        return known
    unknown = [wave for wave in waves if wave not in known]
    if unknown:
        raise OptionError(
            f"waves: {', '.join(map(str, unknown))} has no turns. Choose from {', '.join(map(str, known))}."
        )
    return list(waves)


def _in_wave_order(table: pd.DataFrame, waves: list[str]) -> pd.DataFrame:
    # Themes and cases keep their order; only the waves within them are put in theirs.
    place = {wave: number for number, wave in enumerate(waves)}
    first = table.groupby(["code", "case"], sort=False).ngroup()
    order = np.lexsort((table["wave"].map(place).to_numpy(), first.to_numpy()))
    return table.iloc[order].reset_index(drop=True)


def _no_wave_as_text(table: pd.DataFrame) -> pd.DataFrame:
    wave = table["wave"].astype(object)
    return table.assign(wave=wave.where(wave.notna(), ""))


def _require_one_row_per_case(cases: pd.DataFrame) -> None:
    if cases["case"].duplicated().any():
        twice = cases.loc[cases["case"].duplicated(), "case"].iloc[0]
        raise DataError(f"cases: {twice} is listed more than once. Keep one row per case.")
