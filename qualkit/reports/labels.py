"""What the columns of qualkit's tables are called in a thesis, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

_LABELS = {
    "case": ("编号", "Case"),
    "code": ("编码", "Code"),
    "theme": ("主题", "Theme"),
    "scale": ("量表", "Scale"),
    "subscale": ("维度", "Subscale"),
    "wave": ("时间", "Wave"),
    "role": ("身份", "Role"),
    "site": ("地点", "Site"),
    "sex": ("性别", "Sex"),
    "age": ("年龄", "Age"),
    "grade": ("年级", "Grade"),
    "guardian": ("监护人", "Guardian"),
    "session": ("节次", "Session"),
    "date": ("日期", "Date"),
    "statistic": ("统计量", "Statistic"),
    "estimate": ("估计值", "Estimate"),
    "ci_low": ("{level}CI下限", "{level} CI low"),
    "ci_high": ("{level}CI上限", "{level} CI high"),
    "n": ("n", "n"),
    "n_units": ("单位数", "Units"),
    "n_coders": ("编码者数", "Coders"),
    "n_cases": ("人数", "Cases"),
    "n_segments": ("片段数", "Segments"),
    "n_characters": ("字数", "Characters"),
    "rate_per_1000": ("每千字", "Per 1,000 characters"),
    "status": ("是否问及", "Asked"),
    "percent_agreement": ("一致率", "Agreement"),
    "cohen_kappa": ("Cohen κ", "Cohen's κ"),
    "krippendorff_alpha": ("Krippendorff α", "Krippendorff's α"),
    "krippendorff_alpha_ci_low": ("α {level}CI下限", "α {level} CI low"),
    "krippendorff_alpha_ci_high": ("α {level}CI上限", "α {level} CI high"),
    "cohen_kappa_ci_low": ("κ {level}CI下限", "κ {level} CI low"),
    "cohen_kappa_ci_high": ("κ {level}CI上限", "κ {level} CI high"),
    "maximum": ("最大可能值", "Maximum"),
    "share": ("次序符合度(0–1)", "Along the order (0–1)"),
    "alternative": ("备择假设", "Alternative"),
    "n_conditions": ("条件数", "Conditions"),
    "critical_change": ("可信变化界值", "Critical change"),
    "mean_before": ("前测M", "M before"),
    "sd_before": ("前测SD", "SD before"),
    "mean_after": ("后测M", "M after"),
    "sd_after": ("后测SD", "SD after"),
    "before": ("前测", "Before"),
    "after": ("后测", "After"),
    "change": ("差值", "Change"),
    "difference": ("差值", "Difference"),
    "rci": ("RCI", "RCI"),
    "class": ("RCI判定", "Reliable change"),
    "t": ("t", "t"),
    "df": ("df", "df"),
    "p_value": ("p", "p"),
    "p_holm": ("p(Holm校正)", "p (Holm)"),
    "wilcoxon_p_exact": ("Wilcoxon精确p", "Wilcoxon exact p"),
    "permutation_p": ("置换检验p", "Permutation p"),
    "cohen_dz": ("d_z", "d_z"),
    "hedges_gz": ("g_z", "g_z"),
    "rank_biserial": ("秩二列相关r", "Rank-biserial r"),
    "note": ("备注", "Note"),
    "fit": ("整合结论", "Fit"),
    "citation": ("来源", "Source"),
    "text": ("原始语句", "Quotation"),
}

_VALUES = {
    "improved": ("改善", "improved"),
    "unchanged": ("无可信变化", "no reliable change"),
    "deteriorated": ("变差", "deteriorated"),
    "convergent": ("一致", "convergent"),
    "complementary": ("互补", "complementary"),
    "divergent": ("矛盾", "divergent"),
    "silent": ("缺失", "silent"),
    "member": ("组员", "member"),
    "comparison": ("对照", "comparison"),
    "guardian": ("监护人", "guardian"),
    "teacher": ("教师", "teacher"),
    "worker": ("社工", "worker"),
    "page": ("Page L", "Page L"),
    "jonckheere": ("Jonckheere J", "Jonckheere J"),
    "increase": ("递增", "increase"),
    "decrease": ("递减", "decrease"),
    "two-sided": ("双侧", "two-sided"),
    "asked": ("问及", "asked"),
    "not asked": ("未问及", "not asked"),
}


def column_label(
    column: str, language: str, labels: Mapping[str, str] | None = None, *, ci_level: float | None = None
) -> str:
    """The head of a column: the label given for it, else qualkit's word, else its own name.

    Intervals are headed by ``ci_level`` where it is known.

    >>> column_label("p_value", "zh"), column_label("mood", "zh", {"mood": "心情"})
    ('p', '心情')
    >>> column_label("ci_low", "zh", ci_level=0.9), column_label("ci_low", "en")
    ('90%CI下限', 'CI low')
    """
    if labels and column in labels:
        return labels[column]
    label = _pick(_LABELS, column, language)
    if "{level}" not in label:
        return label
    level = "" if ci_level is None else f"{100 * ci_level:g}%"
    return " ".join(label.replace("{level}", level).split())


def value_label(value: str, language: str, labels: Mapping[str, str] | None = None) -> str:
    """The word for a value such as ``improved`` or a code's key; others are shown as they are.

    >>> value_label("divergent", "zh"), value_label("A3", "zh")
    ('矛盾', 'A3')
    """
    if labels and value in labels:
        return labels[value]
    return _pick(_VALUES, value, language)


def _pick(words: Mapping[str, tuple[str, str]], key: str, language: str) -> str:
    return words[key][0 if language == "zh" else 1] if key in words else str(key)
