"""Do words and numbers tell the same story? The fit label of a joint display, by stated rules."""

from __future__ import annotations

import pandas as pd

from qualkit.checks import require_choice

CLASSES = {"improved": "better", "unchanged": "same", "deteriorated": "worse"}

EVIDENCE = ("less", "same", "more", "none", "too few", "not asked")

_REASONS = {
    "zh": {
        ("silent", "no score"): "量表缺少前测或后测得分",
        ("silent", "not asked"): "前后访谈至少有一次未涉及该主题",
        ("silent", "none"): "前后访谈均未出现该主题",
        ("silent", "too few"): "该主题的编码片段太少，看不出增减",
        ("convergent", "better"): "量表可信改善，访谈中的证据也好转",
        ("convergent", "worse"): "量表可信恶化，访谈中的证据也变差",
        ("convergent", "same"): "量表无可信变化，访谈中的证据也大致不变",
        ("complementary", "better"): "访谈显示好转，量表未见可信变化",
        ("complementary", "worse"): "访谈显示变差，量表未见可信变化",
        ("divergent", "better same"): "量表可信改善，访谈中的证据却大致不变",
        ("divergent", "better worse"): "量表可信改善，访谈却显示变差",
        ("divergent", "worse same"): "量表可信恶化，访谈中的证据却大致不变",
        ("divergent", "worse better"): "量表可信恶化，访谈却显示好转",
    },
    "en": {
        ("silent", "no score"): "a score is missing before or after",
        ("silent", "not asked"): "the theme was not asked in at least one of the interviews",
        ("silent", "none"): "the theme comes up in neither interview",
        ("silent", "too few"): "too few coded segments to tell more from less",
        ("convergent", "better"): "reliable improvement, and the interviews show the same",
        ("convergent", "worse"): "reliable deterioration, and the interviews show the same",
        ("convergent", "same"): "no reliable change, and the evidence stays much as it was",
        ("complementary", "better"): "the interviews show a gain, the scale no reliable change",
        ("complementary", "worse"): "the interviews show a loss, the scale no reliable change",
        ("divergent", "better same"): "reliable improvement, but the evidence stays much as it was",
        ("divergent", "better worse"): "reliable improvement, but the interviews show a loss",
        ("divergent", "worse same"): "reliable deterioration, but the evidence stays much as it was",
        ("divergent", "worse better"): "reliable deterioration, but the interviews show a gain",
    },
}


def fit_label(
    class_: str | None, evidence: str, *, improvement: str = "decrease", language: str = "en"
) -> tuple[str, str]:
    """How the scale and the interviews of one case fit on one theme, and why.

    Rules, in this order:

    1. *silent*: one side says nothing. A score is missing, the theme was not asked, comes
       up in neither interview, or in too few segments to tell more from less.
    2. *convergent*: both improve, both get worse, or neither changes.
    3. *complementary*: the scale shows no reliable change, the interviews do. A change within
       the error of measurement is no proof of standing still, so the words add to the number.
    4. *divergent*: the scale changes reliably and the interviews do not follow, or go the
       other way.

    The label is a first sorting for the author, who decides after reading the quotations.

    Parameters
    ----------
    class_ : {"improved", "unchanged", "deteriorated"} or None
        Of ``reliable_change``; ``None`` without both scores.
    evidence : {"less", "same", "more", "none", "too few", "not asked"}
        Course of the coded evidence of the theme.
    improvement : {"decrease", "increase"}
        Which course of the evidence is better: ``decrease`` for a problem, ``increase`` for a
        strength.
    language : {"en", "zh"}
        Of the reason.

    Returns
    -------
    tuple of label and reason

    References
    ----------
    Fetters, Curry & Creswell (2013), Health Services Research 48(6), 2134-2156 (fit of
    integration: confirmation, expansion, discordance). Guetterman, Fetters & Creswell (2015),
    Annals of Family Medicine 13(6), 554-561 (joint displays). Farmer, Robinson, Elliott &
    Eyles (2006), Qualitative Health Research 16(3), 377-394 (silence). The thresholds behind
    the courses are ours.

    Examples
    --------
    >>> fit_label("improved", "less"), fit_label("unchanged", "less")[0], fit_label("improved", "same")[0]
    (('convergent', 'reliable improvement, and the interviews show the same'), 'complementary', 'divergent')
    """
    require_choice("evidence", evidence, EVIDENCE)
    require_choice("improvement", improvement, ("decrease", "increase"))
    require_choice("language", language, ("zh", "en"))
    label, reason = _label(class_, evidence, improvement)
    return label, _REASONS[language][label, reason]


def _label(class_: str | None, evidence: str, improvement: str) -> tuple[str, str]:
    if class_ is None or pd.isna(class_):
        return "silent", "no score"
    require_choice("class", class_, tuple(CLASSES))
    if evidence in ("not asked", "none", "too few"):
        return "silent", evidence
    number = CLASSES[class_]
    words = {"same": "same", "less": "better", "more": "worse"}[evidence]
    if improvement == "increase":
        words = {"same": "same", "better": "worse", "worse": "better"}[words]
    if number == words:
        return "convergent", number
    if number == "same":
        return "complementary", words
    return "divergent", f"{number} {words}"
