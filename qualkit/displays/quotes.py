"""The quotations of a theme, with one marked as typical for each case and wave."""

from __future__ import annotations

import pandas as pd

from qualkit.checks import require_columns
from qualkit.themes import Themes, accepted, codings_by_theme, codings_of_one_coder

_COLUMNS = [
    "theme",
    "case",
    "wave",
    "source_id",
    "source",
    "turn",
    "start",
    "end",
    "code",
    "coder",
    "text",
    "memo",
    "coding_id",
]


def quotes_of(
    codings: pd.DataFrame,
    *,
    codes: Themes,
    case: str | None = None,
    wave: str | None = None,
    coder: str | None = None,
) -> pd.DataFrame:
    """All quotations of the themes, in the order of the texts.

    The typical quotation of a theme, case and wave is chosen by rule, not by liking: among
    the codings with the case's most frequent code, the one whose length is closest to the
    median length of the theme's codings over all cases; ties go to the earlier place. The
    author may choose another and should say so.

    Parameters
    ----------
    codings : DataFrame
        The table of that name; suggested and rejected codings do not count.
    codes : list of str, or mapping of theme name to keys
        The themes.
    case, wave : str, optional
        Only these; what is typical does not depend on it.
    coder : str, optional
        Whose codings; needed when two coders coded the same source.

    Returns
    -------
    DataFrame, one row per theme and coding
        ``theme``, ``case``, ``wave``, ``source_id``, ``source``, ``turn``, ``start``,
        ``end``, ``code``, ``coder``, ``text``, ``memo``, ``coding_id``, ``is_typical``.

    References
    ----------
    Lingard (2019), Perspectives on Medical Education 8(6), 360-364 (quotations represent a
    pattern, they do not decorate it). The rule is ours.

    Examples
    --------
    >>> codings = pd.DataFrame({"coding_id": ["c1", "c2", "c3"], "source_id": "s1", "source": "pre/A1",
    ...     "turn": [2, 4, 6], "start": [10, 30, 50], "end": [12, 35, 62],
    ...     "text": ["不。", "我不过去。", "他们玩他们的，我就待着。"], "code": "type.withdrawal.avoidance",
    ...     "coder": "Lin", "case": "A1", "wave": "pre", "memo": None})
    >>> quotes_of(codings, codes=["type.withdrawal"])[["turn", "text", "is_typical"]]
       turn          text  is_typical
    0     2            不。       False
    1     4         我不过去。        True
    2     6  他们玩他们的，我就待着。       False
    """
    require_columns(codings, [name for name in _COLUMNS if name != "theme"], what="codings")
    found = codings_by_theme(accepted(codings_of_one_coder(codings, coder)), codes)
    found = found.assign(is_typical=False)
    for _, theme in found.groupby("theme", sort=False):
        length = theme["end"] - theme["start"]
        far = (length - length.median()).abs()
        for _, own in theme.groupby(["case", "wave"], sort=False, dropna=False):
            found.loc[_typical(own, far), "is_typical"] = True
    for column, wanted in (("case", case), ("wave", wave)):
        if wanted is not None:
            found = found[found[column] == wanted]
    in_order = found.assign(place=pd.factorize(found["theme"])[0]).sort_values(
        ["place", "source", "start", "end", "coding_id"]
    )
    return in_order[[*_COLUMNS, "is_typical"]].reset_index(drop=True)


def _typical(own: pd.DataFrame, far: pd.Series) -> int:
    # Which coding stands for this case? Most frequent code (ties: first in the alphabet), most usual length, earliest.
    frequency = own["code"].map(own["code"].value_counts())
    ordered = own.assign(frequency=-frequency, far=far).sort_values(
        ["frequency", "code", "far", "source", "start", "coding_id"]
    )
    return ordered.index[0]
