"""Point out answers given too fast or all alike, with the rule; nobody is removed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from qualkit.readers.survey_model import ANSWERED, Column

#: Below this share of the median time, or of seconds per question, answers are called fast.
SHARE_OF_MEDIAN = 1 / 3
SECONDS_PER_QUESTION = 2.0
_FEWEST_TIMES = 3

#: From so many items on, the same answer to all of them is pointed out, or to this share of them in a row.
FEWEST_ITEMS = 5
_LONG_RUN = 10
_SHARE_IN_A_ROW = 0.5

_SAME_KINDS = ("matrix", "scale_item")


def find_flags(columns: Sequence[Column], seconds: np.ndarray) -> list[str]:
    """Why each respondent's answers are to be looked at; blank where there is no reason."""
    reasons: list[list[str]] = [[] for _ in seconds]
    for person, reason in _fast(columns, seconds):
        reasons[person].append(reason)
    for name, items in _scales(columns).items():
        for person, reason in _alike(name, items):
            reasons[person].append(reason)
    return ["; ".join(found) for found in reasons]


def longest_runs(codes: np.ndarray) -> np.ndarray:
    """The longest run of the same code in each row; -1 is no answer and ends a run.

    >>> longest_runs(np.array([[3, 3, 3, 1], [2, -1, 2, 2]]))
    array([3, 2])
    """
    longest = np.zeros(len(codes), dtype=int)
    run = np.zeros(len(codes), dtype=int)
    for place in range(codes.shape[1]):
        goes_on = (codes[:, place] == codes[:, place - 1]) if place else np.zeros(len(codes), dtype=bool)
        run = np.where(codes[:, place] < 0, 0, np.where(goes_on, run + 1, 1))
        longest = np.maximum(longest, run)
    return longest


def _fast(columns: Sequence[Column], seconds: np.ndarray) -> list[tuple[int, str]]:
    known = seconds[~np.isnan(seconds)]
    if not len(known):
        return []
    answered = _n_answered(columns, len(seconds))
    median = float(np.median(known)) if len(known) >= _FEWEST_TIMES else 0.0
    found = []
    for person in np.flatnonzero(~np.isnan(seconds)).tolist():
        taken, asked = float(seconds[person]), int(answered[person])
        if taken < SHARE_OF_MEDIAN * median:
            found.append((person, f"fast: {taken:g} s, less than a third of the median of {median:g} s"))
        elif asked and taken < SECONDS_PER_QUESTION * asked:
            rule = f"less than {SECONDS_PER_QUESTION:g} s for each"
            found.append((person, f"fast: {taken:g} s for {asked} answers, {rule}"))
    return found


def _n_answered(columns: Sequence[Column], n_people: int) -> np.ndarray:
    # Each row of a matrix is read and answered; the options of one choice are one answer together.
    by_question: dict[str, np.ndarray] = {}
    total = np.zeros(n_people, dtype=int)
    for column in columns:
        is_answered = column.states == ANSWERED
        if column.kind in ("multiple", "ranking"):
            known = by_question.get(column.question, np.zeros(n_people, dtype=bool))
            by_question[column.question] = known | is_answered
        else:
            total += is_answered
    return total + sum((one.astype(int) for one in by_question.values()), np.zeros(n_people, dtype=int))


def _scales(columns: Sequence[Column]) -> dict[str, list[Column]]:
    scales: dict[str, list[Column]] = {}
    for column in columns:
        if column.kind in _SAME_KINDS:
            scales.setdefault(column.question, []).append(column)
    return {name: items for name, items in scales.items() if len(items) >= FEWEST_ITEMS}


def _alike(name: str, items: Sequence[Column]) -> list[tuple[int, str]]:
    codes, texts = _codes(items)
    n_answered = (codes >= 0).sum(axis=1)
    runs = longest_runs(codes)
    first = np.where(codes >= 0, codes, codes.max(initial=0) + 1).min(axis=1)
    same = (n_answered >= FEWEST_ITEMS) & ((codes == first[:, None]) | (codes < 0)).all(axis=1)
    long = ~same & (runs >= _LONG_RUN) & (runs >= _SHARE_IN_A_ROW * len(items))
    found = [
        (row, f"alike: {texts[first[row]]!r} to all {n_answered[row]} items of {name}")
        for row in np.flatnonzero(same).tolist()
    ]
    found += [
        (row, f"alike: the same answer {runs[row]} times in a row, of {len(items)} items of {name}")
        for row in np.flatnonzero(long).tolist()
    ]
    return found


def _codes(items: Sequence[Column]) -> tuple[np.ndarray, list[str]]:
    # Answers as places in a list of all different ones, whether the file has numbers or words.
    is_answered = np.column_stack([item.states == ANSWERED for item in items])
    values = np.column_stack([item.values for item in items])
    if not np.isnan(values[is_answered]).any():
        found, distinct = pd.factorize(values[is_answered])
        texts = [f"{value:g}" for value in distinct.tolist()]
    else:
        found, words = pd.factorize(np.column_stack([item.labels for item in items])[is_answered])
        texts = [str(word) for word in words]
    codes = np.full(values.shape, -1, dtype=int)
    codes[is_answered] = found
    return codes, texts
