"""How often each answer to a questionnaire was given, with those who skipped it or left it empty apart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from qualkit.checks import require_columns, require_numbers, require_rows, require_table
from qualkit.errors import DataError

_ANSWERS = ("respondent", "question", "part", "value", "label", "state")
_QUESTIONS = ("question", "text", "kind", "part", "options")
_STATES = ("skipped", "empty")
_WITHOUT_OPTIONS = ("open", "number", "date")
_COLUMNS: Mapping[str, Any] = {
    **dict.fromkeys(("question", "text", "kind", "part", "state"), "str"),
    "value": "float64",
    "label": "str",
    "n": "int64",
    "n_answered": "int64",
    **dict.fromkeys(("percent", "percent_of_answers", "mean_rank"), "float64"),
    "respondents": "object",
    "note": "str",
}

Row = dict[str, Any]


def survey_frequencies(answers: pd.DataFrame, questions: pd.DataFrame) -> pd.DataFrame:
    """Count the answers to each question of a questionnaire.

    Parameters
    ----------
    answers, questions : DataFrame
        The tables of those names of a ``Survey`` or of ``project.surveys``, of one questionnaire at one wave.

    Returns
    -------
    DataFrame, one row per question (or row of a matrix) and answer
        ``question``, ``text``, ``kind``, ``part`` (row of a matrix, option of a multiple choice or ranking),
        ``state`` (answered; skipped and empty have rows of their own), ``value`` and ``label`` of the answer,
        ``n`` (who gave it), ``n_answered`` (who answered the question), ``percent`` of those who answered,
        ``percent_of_answers`` (multiple choice: of all options chosen), ``mean_rank`` (ranking: of those
        who ranked it, 1 is first), ``respondents`` (who gave it), ``note`` (why a percentage is undefined).
        An option that nobody chose has a row with ``n`` 0. Open questions, numbers and dates have one
        row for all who answered.

    Examples
    --------
    >>> answers = pd.DataFrame(
    ...     {"respondent": ["1", "2", "3"], "question": "q1", "part": None, "value": [1.0, 2.0, None],
    ...      "label": ["男", "女", None], "state": ["answered", "answered", "skipped"]}
    ... )
    >>> questions = pd.DataFrame(
    ...     {"question": ["q1"], "text": "性别", "kind": "single", "part": None, "options": [{"1": "男", "2": "女"}]}
    ... )
    >>> survey_frequencies(answers, questions)[["state", "label", "n", "n_answered", "percent"]]
          state label  n  n_answered  percent
    0  answered     男  1           2     50.0
    1  answered     女  1           2     50.0
    2   skipped   NaN  1           2      NaN
    """
    require_rows(answers, what="answers")
    require_table(questions, what="questions")
    require_columns(answers, _ANSWERS, what="answers")
    require_columns(questions, _QUESTIONS, what="questions")
    require_numbers(answers, "value", what="answers", of="respondent")
    _require_one(answers)
    by_question = dict(list(answers.groupby("question", sort=False)))
    rows: list[Row] = []
    for question, asked in questions.groupby("question", sort=False):
        if question in by_question:
            count = _COUNTS.get(asked["kind"].iloc[0], _single_answers)
            rows += count(asked, by_question[question])
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in _COLUMNS.items()},
        columns=list(_COLUMNS),
    )


def _require_one(answers: pd.DataFrame) -> None:
    twice = answers.duplicated(["respondent", "question", "part"])
    if twice.any():
        one = answers[twice].iloc[0]
        raise DataError(
            f"answers: respondent {one['respondent']} has two answers to {one['question']}. "
            "Count one questionnaire at one wave at a time."
        )


def _single_answers(asked: pd.DataFrame, own: pd.DataFrame) -> Iterator[Row]:
    # The question, or each row of a matrix, by itself.
    parts = own["part"].fillna("")
    for one in asked.to_dict("records"):
        yield from _one_answer(one, own[parts == (one["part"] if isinstance(one["part"], str) else "")])


def _one_answer(question: Mapping[Any, Any], group: pd.DataFrame) -> Iterator[Row]:
    # Each respondent gave one answer: which, and how many?
    answered = group[group["state"] == "answered"]
    n_answered = len(answered)
    if question["kind"] in _WITHOUT_OPTIONS:
        yield _row(question, n=n_answered, n_answered=n_answered, of=answered)
    else:
        for value, label, given in _options(question["options"], answered):
            yield _row(question, value=value, label=label, n=len(given), n_answered=n_answered, of=given)
    yield from _unanswered(question, group, n_answered)


def _options(options: Mapping[str, str], answered: pd.DataFrame) -> Iterator[tuple[float, str | None, pd.DataFrame]]:
    # First those the questionnaire names, then others that were given.
    keys = [_key(value, label) for value, label in zip(answered["value"], answered["label"], strict=True)]
    labels: dict[float | str, str] = {_key(*_of_option(key, label)): label for key, label in (options or {}).items()}
    others = sorted(
        {key for key in keys if key not in labels}, key=lambda one: (isinstance(one, str), str(one).zfill(9))
    )
    for key in [*labels, *others]:
        given = answered[np.array([one == key for one in keys], dtype=bool)]
        if isinstance(key, float):
            yield key, labels.get(key), given
        else:
            yield math.nan, labels.get(key, key), given


def _key(value: float, label: object) -> float | str:
    # What was written beside an option does not make it another one.
    return float(value) if value == value else str(label).split("〖")[0].strip() or str(label)


def _of_option(key: str, label: str) -> tuple[float, str]:
    try:
        return float(key), label
    except ValueError:
        return math.nan, label


def _choices(asked: pd.DataFrame, own: pd.DataFrame) -> Iterator[Row]:
    answered = own[own["state"] == "answered"]
    n_answered = answered["respondent"].nunique()
    n_chosen = int((answered["value"] == 1).sum())
    for one in asked.to_dict("records"):
        given = answered[(answered["part"] == one["part"]) & (answered["value"] == 1)]
        share = 100 * len(given) / n_chosen if n_chosen else math.nan
        yield _row(one, value=1.0, label=one["part"], n=len(given), n_answered=n_answered, of=given, share=share)
    yield from _unanswered({**asked.iloc[0].to_dict(), "part": None}, own, n_answered)


def _ranks(asked: pd.DataFrame, own: pd.DataFrame) -> Iterator[Row]:
    answered = own[own["state"] == "answered"]
    n_answered = answered["respondent"].nunique()
    for one in asked.to_dict("records"):
        given = answered[answered["part"] == one["part"]]
        rank = float(given["value"].mean()) if len(given) else math.nan
        yield _row(one, label=one["part"], n=len(given), n_answered=n_answered, of=given, rank=rank)
    yield from _unanswered({**asked.iloc[0].to_dict(), "part": None}, own, n_answered)


def _unanswered(question: Mapping[Any, Any], group: pd.DataFrame, n_answered: int) -> Iterator[Row]:
    # Who answered any part has answered; the others skipped it or left it empty.
    answered = group.loc[group["state"] == "answered", "respondent"]
    left = group[~group["respondent"].isin(answered)].drop_duplicates("respondent")
    for state in _STATES:
        given = left[left["state"] == state]
        if len(given):
            yield {**_row(question, n=len(given), n_answered=n_answered, of=given), "state": state, "percent": np.nan}


def _row(
    question: Mapping[Any, Any],
    *,
    n: int,
    n_answered: int,
    of: pd.DataFrame,
    value: float = math.nan,
    label: str | None = None,
    share: float = math.nan,
    rank: float = math.nan,
) -> Row:
    return {
        **{name: question[name] for name in ("question", "text", "kind", "part")},
        "state": "answered",
        "value": value,
        "label": label,
        "n": n,
        "n_answered": n_answered,
        "percent": 100 * n / n_answered if n_answered else math.nan,
        "percent_of_answers": share,
        "mean_rank": rank,
        "respondents": of["respondent"].tolist(),
        "note": None if n_answered else "nobody answered",
    }


_COUNTS = {"multiple": _choices, "ranking": _ranks}
