"""Take the answers to a scale out of a questionnaire: by the numbers of rows or variables, never by their wording."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from qualkit.errors import DataError, OptionError
from qualkit.readers.survey_model import Survey

Items = str | Sequence[str] | Mapping[int, str | tuple[str, int]]

_NUMBERED_ROW = re.compile(r"\s*(\d{1,4})\s*[、.．:：)）]")
_SOME_SHOWN = 10


def survey_responses(
    survey: Survey,
    *,
    items: Items | None = None,
    wave: str | None = None,
    scale: str | None = None,
    values: Mapping[str, float] | None = None,
    n_items: int | None = None,
) -> pd.DataFrame:
    """The answers to a scale in a questionnaire.

    Parameters
    ----------
    survey : Survey
        As ``read_survey`` gives it.
    items : str, list of str, or mapping, optional
        Which questions are the scale: a matrix (``"q5"``); several questions or matrices that follow each
        other (``["q5", "q6"]``); or item by item (``{1: "q5", 2: ("q7", 3)}``, where 3 is the row of a
        matrix). Left out, it is the one matrix or run of scale items in the questionnaire, or the
        one with ``n_items`` rows. Rows that begin with a number (``12、…``) are that item.
    wave, scale : str, optional
        The wave of all answers, and the id of the scale for a first column ``scale``.
    values : mapping, optional
        What each answer counts, when the file has words alone: ``{"完全不符合": 1, …}``.
    n_items : int, optional
        How many items the scale has.

    Returns
    -------
    DataFrame
        One row per respondent and item: ``case``, ``wave`` (blank when unknown), ``item`` (number), ``value``
        (NaN when skipped or left empty).

    Raises
    ------
    DataError
        For a respondent without a case, a case that answered twice, and words without ``values``.
    """
    wanted = _find_items(survey, items, n_items)
    people = _people(survey)
    items_of = {place: item for item, place in wanted.items()}
    chosen = [(items_of[place], column) for column, place in enumerate(_places(survey.questions)) if place in items_of]
    n_columns = len(survey.questions)
    rows = [
        (person * n_columns + column, case, item)
        for person, case in enumerate(people)
        for item, column in sorted(chosen)
    ]
    answers = survey.answers.take([row for row, _, _ in rows])
    table = pd.DataFrame(
        {
            "case": pd.Series([case for _, case, _ in rows], dtype="str"),
            "wave": pd.Series(wave or "", index=range(len(rows)), dtype="str"),
            "item": pd.Series([item for _, _, item in rows], dtype="int64"),
            "value": _values(survey, answers, values),
        }
    )
    if scale is not None:
        table.insert(0, "scale", pd.Series(scale, index=table.index, dtype="str"))
    return table


def _find_items(survey: Survey, items: Items | None, n_items: int | None) -> dict[int, tuple[str, int]]:
    if isinstance(items, Mapping):
        return {int(item): _place(survey, one) for item, one in items.items()}
    if items is not None:
        return _numbered(survey, [items] if isinstance(items, str) else list(items))
    in_parts = survey.questions["kind"].isin(["matrix", "scale_item"])
    sizes = Counter(survey.questions["question"][in_parts].tolist())
    fitting = [name for name, size in sizes.items() if n_items is None or size == n_items]
    if not fitting and n_items is not None and sum(sizes.values()) == n_items:
        return _numbered(survey, list(sizes))
    if len(fitting) != 1:
        found = ", ".join(f"{name} ({size} rows)" for name, size in sizes.items()) or "no matrix and no numbered items"
        asked = f" of {n_items} items" if n_items is not None else ""
        raise DataError(f"{survey.name}: which questions are the scale{asked}? There is {found}. Give items=….")
    return _numbered(survey, fitting)


def _numbered(survey: Survey, names: list[str]) -> dict[int, tuple[str, int]]:
    chosen = pd.concat([_rows_of(survey, name) for name in names])
    places = _places(chosen)
    matches = [_NUMBERED_ROW.match(part) if isinstance(part, str) else None for part in chosen["part"]]
    numbers = [int(match[1]) for match in matches if match]
    if len(numbers) == len(places) and len(set(numbers)) == len(numbers):
        return dict(zip(numbers, places, strict=True))
    if len(names) == 1 and all(part_number for _, part_number in places):
        return {part_number: (name, part_number) for name, part_number in places}
    return dict(enumerate(places, start=1))


def _places(questions: pd.DataFrame) -> list[tuple[str, int]]:
    return list(zip(questions["question"].tolist(), questions["part_number"].tolist(), strict=True))


def _rows_of(survey: Survey, name: str) -> pd.DataFrame:
    rows = survey.questions[survey.questions["question"] == name]
    if rows.empty:
        known = ", ".join(dict.fromkeys(survey.questions["question"]))
        raise OptionError(f"items: {survey.name} has no question {name!r}. It has {known}.")
    if not rows["kind"].isin(["matrix", "scale_item", "single", "number"]).all():
        raise OptionError(
            f"items: {name} is {rows['kind'].iloc[0]}, no question with one answer on a scale. Leave it out."
        )
    return rows


def _place(survey: Survey, one: str | tuple[str, int]) -> tuple[str, int]:
    name, part_number = (one, 0) if isinstance(one, str) else one
    rows = _rows_of(survey, name)
    if part_number not in rows["part_number"].tolist():
        raise OptionError(
            f"items: {name} has no row {part_number}; it has {len(rows)}. Write ({name!r}, 1) for its first."
        )
    return name, part_number


def _people(survey: Survey) -> list[str]:
    cases = survey.respondents["case"].tolist()
    blank = [row for case, row in zip(cases, survey.respondents["row"], strict=True) if not isinstance(case, str)]
    if blank:
        raise DataError(
            f"{survey.name}: no case in row {_some(blank)}. Enter it in the file, or name the column with case=…."
        )
    twice = [case for case in dict.fromkeys(cases) if cases.count(case) > 1] if len(set(cases)) < len(cases) else []
    if twice:
        raise DataError(
            f"{survey.name}: {_some(twice)} answered more than once. Keep one row of each, or two waves in two files."
        )
    return cases


def _values(survey: Survey, answers: pd.DataFrame, values: Mapping[str, float] | None) -> list[float]:
    numbers = answers["value"].tolist()
    is_word = (answers["value"].isna() & (answers["state"] == "answered")).tolist()
    if not any(is_word):
        return numbers
    words = answers["label"].tolist()
    known = dict(values or {})
    unknown = list(
        dict.fromkeys(word for word, is_one in zip(words, is_word, strict=True) if is_one and word not in known)
    )
    if unknown:
        raise DataError(
            f"{survey.name}: the answers are words ({_some(unknown)}), and what they count is not known. Export "
            'them as numbers (选项序号), or give values={"完全不符合": 1, …}.'
        )
    return [
        float(known[word]) if is_one else number for word, number, is_one in zip(words, numbers, is_word, strict=True)
    ]


def _some(things: Sequence[object]) -> str:
    more = f" and {len(things) - _SOME_SHOWN:,} more" if len(things) > _SOME_SHOWN else ""
    return ", ".join(map(str, things[:_SOME_SHOWN])) + more
