"""Which codings count for a theme: accepted ones whose code is the theme or lies below it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from qualkit.checks import require_columns, require_keys
from qualkit.errors import DataError, OptionError

if TYPE_CHECKING:
    import pandas as pd

Themes = Iterable[str] | Mapping[str, Iterable[str]]


def is_below(code: str, theme: str) -> bool:
    """Whether ``code`` is ``theme`` or lies below it in the tree of dotted keys.

    >>> is_below("type.withdrawal.silence", "type.withdrawal"), is_below("type.withdrawals", "type.withdrawal")
    (True, False)
    """
    return code == theme or code.startswith(theme + ".")


def theme_keys(codes: Themes) -> dict[str, tuple[str, ...]]:
    """The themes by name, each with the keys that count for it.

    ``codes`` is one key, a list of keys, or a mapping of theme name → keys for themes that
    gather several branches of the codebook.

    >>> theme_keys(["type.withdrawal"])
    {'type.withdrawal': ('type.withdrawal',)}
    >>> theme_keys({"contact": ["type.withdrawal", "change.peer"]})
    {'contact': ('type.withdrawal', 'change.peer')}
    """
    if isinstance(codes, str):
        codes = [codes]
    if not _are_names(codes) or (isinstance(codes, Mapping) and not all(map(_are_names, codes.values()))):
        raise OptionError(f"codes={codes!r} are no keys of codes. List them, such as codes=['type.withdrawal'].")
    if not isinstance(codes, Mapping):
        codes = {key: [key] for key in codes}
    if not codes:
        raise OptionError("codes is empty. Name at least one code, such as codes=['type.withdrawal'].")
    return {theme: (keys,) if isinstance(keys, str) else tuple(keys) for theme, keys in codes.items()}


def _are_names(given: object) -> bool:
    # One name or several; an iterator would be used up by asking.
    if isinstance(given, str):
        return True
    return isinstance(given, Collection) and all(isinstance(one, str) for one in given)


def codings_by_theme(codings: pd.DataFrame, codes: Themes) -> pd.DataFrame:
    """One row per coding and theme it counts for, with the theme in the column ``theme``.

    Codings whose ``status`` is ``suggested`` or ``rejected`` are left out; a coding that
    counts for two themes has two rows.

    >>> import pandas as pd
    >>> codings = pd.DataFrame({"coding_id": ["c1", "c2"], "code": ["type.withdrawal.silence", "cause.family"]})
    >>> codings_by_theme(codings, ["type.withdrawal", "type"])[["theme", "coding_id"]]
                 theme coding_id
    0  type.withdrawal        c1
    1             type        c1
    """
    import pandas as pd

    require_columns(codings, ["code"], what="codings")
    require_keys(codings, ["code"], what="codings")
    codings = accepted(codings)
    used = [str(code) for code in codings["code"].unique()]
    parts = []
    for theme, keys in theme_keys(codes).items():
        counted = [code for code in used if any(is_below(code, key) for key in keys)]
        part = codings[codings["code"].isin(counted)].copy()
        part.insert(0, "theme", theme)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def accepted(codings: pd.DataFrame) -> pd.DataFrame:
    """The codings a person stands behind: all but those marked suggested or rejected."""
    if "status" not in codings.columns:
        return codings
    return codings[codings["status"].isna() | (codings["status"] == "accepted")]


def codings_of_one_coder(codings: pd.DataFrame, coder: str | None) -> pd.DataFrame:
    """The codings of ``coder``; with ``None`` all, refused where two coders coded the same source.

    Counting the same passage once per coder would double every frequency.
    """
    require_columns(codings, ["source_id", "coder"], what="codings")
    require_keys(codings, ["source_id", "coder"], what="codings")
    known = sorted(str(name) for name in codings["coder"].dropna().unique())
    if coder is not None:
        if coder not in known:
            raise OptionError(f"coder={coder!r} has no codings in this table. Choose one of {', '.join(known)}.")
        return codings[codings["coder"] == coder]
    shared = codings.groupby("source_id")["coder"].nunique()
    if (shared > 1).any():
        raise DataError(
            f"codings: {int((shared > 1).sum())} sources were coded by more than one coder ({', '.join(known)}); "
            f"counting them together would count passages twice. Choose one with coder={known[0]!r}."
        )
    return codings
