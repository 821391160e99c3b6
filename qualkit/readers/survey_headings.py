"""Read the headings of a questionnaire's columns: number, question, and which row or option of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_NUMBERED_PART = re.compile(r"第\s*(?P<number>\d{1,4})\s*题\s*[（(](?P<part>.*)[)）]\s*", re.DOTALL)
_NUMBERED = re.compile(r"(?:[Qq]|第)?(?P<number>\d{1,3})\s*题?\s*[、.．:：]\s*(?P<text>.*\D.*)", re.DOTALL)
_HINT = re.compile(
    r"\s*[\[【（(]\s*(?P<word>(?:[^\[\]【】（）()]{0,6}"
    r"(?:单选|多选|填空|简答|矩阵|量表|排序|日期|数值|打分)[^\[\]【】（）()]{0,8})"
    r"|select all[^\]）)]{0,20}|check all[^\]）)]{0,20})\s*[\]】）)]\s*",
    re.IGNORECASE,
)
_HINTED = (
    ("multiple", ("多选", "select all", "check all")),
    ("ranking", ("排序",)),
    ("matrix", ("矩阵",)),
    ("open", ("填空", "简答")),
    ("single", ("单选", "量表", "打分")),
    ("date", ("日期",)),
    ("number", ("数值",)),
)
_OPENING = "（([【"
_EDGES = " \t\u3000—-–_:：()（）[]【】"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a column's heading says; ``hint`` is the kind of question it names, if any."""

    header: str
    number: int | None = None
    text: str = ""
    part: str | None = None
    hint: str | None = None


def read_headings(headers: Sequence[str]) -> list[Heading]:
    """Read headings; columns with the same number, or the same words before a bracket or dash, are one question.

    >>> headings = read_headings(["1、性别", "第5题(甲)", "6、喜欢—看书", "6、喜欢—画画"])
    >>> [(one.number, one.text, one.part) for one in headings]
    [(1, '性别', None), (5, '', '甲'), (6, '喜欢', '看书'), (6, '喜欢', '画画')]
    """
    headings = [_read(header) for header in headers]
    groups: dict[str | int | None, list[int]] = {}
    for place, one in enumerate(headings):
        if one.part is None:
            stem: str | int | None = _stem(one.text) if one.number is None else one.number
            groups.setdefault(stem, []).append(place)
    for key, places in groups.items():
        texts = [headings[place].text for place in places]
        split = split_texts(texts) if len(places) > 1 and key is not None else _alone(texts[0])
        for place, parts in zip(places, split or [], strict=split is not None):
            headings[place] = replace(headings[place], text=parts[0], part=parts[1])
    return headings


def split_texts(texts: Sequence[str]) -> list[tuple[str, str]] | None:
    """What texts have in common up to a dash, a colon or a bracket, and what is each one's own.

    >>> split_texts(["喜欢:画画", "喜欢:看书"]), split_texts(["画画", "看书"])
    ([('喜欢', '画画'), ('喜欢', '看书')], None)
    """
    first, last = min(texts), max(texts)
    n_common = next(
        (place for place, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first)
    )
    prefix = first[:n_common]
    cut = prefix.find("—")
    if cut < 0:
        cut = max((prefix.rfind(sign) for sign in f"{_OPENING}:：-"), default=-1)
    if cut < 0:
        return None
    parts = [_trim(text[cut:]) for text in texts]
    if not all(parts) or len(set(parts)) < len(parts):
        return None
    return [(prefix[:cut].rstrip(_EDGES), part) for part in parts]


def plain_question(text: str) -> str:
    """The words of a question without what stands around them.

    >>> plain_question("您的编号是？"), plain_question(" Case ID: ")
    ('您的编号是', 'case id')
    """
    return text.strip(" \t\u3000*＊?？:：。.，,").lower()


def _read(header: str) -> Heading:
    if match := _NUMBERED_PART.fullmatch(header):
        return Heading(header=header, number=int(match["number"]), part=match["part"].strip())
    hint = _HINT.search(header)
    words = (header[: hint.start()] + header[hint.end() :]).strip() if hint else header
    kind = next((kind for kind, marks in _HINTED if hint and any(one in hint["word"].lower() for one in marks)), None)
    if match := _NUMBERED.fullmatch(words):
        return Heading(header=header, number=int(match["number"]), text=match["text"].strip(), hint=kind)
    return Heading(header=header, text=words, hint=kind)


def _stem(text: str) -> str | None:
    # What columns without a number may have in common: "grid [row]", "stem—row", "stem（row）".
    match = re.fullmatch(r"(?s)(.*?\S)\s*(?:—+.+|\[.+\]|【.+】|[（(].+[)）])", text)
    return match[1] if match else None


def _alone(text: str) -> list[tuple[str, str]] | None:
    # "5、(row)": a question of which only one row is there.
    match = re.fullmatch(r"[（(](.+)[)）]", text, re.DOTALL)
    return [("", match[1].strip())] if match else None


def _trim(part: str) -> str:
    opened = part[:1] in _OPENING
    part = part.lstrip(_EDGES).rstrip()
    # Only the bracket that was opened is closed: "看书（课外）" keeps its own.
    return part[:-1].rstrip() if opened and part[-1:] in ")）]】" else part
