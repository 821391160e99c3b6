"""The cells of one column of a questionnaire: which were answered, and which kind of question they answer."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from qualkit.errors import ReadError
from qualkit.readers.cells import read_day
from qualkit.readers.survey_model import ANSWERED, EMPTY, SKIPPED

CHOICE_SIGN = "┋"
RANK_SIGN = "→"

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_MARKERS = {"(跳过)": SKIPPED, "(空)": EMPTY, "": EMPTY}
_CODES = {"-3": SKIPPED, "-2": EMPTY}

_ASKS_A_NUMBER = re.compile(
    "几岁|年龄|周岁|岁数|多少|几[个次人天年小]|次数|人数|天数|分钟|小时|身高|体重|分数|成绩|年份"
    r"|\bage\b|how (?:many|much|old|long|often)|number of",
    re.IGNORECASE,
)
_ASKS_FOR_WORDS = re.compile(
    "说什么|为什么|怎么[看想说样办]|想法|感受|建议|意见|描述|写下|请写|谈谈|说说|说明|原因|举例|印象"
    "|why|describe|comment|suggest|explain|tell us|in your own words",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    "符合|同意|满意|赞同|认同|不确定|不清楚|一般|中立|说不清|[经常]常|总是|有时|偶尔|很少|从不|从来不|从未|几乎|完全|非常|比较|不太"
    "|agree|satisf|neutral|always|often|sometimes|rarely|seldom|never|true of me|not at all|very|somewhat|likely",
    re.IGNORECASE,
)
_SENTENCE = re.compile("[，。！？；\n]|[,.!?;] ")
_LONGEST_OPTION = 30
_MOST_OPTIONS = 40
_MOST_CHOICES = 200
_HIGHEST_CODE = 30
_LOWEST_FIRST_CODE = 5
_SEPARATORS = (CHOICE_SIGN, "|", "；", ";", "、", ", ", "，")
_SURE_SEPARATORS = (CHOICE_SIGN,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """The cells of one column: each different text once, how often it occurs, and what it stands for."""

    codes: np.ndarray
    distinct: tuple[str, ...]
    counts: np.ndarray
    of_distinct: np.ndarray

    @property
    def states(self) -> np.ndarray:
        """The state of each respondent's answer."""
        return self.of_distinct[self.codes]

    @property
    def answered(self) -> list[tuple[str, int]]:
        """The texts that are answers and how often each occurs, in the order of the file."""
        triples = zip(self.distinct, self.counts.tolist(), self.of_distinct.tolist(), strict=True)
        return [(text, count) for text, count, state in triples if state == ANSWERED]

    def numbers(self) -> np.ndarray | None:
        """The answers as numbers, NaN where there is none; ``None`` when one of them is no number."""
        values = [
            to_number(option_of(text)) if state == ANSWERED else math.nan
            for text, state in zip(self.distinct, self.of_distinct.tolist(), strict=True)
        ]
        if None in values or not self.answered:
            return None
        return np.array(values, dtype=float)[self.codes]

    def words(self) -> np.ndarray:
        """The answers as they stand there, ``None`` where there is none."""
        texts = [
            text if state == ANSWERED else None
            for text, state in zip(self.distinct, self.of_distinct.tolist(), strict=True)
        ]
        return np.array([*texts, None], dtype=object)[self.codes]


def read_cells(texts: Sequence[str], *, is_wjx: bool) -> Cells:
    """Tell answers from what was skipped or left empty; in exports of 问卷星 -3 and -2 say so as well."""
    codes, found = pd.factorize(np.array(texts, dtype=object))
    distinct = tuple(found.tolist())
    states = [_MARKERS.get(_half_width(text), ANSWERED) if len(text) < 6 else ANSWERED for text in distinct]
    if is_wjx and not any(_is_other_negative(text) for text in distinct):
        states = [_CODES.get(text, state) for text, state in zip(distinct, states, strict=True)]
    counts = np.bincount(codes, minlength=len(distinct)) if len(codes) else np.zeros(0, dtype=int)
    return Cells(codes=codes, distinct=distinct, counts=counts, of_distinct=np.array(states, dtype=np.int8))


def to_number(text: str) -> float | None:
    """The number that a text is; ``None`` when it is none.

    >>> to_number("３"), to_number("3.5"), to_number("3个")
    (3.0, 3.5, None)
    """
    plain = _half_width(text)
    return float(plain) if _NUMBER.fullmatch(plain) else None


def find_kind(cells: Cells, text: str, hint: str | None) -> tuple[str, str | None]:
    """The kind of question a column answers, and the sign that joins several answers in one cell.

    A question is a single choice when answers recur: at least half of the respondents share theirs
    with another one, and none is a sentence. Numbers are choices when they could be their codes.
    """
    answered = cells.answered
    if not answered:
        return hint if hint in ("single", "open", "number", "date") else "open", None
    if hint in (None, "multiple") and (sign := _separator([one for one, _ in answered], is_hinted=hint is not None)):
        return "multiple", sign
    if hint in (None, "ranking") and _is_ranked([one for one, _ in answered]):
        return "ranking", RANK_SIGN
    if hint in ("open", "date", "number"):
        return _kind_of_hint(cells, hint), None
    values = cells.numbers()
    if values is not None:
        is_choice = hint == "single" or (_could_be_codes(values) and not _ASKS_A_NUMBER.search(text))
        return "single" if is_choice else "number", None
    if all(_is_day(one) for one, _ in answered):
        return "date", None
    return ("single" if hint == "single" or _do_recur(answered, text) else "open"), None


def are_degrees(answered: Sequence[tuple[str, int]]) -> bool:
    """Whether the answers to the rows of a matrix, each with how often it occurs, are points of a rating scale.

    >>> are_degrees([("不太符合", 1), ("完全符合", 1)]), are_degrees([("没有", 1), ("去外婆家", 1)])
    (True, False)
    """
    n_answers = sum(count for _, count in answered)
    n_degrees = sum(count for text, count in answered if _DEGREE.search(text))
    return 2 * n_degrees > n_answers or _do_recur(list(answered), "")


def split_choices(text: str, sign: str) -> list[tuple[str, str]]:
    """The options chosen in one cell, each with what it is called in full.

    >>> split_choices("打球┋其他〖编竹篮〗", "┋")
    [('打球', '打球'), ('其他', '其他〖编竹篮〗')]
    """
    chosen = [one.strip() for one in text.split(sign)]
    return [(option_of(one), one) for one in chosen if one]


def option_of(label: str) -> str:
    """An option without the words that were written beside it.

    >>> option_of("其他〖编竹篮〗"), option_of("画画")
    ('其他', '画画')
    """
    return re.sub(r"\s*〖[^〖〗]*〗\s*$", "", label) or label


def to_day(text: str) -> str:
    """A day as ISO 8601; anything else as it is."""
    try:
        return read_day(text, "")
    except ReadError:
        return text


def _half_width(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def _is_other_negative(text: str) -> bool:
    return text[:1] in "-－−" and text not in _CODES and to_number(text) is not None


def _kind_of_hint(cells: Cells, hint: str) -> str:
    if hint == "number" and cells.numbers() is None:
        return "open"
    if hint == "date" and not all(_is_day(one) for one, _ in cells.answered):
        return "open"
    return hint


def _separator(texts: list[str], *, is_hinted: bool) -> str | None:
    for sign in _SEPARATORS if is_hinted else _SURE_SEPARATORS:
        if any(sign in text for text in texts):
            # So many different ones are no options to choose from, but words with the sign in them.
            different = {option for text in texts for option, _ in split_choices(text, sign)}
            return sign if len(different) <= _MOST_CHOICES else None
    is_one_each = is_hinted and len(set(map(option_of, texts))) <= _MOST_CHOICES
    return CHOICE_SIGN if is_one_each and not all(to_number(text) is not None for text in texts) else None


def _is_ranked(texts: list[str]) -> bool:
    joined = [text.split(RANK_SIGN) for text in texts if RANK_SIGN in text]
    if len(joined) < 0.8 * len(texts) or not joined:
        return False
    different = {option.strip() for ranks in joined for option in ranks}
    return len(different) <= _MOST_CHOICES and all(len(set(ranks)) == len(ranks) for ranks in joined)


def _could_be_codes(values: np.ndarray) -> bool:
    given = values[~np.isnan(values)]
    is_whole = bool((given == np.round(given)).all())
    return is_whole and given.min() >= 0 and given.min() <= _LOWEST_FIRST_CODE and given.max() <= _HIGHEST_CODE


def _is_day(text: str) -> bool:
    return to_day(text) != text or bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text))


def _do_recur(answered: list[tuple[str, int]], text: str) -> bool:
    n_answers = sum(count for _, count in answered)
    options: dict[str, int] = {}
    for one, count in answered:
        options[option_of(one)] = options.get(option_of(one), 0) + count
    if len(options) > _MOST_OPTIONS or any(len(one) > _LONGEST_OPTION or _SENTENCE.search(one) for one in options):
        return False
    recurring = sum(count for count in options.values() if count > 1)
    if _ASKS_FOR_WORDS.search(text):
        return len(options) <= 5 and recurring > 0.9 * n_answers >= 9
    return recurring >= 0.5 * n_answers
