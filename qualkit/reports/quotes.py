"""Quotations with their source: （A3，个案访谈，2031-09-06）, by a template each school can change."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from qualkit.checks import require_choice, require_columns
from qualkit.errors import OptionError

TEMPLATES = {"zh": "（{case}，{kind}，{date}）", "en": "({case}, {kind}, {date})"}
QUOTE_MARKS = {"zh": ("“", "”"), "en": ("“", "”")}

_FIELDS = ("case", "kind", "date", "wave", "source", "session")
_INTERVIEWS = {
    "member": ("个案访谈", "interview"),
    "guardian": ("监护人访谈", "guardian interview"),
    "teacher": ("教师访谈", "teacher interview"),
    "worker": ("工作人员访谈", "worker interview"),
}
_KINDS = {
    "interview": ("访谈", "interview"),
    "focus_group": ("焦点小组访谈", "focus group"),
    "observation": ("观察记录", "observation"),
    "session_record": ("小组活动记录", "session record"),
    "worker_log": ("工作日志", "worker log"),
    "open_answers": ("开放题作答", "open answer"),
    "other": ("其他资料", "other material"),
}


def citation(values: Mapping[str, object], *, language: str = "zh", template: str | None = None) -> str:
    """The source of one quotation in brackets.

    Parameters
    ----------
    values : mapping
        Any of ``case``, ``kind`` (of the source), ``role`` (of the case), ``date``, ``wave``, ``source``, ``session``.
        What is missing is left out together with the comma before it.
    template : str, optional
        Braces name what goes where: ``"（{case}{kind}）"``.

    Examples
    --------
    >>> citation({"case": "A3", "kind": "interview", "role": "member", "date": "2031-09-06"})
    '（A3，个案访谈，2031-09-06）'
    >>> citation({"case": "B2", "kind": "interview", "role": "guardian"}, template="（{case}{kind}）")
    '（B2监护人访谈）'
    >>> citation({"case": "A3", "kind": "session_record"}, language="en")
    '(A3, session record)'
    """
    require_choice("language", language, tuple(TEMPLATES))
    pattern = TEMPLATES[language] if template is None else template
    unknown = set(re.findall(r"\{(.*?)\}", pattern)) - set(_FIELDS)
    if unknown:
        raise OptionError(
            f"template={pattern!r} names {{{sorted(unknown)[0]}}}, which a quotation does not have. "
            f"Use {', '.join(f'{{{name}}}' for name in _FIELDS)}."
        )
    shown = {name: _text(values.get(name)) for name in _FIELDS}
    shown["kind"] = _kind_word(_text(values.get("kind")), _text(values.get("role")), language)
    return _fill(pattern, shown)


def cite(
    codings: pd.DataFrame,
    sources: pd.DataFrame,
    cases: pd.DataFrame | None = None,
    *,
    language: str = "zh",
    template: str | None = None,
) -> pd.DataFrame:
    """The codings with a column ``citation``.

    Parameters
    ----------
    codings : DataFrame
        With ``source_id`` and ``case``.
    sources : DataFrame
        With ``source_id``, ``kind``, ``date``.
    cases : DataFrame, optional
        With ``case`` and ``role``, which tells the interview of a guardian from that of a child.
    """
    require_columns(codings, ["source_id", "case"], what="codings")
    require_columns(sources, ["source_id", "kind", "date"], what="sources")
    found = _citations(codings["source_id"], codings["case"], sources, cases, language, template)
    return codings.assign(citation=found)


def cite_joint_display(
    table: pd.DataFrame,
    sources: pd.DataFrame,
    cases: pd.DataFrame | None = None,
    *,
    language: str = "zh",
    template: str | None = None,
) -> pd.DataFrame:
    """The joint display with ``citation_before`` and ``citation_after`` for its quotations.

    The arguments are those of ``cite``.
    """
    require_columns(table, ["case", "quote_before_source_id", "quote_after_source_id"], what="joint display")
    require_columns(sources, ["source_id", "kind", "date"], what="sources")
    found = {
        f"citation_{when}": _citations(
            table[f"quote_{when}_source_id"], table["case"], sources, cases, language, template
        )
        for when in ("before", "after")
    }
    return table.assign(**found)


def _citations(source_ids, spoken_by, sources: pd.DataFrame, cases, language: str, template) -> list:
    # None where there is no quotation.
    by_source = {row["source_id"]: row for row in sources.to_dict("records")}
    roles = {} if cases is None else dict(zip(cases["case"], cases["role"], strict=True))
    found: list = []
    for source_id, case in zip(source_ids, spoken_by, strict=True):
        if pd.isna(source_id):
            found.append(None)
            continue
        source = by_source.get(source_id, {})
        values = {name: source.get(name) for name in ("kind", "date", "wave", "session")}
        values |= {"source": source.get("name"), "case": case, "role": roles.get(case)}
        found.append(citation(values, language=language, template=template))
    return found


def quotation(text: str, source: str, *, language: str = "zh") -> str:
    """The words in quotation marks with their source.

    >>> quotation("他们笑肯定是笑我。", "（A3，个案访谈）")
    '“他们笑肯定是笑我。”（A3，个案访谈）'
    """
    first, last = QUOTE_MARKS[language]
    blank = " " if language == "en" and source else ""
    return f"{first}{text.strip()}{last}{blank}{source}"


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value).strip()  # type: ignore[call-overload]


def _kind_word(kind: str, role: str, language: str) -> str:
    place = 0 if language == "zh" else 1
    if kind == "interview" and role in _INTERVIEWS:
        return _INTERVIEWS[role][place]
    return _KINDS[kind][place] if kind in _KINDS else kind


def _fill(pattern: str, shown: Mapping[str, str]) -> str:
    for name, text in shown.items():
        if not text:
            pattern = re.sub(r"[，,、;；\s]*\{" + name + r"\}", "", pattern)
    filled = re.sub(r"\{(\w+)\}", lambda match: shown[match.group(1)], pattern)
    return re.sub(r"^([（(\[【])[，,、;；\s]+", r"\1", filled)
