"""The columns of a questionnaire's table become questions: choices, rows of a matrix, ranks, words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qualkit.checks import require_choice
from qualkit.errors import OptionError
from qualkit.readers.survey_cells import (
    CHOICE_SIGN,
    RANK_SIGN,
    Cells,
    are_degrees,
    find_kind,
    option_of,
    split_choices,
    to_day,
)
from qualkit.readers.survey_headings import Heading
from qualkit.readers.survey_model import ANSWERED, EMPTY, KINDS, Column, words_where

_MOST_CHOICES = 200
_FEWEST_RANKS = 3
_FEWEST_RANKINGS = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """One column as it stands in the file: its heading, its place and its cells."""

    heading: Heading
    place: str
    cells: Cells


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    name: str
    number: int
    text: str


def make_columns(asked: Sequence[Asked], kinds: Mapping[str, str] | None = None) -> list[Column]:
    """The questions that columns hold, in the order of the file; ``kinds`` says better what some are."""
    for kind in (kinds or {}).values():
        require_choice("kinds", kind, KINDS)
    columns: list[Column] = []
    names: set[str] = set()
    for group in _groups(asked):
        question = _name(group, names)
        names.add(question.name)
        columns += _columns_of(question, group, (kinds or {}).get(question.name))
    unknown = [name for name in kinds or {} if name not in names]
    if unknown:
        raise OptionError(f"kinds: there is no question {', '.join(unknown)}. There are {', '.join(sorted(names))}.")
    return columns


def _groups(asked: Sequence[Asked]) -> Iterator[list[Asked]]:
    groups: dict[object, list[Asked]] = {}
    for place, one in enumerate(asked):
        heading = one.heading
        key = (heading.number, heading.text) if heading.part is not None else place
        groups.setdefault(key, []).append(one)
    yield from groups.values()


def _name(group: Sequence[Asked], names: set[str]) -> _Question:
    heading = group[0].heading
    number = heading.number or len(names) + 1
    name = heading.text if heading.hint == "scale_item" else f"q{number}"
    while name in names:
        name += "_"
    return _Question(name=name, number=number, text=heading.text)


def _columns_of(question: _Question, group: Sequence[Asked], wanted: str | None) -> list[Column]:
    if group[0].heading.part is not None:
        return _parts(question, group, wanted)
    one = group[0]
    kind, sign = find_kind(one.cells, question.text, wanted or one.heading.hint)
    if wanted:
        kind = wanted
    if kind == "multiple":
        return _joined_choices(question, one, sign or CHOICE_SIGN)
    if kind == "ranking":
        return _joined_ranks(question, one)
    return [_single(question, one, kind)]


def _single(question: _Question, one: Asked, kind: str) -> Column:
    words = one.cells.words()
    values = one.cells.numbers() if kind not in ("open", "date") else None
    options: dict[str, str] = {}
    if values is not None:
        # Of a number only what was written beside it is words: "5〖编竹篮〗".
        words = np.array([word if word and "〖" in word else None for word in words.tolist()], dtype=object)
    elif kind == "date":
        days = {text: to_day(text) for text, _ in one.cells.answered}
        words = np.array([days.get(word, word) for word in words.tolist()], dtype=object)
    elif kind not in ("open", "number"):
        options = {option: option for option in dict.fromkeys(option_of(text) for text, _ in one.cells.answered)}
    no_values = np.full(len(words), np.nan)
    return _column(question, one, kind, no_values if values is None else values, words, one.cells.states, options)


def _joined_choices(question: _Question, one: Asked, sign: str) -> list[Column]:
    # One cell holds all that were chosen: each option becomes a part, chosen (1) or not (0).
    chosen = {text: dict(split_choices(text, sign)) for text, _ in one.cells.answered}
    options = _few(list(dict.fromkeys(option for found in chosen.values() for option in found)), question)
    by_distinct = [chosen.get(text, {}) for text in one.cells.distinct]
    states = one.cells.states
    columns = []
    for number, option in enumerate(options, start=1):
        values = np.array([float(option in found) for found in by_distinct])[one.cells.codes]
        labels = np.array([found.get(option) for found in by_distinct], dtype=object)[one.cells.codes]
        values[states != ANSWERED] = np.nan
        columns.append(_column(question, one, "multiple", values, labels, states, part=option, part_number=number))
    return columns


def _joined_ranks(question: _Question, one: Asked) -> list[Column]:
    ranks = {
        text: {option.strip(): float(rank) for rank, option in enumerate(text.split(RANK_SIGN), start=1)}
        for text, _ in one.cells.answered
    }
    options = _few(list(dict.fromkeys(option for found in ranks.values() for option in found if option)), question)
    columns = []
    for number, option in enumerate(options, start=1):
        values = np.array([ranks.get(text, {}).get(option, np.nan) for text in one.cells.distinct])[one.cells.codes]
        states = np.where(np.isnan(values) & (one.cells.states == ANSWERED), EMPTY, one.cells.states)
        columns.append(_column(question, one, "ranking", values, None, states, part=option, part_number=number))
    return columns


def _few(options: list[str], question: _Question) -> list[str]:
    if len(options) > _MOST_CHOICES:
        raise OptionError(
            f"kinds: {question.name} has {len(options):,} different answers, too many to choose from. Call it open."
        )
    return options


def _parts(question: _Question, group: Sequence[Asked], wanted: str | None) -> list[Column]:
    kind = wanted or _kind_of_parts(group)
    columns = []
    seen: set[str] = set()
    for number, one in enumerate(group, start=1):
        part = one.heading.part or str(number)
        while part in seen:
            part += "'"
        seen.add(part)
        column = _marked(question, one) if kind == "multiple" else _single(question, one, kind)
        # The items of a scale keep the numbers they have in the file.
        column.part, column.part_number = part, int(part) if kind == "scale_item" and part.isdecimal() else number
        columns.append(column)
    if kind == "multiple":
        _label_chosen(columns)
    if kind == "matrix":
        shared = {value: label for column in columns for value, label in column.options.items()}
        for column in columns:
            column.options = shared
    return columns


def _kind_of_parts(group: Sequence[Asked]) -> str:
    hint = next((one.heading.hint for one in group if one.heading.hint), None)
    if hint in ("multiple", "ranking", "matrix", "open", "scale_item"):
        return hint
    numbers = [one.cells.numbers() for one in group]
    given = [values for values in numbers if values is not None]
    if any(values is None and one.cells.answered for values, one in zip(numbers, group, strict=True)):
        if all({text for text, _ in one.cells.answered} <= {one.heading.part} for one in group):
            return "multiple"
        return "matrix" if are_degrees([text for one in group for text in one.cells.answered]) else "open"
    found = {float(value) for values in given for value in np.unique(values[~np.isnan(values)])}
    if 0 in found and found <= {0, 1}:
        return "multiple"
    return "ranking" if len(given) == len(group) and _are_ranks(np.column_stack(given)) else "matrix"


def _are_ranks(values: np.ndarray) -> bool:
    # Ranks are all different and begin with 1, for everybody; answers to a matrix hardly ever are.
    n_given = (~np.isnan(values)).sum(axis=1)
    ranked = values[n_given > 0]
    if values.shape[1] < _FEWEST_RANKS or len(ranked) < _FEWEST_RANKINGS or n_given.max() < _FEWEST_RANKS:
        return False
    expected = np.where(
        np.arange(values.shape[1]) < n_given[n_given > 0, None], np.arange(1, values.shape[1] + 1), np.nan
    )
    return bool(np.array_equal(np.sort(ranked, axis=1), expected, equal_nan=True))


def _marked(question: _Question, one: Asked) -> Column:
    # One column per option: 1 or 0, or the option's words where it was chosen and nothing where not.
    values = one.cells.numbers()
    states = one.cells.states
    if values is None:
        values = np.where(states == ANSWERED, 1.0, np.nan)
    else:
        values = np.where(np.isnan(values), np.nan, (values != 0).astype(float))
    labels = np.array([word if word and "〖" in word else None for word in one.cells.words().tolist()], dtype=object)
    return _column(question, one, "multiple", values, labels, states)


def _label_chosen(columns: Sequence[Column]) -> None:
    # Nothing in an option is "not chosen" for whoever chose another one, and nothing anywhere no answer.
    has_zeros = any((column.values == 0).any() for column in columns)
    anybody = np.any([column.states == ANSWERED for column in columns], axis=0)
    for column in columns:
        if not has_zeros:
            unmarked = anybody & (column.states == EMPTY)
            column.values = np.where(unmarked, 0.0, column.values)
            column.states = np.where(unmarked, ANSWERED, column.states).astype(np.int8)
        chosen = column.values == 1
        without = np.array([label is None for label in column.labels.tolist()], dtype=bool)
        column.labels = np.where(chosen & without, words_where(chosen, column.part), column.labels)


def _column(
    question: _Question,
    one: Asked,
    kind: str,
    values: np.ndarray,
    labels: np.ndarray | None,
    states: np.ndarray,
    options: dict[str, str] | None = None,
    *,
    part: str | None = None,
    part_number: int = 0,
) -> Column:
    return Column(
        place=one.place,
        header=one.heading.header,
        question=question.name,
        number=question.number,
        text=question.text,
        kind=kind,
        values=values,
        labels=np.full(len(values), None, dtype=object) if labels is None else labels,
        states=states.astype(np.int8),
        part=part,
        part_number=part_number,
        options=options or {},
    )
