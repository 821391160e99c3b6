"""A questionnaire as tidy tables: questions, answers, respondents, and what was left out of it and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

#: What kinds of question there are. A scale item is one of several that are answered alike.
KINDS = ("single", "multiple", "matrix", "ranking", "open", "number", "date", "scale_item")

#: What became of a question: it was answered, it was not shown, or it was left blank.
STATES = ("answered", "skipped", "empty")
ANSWERED, SKIPPED, EMPTY = range(3)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Survey:
    """The answers of all respondents to one questionnaire, made by ``read_survey``.

    Attributes
    ----------
    name : str
        Name of the file without its ending.
    format : str
        ``wjx`` (问卷星), ``sav``, ``por`` (SPSS) or ``table``.
    questions : DataFrame
        One row per question, or per row or option of one: ``question`` (q5), ``number``, ``text``,
        ``kind`` (see ``KINDS``), ``part`` (words of the row or option; missing without), ``part_number``
        (its place, from 1; 0 without), ``options`` (mapping of value to label; where the file has words
        alone, they are both), ``place`` (column or variable of the file).
    answers : DataFrame
        One row per respondent and question or part: ``respondent``, ``question``, ``part``, ``value``
        (NaN where the file has words alone, and where nothing was answered; for a multiple choice 1 or
        0, for a ranking the rank), ``label`` (words; of a skipped answer what the file calls it),
        ``state`` (see ``STATES``), ``place``.
    respondents : DataFrame
        One row per respondent: ``respondent``, ``case`` (as written; missing without), ``submitted_at``
        (ISO 8601), ``seconds`` (time taken; NaN unknown), ``flags`` (why the answers are to be looked at,
        blank when there is no reason), ``row`` (row of the file).
    dropped : DataFrame
        One row per column that would identify people and was not read: ``column``, ``reason``.
    concerns : DataFrame
        One row per answer whose words look like a telephone number, an ID or an address; it is kept:
        ``respondent``, ``question``, ``part``, ``concern``.
    notes : tuple of str
        What was understood: format, encoding, how many questions of which kind, which column is the case.
    """

    name: str
    format: str
    questions: pd.DataFrame
    answers: pd.DataFrame
    respondents: pd.DataFrame
    dropped: pd.DataFrame
    concerns: pd.DataFrame
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        n_questions = self.questions["question"].nunique()
        return f"<Survey {self.name} · {len(self.respondents)} respondents · {n_questions} questions>"


@dataclass(slots=True, kw_only=True, eq=False)
class Column:
    """One column of a questionnaire's file on its way to a question: what each respondent answered there."""

    place: str
    header: str
    question: str
    number: int
    text: str
    kind: str
    values: np.ndarray
    labels: np.ndarray
    states: np.ndarray
    part: str | None = None
    part_number: int = 0
    options: dict[str, str] = field(default_factory=dict)


def question_table(columns: list[Column]) -> pd.DataFrame:
    """The questions of a survey, one row per column."""
    texts = ("question", "text", "kind", "part", "place")
    table = {name: pd.Series([getattr(one, name) for one in columns], dtype="str") for name in texts}
    table |= {name: pd.Series([getattr(one, name) for one in columns], dtype="int64") for name in _NUMBERS}
    table["options"] = pd.Series([dict(one.options) for one in columns], dtype=object)
    names = ["question", "number", "text", "kind", "part", "part_number", "options", "place"]
    return pd.DataFrame(table)[names]


def answer_table(columns: list[Column], respondents: list[str]) -> pd.DataFrame:
    """The answers of a survey: all of the first respondent, then of the second …"""
    n_people, n_columns = len(respondents), len(columns)
    people = np.repeat(np.array(respondents, dtype=object), n_columns)
    of_columns = {
        name: np.tile(np.array([getattr(one, name) for one in columns], dtype=object), n_people)
        for name in ("question", "part", "place")
    }
    states = np.array(STATES, dtype=object)[_by_person([one.states for one in columns], n_people, np.int8)]
    return pd.DataFrame(
        {
            "respondent": pd.Series(people, dtype="str"),
            "question": pd.Series(of_columns["question"], dtype="str"),
            "part": pd.Series(of_columns["part"], dtype="str"),
            "value": _by_person([one.values for one in columns], n_people, float),
            "label": pd.Series(_by_person([one.labels for one in columns], n_people, object), dtype="str"),
            "state": pd.Series(states, dtype="str"),
            "place": pd.Series(of_columns["place"], dtype="str"),
        },
        copy=False,
    )


def words_where(chosen: np.ndarray, words: str | None) -> np.ndarray:
    """The words where something was chosen, ``None`` where it was not.

    >>> words_where(np.array([True, False]), "画画").tolist()
    ['画画', None]
    """
    return np.array([None, words], dtype=object)[chosen.astype(int)]


_NUMBERS = ("number", "part_number")


def _by_person(arrays: list[np.ndarray], n_people: int, dtype: Any) -> np.ndarray:
    if not arrays:
        return np.empty(0, dtype=dtype)
    wide: np.ndarray = np.empty((n_people, len(arrays)), dtype=dtype)
    for place, one in enumerate(arrays):
        wide[:, place] = one
    return wide.ravel()
