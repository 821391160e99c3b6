"""The words qualkit itself puts into figures, in Chinese and English."""

from __future__ import annotations

from qualkit.checks import require_choice

_WORDS = {
    "mean": ("均值", "mean"),
    "reliable": ("达到可信变化", "reliable change"),
    "not_reliable": ("未达可信变化", "no reliable change"),
    "one_child": ("个案", "case"),
    "incomplete": ("缺前测或后测：", "Measured once only: "),
    "pre": ("前测", "before"),
    "post": ("后测", "after"),
    "not_asked": ("— 未问及", "— not asked"),
    "nothing_spoken": ("/ 本人无发言", "/ nothing spoken"),
    "rate_per_1000": ("每千字编码数", "codings per 1,000 characters"),
    "n_segments": ("编码片段数", "coded segments"),
    "segments": ("片段", "segments"),
    "change": ("量表变化", "change"),
    "evidence": ("质性证据（每千字）", "evidence per 1,000 characters"),
    "evidence_unit": ("质性证据：每千字编码数", "evidence: codings per 1,000 characters"),
    "evidence_short": ("质性证据", "evidence"),
    "before": ("前", "before"),
    "after": ("后", "after"),
    "convergent": ("一致", "convergent"),
    "complementary": ("互补", "complementary"),
    "divergent": ("矛盾", "divergent"),
    "silent": ("缺失", "silent"),
    "convergent_short": ("一致", "conv."),
    "complementary_short": ("互补", "compl."),
    "divergent_short": ("矛盾", "div."),
    "silent_short": ("缺失", "silent"),
    "short_forms": ("", "; conv. = convergent, compl. = complementary, div. = divergent"),
    "colon": ("：", ": "),
    "comma": ("，", ", "),
}


def word(key: str, language: str) -> str:
    """The word for ``key``.

    >>> word("mean", "zh"), word("mean", "en")
    ('均值', 'mean')
    """
    require_choice("language", language, ("zh", "en"))
    return _WORDS[key][0 if language == "zh" else 1]
