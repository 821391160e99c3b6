"""Which variables of an SPSS file are one question: rows of a matrix, options of a choice, items of a scale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd

from qualkit.readers.sav_file import AnswerSet, Variable
from qualkit.readers.survey_headings import split_texts

_SUFFIX = re.compile(r"(?P<stem>.+?)_(?P<word>Row|Blank|Opt|Option|Item|R|C|O)?_?(?P<number>\d{1,4})", re.IGNORECASE)
_ENDING = re.compile(r"(?P<stem>.*\D)(?P<number>\d{1,4})")
_NUMBERED = re.compile(r"[Qq第]?(\d{1,3})\s*题?\s*[、.．]\s*")
_CHOSEN = re.compile("选中|已选|selected|checked|chosen", re.IGNORECASE)
_QUESTION = re.compile(r"[Qq]\d{1,3}")
_FEWEST_ITEMS = 3
_HIGHEST_ANSWER = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Variables that are one question; ``kind`` is none for a question of one variable."""

    name: str
    members: tuple[Variable, ...]
    kind: str | None = None
    text: str = ""
    parts: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    counted: float | None = None


def find_groups(variables: Sequence[Variable], sets: Sequence[AnswerSet]) -> list[Group]:
    """The questions of a file in its order: multiple response sets first, then the names of the variables decide."""
    in_set = {name: one for one in sets for name in one.variables}
    groups: list[Group] = []
    for key, found in groupby(variables, key=lambda one: _key(one, in_set)):
        members = list(found)
        if isinstance(key, AnswerSet):
            groups.append(_of_set(key, members))
        elif key[0] == "suffix":
            groups += _of_suffix(key[1], members)
        elif key[0] == "ending":
            groups += _of_ending(key[1], members)
        else:
            groups += [_alone(one) for one in members]
    return groups


def question_text(label: str) -> str:
    """A label without the number before it.

    >>> question_text("5、你喜欢什么"), question_text("性别")
    ('你喜欢什么', '性别')
    """
    return _NUMBERED.sub("", label, count=1) if _NUMBERED.match(label) else label


def _key(one: Variable, in_set: dict[str, AnswerSet]) -> AnswerSet | tuple[str, str, bool]:
    is_text = one.values is None
    if one.name in in_set:
        return in_set[one.name]
    if match := _SUFFIX.fullmatch(one.name):
        return "suffix", f"{match['stem']}|{(match['word'] or '').lower()}", is_text
    if match := _ENDING.fullmatch(one.name):
        return "ending", match["stem"], is_text
    return "alone", "", is_text


def _of_set(one: AnswerSet, members: list[Variable]) -> Group:
    text, parts = _texts(members)
    kind = "multiple" if one.counted is not None else "codes"
    return Group(
        name=one.name,
        members=tuple(members),
        kind=kind,
        text=question_text(one.label) or text,
        parts=parts,
        numbers=tuple(range(1, len(members) + 1)),
        counted=one.counted,
    )


def _of_suffix(key: str, members: list[Variable]) -> list[Group]:
    stem, _, word = key.partition("|")
    kind = _kind(stem, word, members)
    if kind is None:
        return [_alone(one) for one in members]
    text, parts = _texts(members)
    name = stem.lower() if _QUESTION.fullmatch(stem) else stem
    numbers = tuple(int(match["number"]) for one in members if (match := _SUFFIX.fullmatch(one.name)))
    return [Group(name=name, members=tuple(members), kind=kind, text=text, parts=parts, numbers=numbers)]


def _of_ending(stem: str, members: list[Variable]) -> list[Group]:
    # xljk1 … xljk27 are a scale where they share their value labels; q1 … q40 are forty questions.
    groups: list[Group] = []
    runs = [list(found) for _, found in groupby(members, key=_sharing)]
    n_scales = sum(_is_scale(run) for run in runs)
    for run in runs:
        if not _is_scale(run):
            groups += [_alone(one) for one in run]
            continue
        _, parts = _texts(run)
        numbers = tuple(int(match["number"]) for one in run if (match := _ENDING.fullmatch(one.name)))
        name = stem.strip("_.") if n_scales == 1 and len(stem.strip("_.")) > 1 else f"{run[0].name}–{run[-1].name}"
        groups.append(Group(name=name, members=tuple(run), kind="scale_item", parts=parts, numbers=numbers))
    return groups


def _alone(one: Variable) -> Group:
    name = one.name.lower() if _QUESTION.fullmatch(one.name) else one.name
    return Group(name=name, members=(one,), text=question_text(one.label) or one.name)


def _kind(stem: str, word: str, members: list[Variable]) -> str | None:
    if word == "blank" or all(one.values is None for one in members):
        return "open"
    if word in ("row", "r"):
        return "matrix"
    if all(_is_mark(one) for one in members):
        return "multiple"
    if len(members) > 1 and len({_sharing(one) for one in members}) == 1 and _are_alike(members):
        return "matrix" if _QUESTION.fullmatch(stem) else "scale_item"
    return None


def _is_mark(one: Variable) -> bool:
    found = _given(one)
    has_words = any(_CHOSEN.search(words) for words in one.labels.values())
    return bool(found <= {0.0, 1.0} and (has_words or 0.0 in found))


def _is_scale(run: list[Variable]) -> bool:
    if len(run) < _FEWEST_ITEMS or any(one.values is None for one in run):
        return False
    return len(_sharing(run[0])) >= _FEWEST_ITEMS or (
        not _sharing(run[0]) and _are_alike(run) and _has_own_stem(run[0])
    )


def _has_own_stem(one: Variable) -> bool:
    match = _ENDING.fullmatch(one.name)
    return match is not None and match["stem"].strip("_.").lower() not in ("q", "v", "var", "x", "")


def _are_alike(members: list[Variable]) -> bool:
    found = {value for one in members for value in _given(one)}
    return all(value.is_integer() and 0 <= value <= _HIGHEST_ANSWER for value in found)


def _given(one: Variable) -> set[float]:
    values = pd.unique(np.asarray(one.values, dtype=float))
    missing = [(low, high) for low, high in one.missing if isinstance(low, float) and isinstance(high, float)]
    return {
        value
        for value in values.tolist()
        if value == value and value >= 0 and not any(low <= value <= high for low, high in missing)
    }


def _sharing(one: Variable) -> tuple[tuple[float | str, str], ...]:
    # Labels of what is missing do not matter: not every item was skipped by somebody.
    return tuple(sorted((key, label) for key, label in one.labels.items() if isinstance(key, float) and key >= 0))


def _texts(members: Sequence[Variable]) -> tuple[str, tuple[str, ...]]:
    labels = [question_text(one.label) for one in members]
    split = split_texts(labels)
    text, parts = ("", labels) if split is None else (split[0][0], [part for _, part in split])
    return text, tuple(_unique(parts, members))


def _unique(parts: Sequence[str], members: Sequence[Variable]) -> Iterator[str]:
    seen: set[str] = set()
    for part, one in zip(parts, members, strict=True):
        name = part if part and part not in seen else one.name
        seen.add(name)
        yield name
