"""Tell the numbers of questions and answers (Q1, A1) from the codes of persons (A1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from qualkit.readers.labels import Label

_QUESTION = re.compile("(Q|问题?|Question) ?([0-9]{1,3})", re.IGNORECASE)
_ANSWER = re.compile("(A|回?答|Answer) ?([0-9]{1,3})", re.IGNORECASE)


def name_answers(labels: Mapping[int, Label | None]) -> dict[int, Label | None]:
    """Q1 becomes Q, and A1 becomes A where it answers Q1; else it is the person A1.

    A1 is an answer when most labels of that kind carry the number of the question above them.

    >>> labels = {0: Label("Q1", 3, None, "colon"), 1: Label("A1", 3, None, "colon")}
    >>> [label.speaker for label in name_answers(labels).values() if label]
    ['Q', 'A']
    """
    speakers = {label.speaker for label in labels.values() if label}
    if not any(map(_QUESTION.fullmatch, speakers)):
        return dict(labels)
    asked = ""
    questions = set()
    n_answers = n_fitting = 0
    for label in labels.values():
        if label is None:
            continue
        if match := _QUESTION.fullmatch(label.speaker):
            asked = match[2]
            questions.add(asked)
        elif match := _ANSWER.fullmatch(label.speaker):
            n_answers += 1
            n_fitting += match[2] == asked
    are_answers = 2 * n_fitting >= n_answers
    return {number: label and _without_number(label, questions, are_answers) for number, label in labels.items()}


def _without_number(label: Label, questions: set[str], are_answers: bool) -> Label:
    if match := _QUESTION.fullmatch(label.speaker):
        return replace(label, speaker=_upper(match[1]))
    match = _ANSWER.fullmatch(label.speaker)
    if match and match[2] in questions and (are_answers or match[1].upper() != "A"):
        return replace(label, speaker=_upper(match[1]))
    return label


def _upper(sign: str) -> str:
    return sign.upper() if len(sign) == 1 else sign
