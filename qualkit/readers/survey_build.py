"""Put a survey together from its columns: people, identifying columns, flags, and what is said about it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from qualkit.readers.survey_flags import find_flags
from qualkit.readers.survey_model import ANSWERED, Column, Survey, answer_table, question_table
from qualkit.readers.survey_people import find_concern, plain_case, why_identifying
from qualkit.remarks import Remark

_FORMATS = {"wjx": "问卷星", "sav": "SPSS", "por": "SPSS portable", "table": "table"}
_KIND_WORDS = {
    "single": ("single choice", "单选"),
    "multiple": ("multiple choice", "多选"),
    "matrix": ("matrix", "矩阵"),
    "ranking": ("ranking", "排序"),
    "open": ("open", "开放题"),
    "number": ("number", "数字"),
    "date": ("date", "日期"),
    "scale_item": ("scale", "量表题"),
}
_SOME_SHOWN = 10
_IN_WORDS = ("open", "number", "date")


@dataclass(slots=True, kw_only=True, eq=False)
class People:
    """Who answered: one entry per row of the file in each list."""

    respondents: list[str]
    rows: list[int]
    cases: list[str | None]
    submitted_at: list[str | None]
    seconds: np.ndarray
    case_column: str = ""
    others: dict[str, list[str | None]] = field(default_factory=dict)


def build_survey(
    *,
    name: str,
    kind: str,
    columns: Sequence[Column],
    people: People,
    dropped: Sequence[tuple[str, str]],
    notes: Sequence[str],
    keep_identifying: bool,
) -> Survey:
    """A survey from the columns of a file; those that would identify people are left out unless wanted."""
    kept, dropped = drop_identifying(columns, dropped, keep_identifying=keep_identifying)
    flags = find_flags(kept, people.seconds)
    respondents = _respondent_table(people, flags)
    concerns = _concern_table(kept, people.respondents)
    said = [
        ", ".join([f"read as {_FORMATS[kind]}", *notes]),
        _count(kept, len(respondents)),
        *_about_cases(people),
        *_about_dropped(dropped),
        *_about_concerns(concerns),
        *_about_flags(people.respondents, flags),
    ]
    return Survey(
        name=name,
        format=kind,
        questions=question_table(kept),
        answers=answer_table(kept, people.respondents),
        respondents=respondents,
        dropped=pd.DataFrame(dropped, columns=["column", "reason"], dtype="str"),
        concerns=concerns,
        notes=tuple(one for one in said if one),
    )


def drop_identifying(
    columns: Sequence[Column], dropped: Sequence[tuple[str, str]], *, keep_identifying: bool
) -> tuple[list[Column], list[tuple[str, str]]]:
    """The columns to keep, and which others are dropped and why.

    A choice among given answers does not identify anybody, whatever it is about.
    """
    kept, left = [], list(dropped)
    for column in columns:
        reason = why_identifying(column.part or column.text) or why_identifying(column.text)
        if reason and column.kind in _IN_WORDS and not keep_identifying:
            left.append((column.header, reason))
        else:
            kept.append(column)
    return kept, left


def unique_names(names: Sequence[str], rows: Sequence[int]) -> list[str]:
    """What to call the respondents: their number in the file, or the row where that is blank or not unique."""
    is_good = all(names) and len(set(names)) == len(names)
    return list(names) if is_good else [str(row) for row in rows]


def _respondent_table(people: People, flags: list[str]) -> pd.DataFrame:
    table = {
        "respondent": pd.Series(people.respondents, dtype="str"),
        "case": pd.Series(people.cases, dtype="str"),
        "submitted_at": pd.Series(people.submitted_at, dtype="str"),
        "seconds": people.seconds,
        "flags": pd.Series(flags, dtype="str"),
        "row": pd.Series(people.rows, dtype="int64"),
    }
    table |= {name: pd.Series(values, dtype="str") for name, values in people.others.items()}
    return pd.DataFrame(table)


def _concern_table(columns: Sequence[Column], respondents: Sequence[str]) -> pd.DataFrame:
    rows = []
    for column in columns:
        if column.kind == "number":
            words = np.array(
                [f"{one:.0f}" if one == one and one > 1e9 else None for one in column.values.tolist()], dtype=object
            )
        else:
            words = column.labels
        if column.kind in ("matrix", "scale_item", "ranking"):
            continue
        codes, distinct = pd.factorize(words)
        found = {code: concern for code, text in enumerate(distinct) if (concern := find_concern(text))}
        places = np.flatnonzero(np.isin(codes, list(found)) & (column.states == ANSWERED)).tolist()
        rows += [(one, (respondents[one], column.question, column.part, found[int(codes[one])])) for one in places]
    names = ["respondent", "question", "part", "concern"]
    return pd.DataFrame([row for _, row in sorted(rows, key=lambda one: one[0])], columns=names, dtype="str")


def _count(columns: Sequence[Column], n_people: int) -> str:
    kinds = Counter({column.question: column.kind for column in columns}.values())
    found = [(kinds[kind], *words) for kind, words in _KIND_WORDS.items() if kinds[kind]]
    en = ", ".join(f"{n} {word}" for n, word, _ in found)
    zh = "、".join(f"{word} {n}" for n, _, word in found)
    return Remark(
        f"{n_people} respondents, {sum(kinds.values())} questions: {en or 'none'}",
        f"{n_people} 份答卷，{sum(kinds.values())} 道题：{zh or '无'}",
    )


def _about_cases(people: People) -> list[str]:
    if not people.case_column:
        return [
            Remark(
                "no column with the case (编号); answers belong to respondents by number",
                "没有编号列：作答按答卷序号归属",
            )
        ]
    found: dict[str, list[int]] = {}
    for case, row in zip(people.cases, people.rows, strict=True):
        if case:
            found.setdefault(plain_case(case), []).append(row)
    twice = [
        f"{people.cases[people.rows.index(rows[0])]} (rows {_some(rows)})" for rows in found.values() if len(rows) > 1
    ]
    blank = [row for case, row in zip(people.cases, people.rows, strict=True) if not case]
    return [
        Remark(f"case: {people.case_column}", f"编号列：{people.case_column}"),
        Remark(f"more than one respondent with the case {_some(twice)}", f"同一编号有多份答卷：{_some(twice)}")
        if twice
        else "",
        Remark(f"no case in row {_some(blank)}", f"这些行没有编号：{_some(blank)}") if blank else "",
    ]


def _about_dropped(dropped: Sequence[tuple[str, str]]) -> list[str]:
    if not dropped:
        return []
    listed = _some([f"{column} ({reason})" for column, reason in dropped])
    return [
        Remark(
            f"not read because it identifies people: {listed}; keep_identifying=True reads it",
            f"未读入（会暴露身份）：{_some([column for column, _ in dropped])}",
        )
    ]


def _about_concerns(concerns: pd.DataFrame) -> list[str]:
    places = [f"{row.question}, respondent {row.respondent} ({row.concern})" for row in concerns.itertuples()]
    if not places:
        return []
    return [Remark(f"may identify people, look at it: {_some(places)}", f"可能暴露身份，请查看：{_some(places)}")]


def _about_flags(respondents: Sequence[str], flags: Sequence[str]) -> list[str]:
    said: list[str] = []
    for sign, words, zh in (
        ("fast:", "answered fast", "作答过快"),
        ("alike:", "gave the same answer throughout", "全部选同一答案"),
    ):
        found = [one for one, flag in zip(respondents, flags, strict=True) if sign in flag]
        if found:
            said.append(
                Remark(
                    f"{words}: respondent {_some(found)} (flagged, not removed)",
                    f"{zh}：第 {_some(found)} 份答卷（已标记，未剔除）",
                )
            )
    return said


def _some(things: Sequence[object]) -> str:
    more = f" and {len(things) - _SOME_SHOWN:,} more" if len(things) > _SOME_SHOWN else ""
    return ", ".join(map(str, things[:_SOME_SHOWN])) + more
