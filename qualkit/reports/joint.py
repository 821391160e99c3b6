"""The joint display in words: per theme what the scale shows, what people said, and how the two fit."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import pandas as pd
from docx.document import Document as DocumentType

from qualkit.checks import require_choice, require_columns, require_rows
from qualkit.model import FITS
from qualkit.reports.cells import p_text
from qualkit.reports.quotes import quotation
from qualkit.reports.word import word_table

_NEEDED = ("case", "theme", "before", "after", "change", "class", "n_before", "n_after", "fit")

_HEADS = {
    "zh": ("维度", "量化结果", "质性证据（引文）", "整合结论"),
    "en": ("Theme", "Quantitative result", "Qualitative evidence", "Integration"),
}

_WORDS = {
    "zh": {
        "means": "n={n}；M {before:.2f} → {after:.2f}，差值 {change:+.2f}",
        "nobody": "无两次测量齐全者",
        "improved": "可信改善 {people}",
        "deteriorated": "可信变差 {people}",
        "unchanged": "无可信变化 {people}",
        "evidence": "{when}：{n_cases}人，{n_segments}段",
        "not_asked": "（未问及{n}人）",
        "nobody_asked": "{when}：未问及",
        "before": "前测",
        "after": "后测",
        "convergent": "一致 {people}",
        "complementary": "互补 {people}",
        "divergent": "矛盾 {people}",
        "silent": "缺失 {people}",
        "people": "{n}人：{names}",
        "none": "无引文",
        "between": "、",
    },
    "en": {
        "means": "n = {n}; M {before:.2f} → {after:.2f}, difference {change:+.2f}",
        "nobody": "nobody was measured twice",
        "improved": "reliably improved: {people}",
        "deteriorated": "reliably worse: {people}",
        "unchanged": "no reliable change: {people}",
        "evidence": "{when}: {n_cases} cases, {n_segments} segments",
        "not_asked": " ({n} not asked)",
        "nobody_asked": "{when}: not asked",
        "before": "before",
        "after": "after",
        "convergent": "convergent: {people}",
        "complementary": "complementary: {people}",
        "divergent": "divergent: {people}",
        "silent": "silent: {people}",
        "people": "{n} ({names})",
        "none": "no quotation",
        "between": ", ",
    },
}


def word_joint_display(
    table: pd.DataFrame,
    title: str,
    *,
    paired: pd.DataFrame | None = None,
    path: str | os.PathLike[str] | None = None,
    document: DocumentType | None = None,
    labels: Mapping[str, str] | None = None,
    note: str | None = None,
    language: str = "zh",
) -> DocumentType:
    """The joint display as a three-line table: 维度, 量化结果, 质性证据（引文）, 整合结论.

    The arguments are those of ``describe_joint_display`` and ``word_table``.
    """
    described = describe_joint_display(table, paired=paired, labels=labels, language=language)
    heads = dict(zip(described.columns, _HEADS[language], strict=True))
    return word_table(
        described,
        title,
        path=path,
        document=document,
        columns=heads,
        quotes=("evidence",),
        statistics=("quantitative",),
        note=note,
        language=language,
    )


def describe_joint_display(
    table: pd.DataFrame,
    *,
    paired: pd.DataFrame | None = None,
    labels: Mapping[str, str] | None = None,
    language: str = "zh",
) -> pd.DataFrame:
    """One row per theme, in the words of a thesis.

    Parameters
    ----------
    table : DataFrame
        Result of ``joint_display``.
    paired : DataFrame, optional
        Result of ``paired_change`` by subscale, for the test statistics.
    labels : mapping, optional
        What to call the themes.

    Returns
    -------
    DataFrame
        ``theme``, ``quantitative``, ``evidence``, ``integration``. Two cases are quoted: of those whose evidence
        goes with the scale the one that changed most, and of those whose evidence contradicts it likewise.
    """
    require_choice("language", language, tuple(_WORDS))
    require_columns(table, _NEEDED, what="joint display")
    require_rows(table, what="joint display")
    rows = []
    for theme, part in table.groupby("theme", sort=False):
        name = labels.get(str(theme), str(theme)) if labels else str(theme).rsplit(".", 1)[-1]
        rows.append(
            {
                "theme": name,
                "quantitative": _quantitative(part, paired, language),
                "evidence": _evidence(part, language),
                "integration": "\n".join(_counts(part, "fit", FITS, language)),
            }
        )
    return pd.DataFrame(rows)


def _quantitative(part: pd.DataFrame, paired: pd.DataFrame | None, language: str) -> str:
    words = _WORDS[language]
    both = part.dropna(subset=["before", "after"])
    if both.empty:
        return words["nobody"]
    means = {name: float(both[name].mean()) for name in ("before", "after", "change")}
    lines = [words["means"].format(n=len(both), **means).replace("-", "−")]
    lines += _test(part, paired, language)
    return "\n".join([*lines, *_counts(both, "class", ("improved", "unchanged", "deteriorated"), language)])


def _test(part: pd.DataFrame, paired: pd.DataFrame | None, language: str) -> list[str]:
    if paired is None or "subscale" not in part or "subscale" not in paired:
        return []
    found = paired[paired["subscale"] == part["subscale"].iloc[0]]
    if found.empty or pd.isna(found["t"].iloc[0]):
        return []
    row = found.iloc[0]
    p = p_text(float(row["p_value"]))
    joint = "，" if language == "zh" else ", "
    texts = [f"t({row['df']:.0f}) = {row['t']:.2f}", f"p {p}" if p.startswith("<") else f"p = {p}"]
    return [joint.join([*texts, f"d_z = {row['cohen_dz']:.2f}"]).replace("-", "−")]


def _counts(part: pd.DataFrame, column: str, kinds: Sequence[str], language: str) -> list[str]:
    words = _WORDS[language]
    lines = []
    for kind in kinds:
        names = [str(case) for case in part.loc[part[column] == kind, "case"]]
        if names:
            people = words["people"].format(n=len(names), names=words["between"].join(names))
            lines.append(words[kind].format(people=people))
    return lines


def _evidence(part: pd.DataFrame, language: str) -> str:
    words = _WORDS[language]
    lines = [_counted(part[f"n_{when}"], words[when], words) for when in ("before", "after")]
    quotes = [line for row in _chosen(part) for line in _quotes_of(row, language)]
    return "\n".join([*lines, *(quotes or [words["none"]])])


def _counted(segments: pd.Series, when: str, words: Mapping[str, str]) -> str:
    # Those who were not asked are no zeros: they are counted apart.
    asked = segments.dropna()
    if asked.empty:
        return words["nobody_asked"].format(when=when)
    n_missing = len(segments) - len(asked)
    line = words["evidence"].format(when=when, n_cases=int((asked > 0).sum()), n_segments=int(asked.sum()))
    return line + (words["not_asked"].format(n=n_missing) if n_missing else "")


def _chosen(part: pd.DataFrame) -> list[dict]:
    # The most telling of those that agree and, never left out, of those that contradict.
    chosen = []
    for fit in ("convergent", "divergent"):
        rows = part[part["fit"] == fit]
        rows = rows.loc[rows["change"].abs().sort_values(ascending=False, kind="stable").index]
        telling = [row for row in rows.to_dict("records") if _quotes_of(row, "zh")]
        chosen += telling[:1]
    return chosen


def _quotes_of(row: Mapping, language: str) -> list[str]:
    lines = []
    for when in ("before", "after"):
        text, source = row.get(f"quote_{when}"), row.get(f"citation_{when}")
        if isinstance(text, str) and text.strip():
            shown = source if isinstance(source, str) else ""
            colon = "：" if language == "zh" else ": "
            lines.append(f"{_WORDS[language][when]}{colon}{quotation(text, shown, language=language)}")
    return lines
