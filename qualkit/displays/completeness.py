"""Completeness as a wide table: one row per case, one column per wave and kind of material."""

from __future__ import annotations

import pandas as pd

from qualkit.checks import require_choice, require_columns, require_rows
from qualkit.errors import DataError
from qualkit.headings import value_word

SIGNS = {"present": "●", "missing": "○", "excused": "△", "not_expected": "–"}

_ORDER = ("interview", "informant", "scale/", "survey/", "observation", "attendance", "consent")
_WAVES = {"zh": {"pre": "前测", "mid": "中测", "post": "后测", "follow_up": "追踪"}, "en": {}}
_WORDS = {"zh": ("编号", "角色"), "en": ("case", "role")}


def completeness_matrix(table: pd.DataFrame, *, language: str = "zh") -> pd.DataFrame:
    """What there is of each case at a glance.

    Parameters
    ----------
    table : DataFrame
        Result of ``project.completeness()``: ``case``, ``role``, ``wave``, ``session``, ``kind``, ``status``.
    language : {"zh", "en"}
        Of the headers and roles.

    Returns
    -------
    DataFrame, one row per case
        The case, its role, and a column per kind of material and wave with ● there, ○ missing, △ missing with
        a reason, – not expected. Material of the group sessions has one column per kind: in how many of the
        sessions where it is expected it is there (``6/7``).

    Examples
    --------
    >>> table = pd.DataFrame({"case": ["A1", "A1", "A1", "B1"], "role": ["member"] * 3 + ["guardian"],
    ...     "wave": ["pre", "post", None, "pre"], "session": [None, None, 1, None],
    ...     "kind": ["interview", "interview", "attendance", "interview"],
    ...     "status": ["present", "missing", "present", "not_expected"]})
    >>> print(completeness_matrix(table).to_string(index=False))
    编号  角色 访谈 前测 访谈 后测  出席
    A1  组员     ●     ○ 1/1
    B1 监护人     –     –   –
    """
    require_choice("language", language, tuple(_WORDS))
    require_columns(table, ["case", "role", "wave", "session", "kind", "status"], what="completeness")
    require_rows(table, what="completeness")
    unknown = set(table["status"]) - set(SIGNS)
    if unknown:
        raise DataError(f"completeness: the status {sorted(map(str, unknown))[0]!r} is not one of {', '.join(SIGNS)}.")
    case, role = _WORDS[language]
    people = table.drop_duplicates("case")
    roles = [value_word("role", str(one), language) if pd.notna(one) else "" for one in people["role"]]
    columns: dict[str, list[str]] = {case: people["case"].tolist(), role: roles}
    for kind in sorted(table["kind"].unique(), key=_place):
        own = table[table["kind"] == kind]
        word = value_word("kind", kind, language)
        if own["session"].notna().any():
            columns[word] = _shares(own, columns[case])
            continue
        for wave, at_wave in own.groupby("wave", sort=False, dropna=False):
            name = word if pd.isna(wave) else f"{word} {_WAVES[language].get(str(wave), wave)}"
            signs = dict(zip(at_wave["case"], at_wave["status"].map(SIGNS), strict=True))
            columns[name] = [signs.get(one, SIGNS["not_expected"]) for one in columns[case]]
    return pd.DataFrame(columns)


def _place(kind: str) -> tuple[int, str]:
    # Kinds in the order of a study; several scales by their names.
    places = [place for place, name in enumerate(_ORDER) if kind == name or (name[-1] == "/" and kind.startswith(name))]
    return (places[0] if places else len(_ORDER), kind)


def _shares(table: pd.DataFrame, cases: list[str]) -> list[str]:
    # In how many of the sessions where it is expected is it there?
    wanted = table[table["status"] != "not_expected"]
    n_wanted = wanted["case"].value_counts()
    n_there = wanted.loc[wanted["status"] == "present", "case"].value_counts()
    return [f"{n_there.get(case, 0)}/{n_wanted[case]}" if case in n_wanted else SIGNS["not_expected"] for case in cases]
