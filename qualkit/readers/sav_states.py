"""What became of each answer in an SPSS file: user-missing values are kept apart, with what the file calls them."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pandas as pd

from qualkit.readers.sav_file import Variable
from qualkit.readers.survey_model import ANSWERED, EMPTY, SKIPPED

_SKIPPED = re.compile("跳过|跳答|不适用|无需|skip|not applicable|not asked|inapplicable|n/?a", re.IGNORECASE)
_EMPTY = re.compile(
    r"\(?(?:空|未答|未作答|未填|缺失|无回答|拒答|missing|no answer|not answered|refused)\)?", re.IGNORECASE
)
_DATE = re.compile(r"(?:A|E|S|J)?DATE\d*(?:\.\d+)?|DATETIME.*|YMDHMS.*", re.IGNORECASE)
_WJX = {-3.0: SKIPPED, -2.0: EMPTY}
_FIRST_DAY = dt.datetime(1582, 10, 14)
_SECONDS_PER_DAY = 86_400


def is_date(variable: Variable) -> bool:
    """Whether a variable holds days or moments."""
    return variable.values is not None and bool(_DATE.fullmatch(variable.format))


def number_states(variable: Variable, *, is_wjx: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values, labels and states of a variable with numbers; the value of what is missing is NaN, its label stays."""
    given = np.asarray(variable.values, dtype=float)
    codes, distinct = pd.factorize(given, use_na_sentinel=False)
    states = np.array([_state_of(value, variable, is_wjx) for value in distinct.tolist()], dtype=np.int8)
    words = [_word(value, state, variable) for value, state in zip(distinct.tolist(), states.tolist(), strict=True)]
    values = np.where(states == ANSWERED, distinct, np.nan)
    return values[codes], np.array([*words, None], dtype=object)[codes], states[codes]


def text_states(variable: Variable) -> tuple[np.ndarray, np.ndarray]:
    """Words and states of a variable with text."""
    texts = [one.strip() for one in variable.texts or []]
    words = [str(variable.labels.get(text, text)) or None for text in texts]
    states = [_text_state(text, variable) for text in texts]
    return np.array([*words, None], dtype=object)[:-1], np.array(states, dtype=np.int8)


def to_moment(seconds: float) -> str | None:
    """A moment of SPSS, seconds since 1582, as ISO 8601; a day alone when it is midnight.

    >>> to_moment(14152233600.0), to_moment(14152234800.5), to_moment(1e300)
    ('2031-04-02', '2031-04-02T00:20:00', None)
    """
    try:
        moment = _FIRST_DAY + dt.timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        return None
    return moment.date().isoformat() if seconds % _SECONDS_PER_DAY == 0 else moment.isoformat(timespec="seconds")


def _state_of(value: float, variable: Variable, is_wjx: bool) -> int:
    if value != value:
        return EMPTY
    label = variable.labels.get(value, "")
    is_missing = any(_lies_in(value, low, high) for low, high in variable.missing)
    if (is_missing or (label and value < 0)) and _SKIPPED.search(label):
        return SKIPPED
    if is_missing:
        return _WJX.get(value, EMPTY) if not label else EMPTY
    if label and value < 0 and _EMPTY.fullmatch(label):
        return EMPTY
    return _WJX.get(value, ANSWERED) if is_wjx and (not label or value < 0) else ANSWERED


def _lies_in(value: float, low: float | str, high: float | str) -> bool:
    return isinstance(low, float) and isinstance(high, float) and low <= value <= high


def _word(value: float, state: int, variable: Variable) -> str | None:
    if value in variable.labels:
        return variable.labels[value]
    return f"{value:g}" if state != ANSWERED and value == value else None


def _text_state(text: str, variable: Variable) -> int:
    if not text:
        return EMPTY
    if text in ("(跳过)", "（跳过）") or (any(text == low for low, _ in variable.missing) and _SKIPPED.search(text)):
        return SKIPPED
    is_missing = any(isinstance(low, str) and low <= text <= str(high) for low, high in variable.missing)
    return EMPTY if is_missing or text in ("(空)", "（空）") else ANSWERED
