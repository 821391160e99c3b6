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

_FORMATS = {"wjx": "问卷星", "sav": "SPSS", "por": "SPSS portable", "table": "table"}
_KIND_WORDS = {
    "single": "single choice",
    "multiple": "multiple choice",
    "matrix": "matrix",
    "ranking": "ranking",
    "open": "open",
    "number": "number",
    "date": "date",
    "scale_item": "scale",
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
    counted = ", ".join(f"{kinds[kind]} {word}" for kind, word in _KIND_WORDS.items() if kinds[kind])
    return f"{n_people} respondents, {sum(kinds.values())} questions: {counted or 'none'}"


def _about_cases(people: People) -> list[str]:
    if not people.case_column:
        return ["no column with the case (编号); answers belong to respondents by number"]
    found: dict[str, list[int]] = {}
    for case, row in zip(people.cases, people.rows, strict=True):
        if case:
            found.setdefault(plain_case(case), []).append(row)
    twice = [
        f"{people.cases[people.rows.index(rows[0])]} (rows {_some(rows)})" for rows in found.values() if len(rows) > 1
    ]
    blank = [row for case, row in zip(people.cases, people.rows, strict=True) if not case]
    return [
        f"case: {people.case_column}",
        f"more than one respondent with the case {_some(twice)}" if twice else "",
        f"no case in row {_some(blank)}" if blank else "",
    ]


def _about_dropped(dropped: Sequence[tuple[str, str]]) -> list[str]:
    listed = _some([f"{column} ({reason})" for column, reason in dropped])
    return [f"not read because it identifies people: {listed}; keep_identifying=True reads it"] if dropped else []


def _about_concerns(concerns: pd.DataFrame) -> list[str]:
    places = [f"{row.question}, respondent {row.respondent} ({row.concern})" for row in concerns.itertuples()]
    return [f"may identify people, look at it: {_some(places)}"] if places else []


def _about_flags(respondents: Sequence[str], flags: Sequence[str]) -> list[str]:
    said = []
    for sign, words in (("fast:", "answered fast"), ("alike:", "gave the same answer throughout")):
        found = [one for one, flag in zip(respondents, flags, strict=True) if sign in flag]
        if found:
            said.append(f"{words}: respondent {_some(found)} (flagged, not removed)")
    return said


def _some(things: Sequence[object]) -> str:
    more = f" and {len(things) - _SOME_SHOWN:,} more" if len(things) > _SOME_SHOWN else ""
    return ", ".join(map(str, things[:_SOME_SHOWN])) + more
