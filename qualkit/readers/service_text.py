"""Texts of speech services: lines with a speaker and a time, the words below them, a header above and a tail."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from qualkit.model import Turn
from qualkit.positions import line_starts, trim
from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.header import is_header_key
from qualkit.readers.labels import is_phrase, is_role
from qualkit.readers.pieces import speaker_name
from qualkit.readers.times import CLOCK, DAY, find_days, read_clock

# `说话人1 00:00` alone on its line, and `社工L(00:00:05): ` before words. A date is no name.
_NAME = r"[^\s：:，。！？；|][^：:，。！？；|\n]{0,59}?"
HEADING = re.compile(rf"(?P<label>(?!\d{{4}}\s?[-/.年]){_NAME})[ \t\u3000\u00a0]+(?P<time>{CLOCK})[ \t\\]*")
COLON = re.compile(rf"(?P<label>{_NAME})\s?[(（](?P<time>{CLOCK})[)）]\s?[:：][ \t]*")

_WIDE_GAP = re.compile(r"[ \u00a0]{2,}\d[\d:：.]*[ \t\\]*$")

# What services write below a transcript.
_TAIL = re.compile(
    r"(?:以上|本)?(?:内容|文本|转写结果|文档)由?.{0,20}(?:生成|提供|转写|仅供参考).{0,60}"
    r"|Transcribed by https?://\S{1,80}.{0,40}|.{1,60} (?:stopped transcription|停止了?(?:听录|转录))",
    re.IGNORECASE,
)
_LONGEST_TAIL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A speech service: how its texts are known, and what its header says.

    ``is_own`` is asked with the first and the last characters of a text, ``read_header`` with the lines
    above the first turn. ``head`` is the form of the lines at which turns begin.
    """

    name: str
    label: Mapping[str, str]
    is_own: Callable[[str, str], bool]
    read_header: Callable[[list[str]], dict[str, str]]
    head: re.Pattern[str] = HEADING


@dataclass(frozen=True, slots=True)
class _Head:
    line: int
    words: int
    speaker: str
    time_ms: int
    is_set_off: bool


def is_text_of(service: Service, text: str) -> bool:
    """Whether a text comes from the service."""
    return service.is_own(text[:20_000], text[-400:])


def read_service_text(service: Service, text: str) -> tuple[list[Turn], dict[str, str]]:
    """The turns of a service's text and what its header says.

    Header, keywords and the tail of the service belong to no turn; a line inside the words that only
    looks like the beginning of a turn stays among the words.
    """
    lines = text.split("\n")
    starts = line_starts(text)
    heads = _heads(service.head, lines)
    end = starts[_tail(lines)] if _tail(lines) < len(lines) else len(text)
    turns = []
    for number, head in enumerate(heads):
        stop = starts[heads[number + 1].line] if number + 1 < len(heads) else end
        start, stop = trim(text, min(starts[head.line] + head.words, stop), stop)
        turns.append(Turn(start=start, end=stop, speaker=head.speaker, time_ms=head.time_ms))
    above = lines[: heads[0].line] if heads else []
    return turns, {key: value for key, value in service.read_header(above).items() if value}


def _heads(form: re.Pattern[str], lines: list[str]) -> list[_Head]:
    possible = [head for number, line in enumerate(lines) if (head := _head(form, lines, number, line))]
    counts = Counter(head.speaker for head in possible)
    sure = [counts[head.speaker] > 1 or is_role(head.speaker) for head in possible]
    # A name that stands there once has to fit: set off from the words above, and in time between its neighbours.
    latest = 0
    before = []
    for head, is_sure in zip(possible, sure, strict=True):
        before.append(latest)
        latest = head.time_ms if is_sure else latest
    heads: list[_Head] = []
    following: int | None = None
    for head, is_sure, earliest in reversed(list(zip(possible, sure, before, strict=True))):
        fits = earliest <= head.time_ms and (following is None or head.time_ms <= following)
        if is_sure or (head.is_set_off and fits):
            heads.append(head)
        following = head.time_ms if is_sure else following
    return heads[::-1]


def _head(form: re.Pattern[str], lines: list[str], number: int, line: str) -> _Head | None:
    match = form.match(line) if len(line) < 200 or form is not HEADING else None
    if match is None or (form is HEADING and match.end() < len(line)) or is_phrase(match["label"]):
        return None
    speaker = speaker_name(match["label"].strip("*_ "))
    if speaker is None:
        return None
    # Nobody types two spaces before a time inside speech.
    is_set_off = number == 0 or not lines[number - 1].strip() or bool(_WIDE_GAP.search(line))
    return _Head(number, match.end(), speaker, read_clock(match["time"]), is_set_off)


def _tail(lines: list[str]) -> int:
    # The first line of the service's own words at the end; as many as there are lines when there are none.
    first = len(lines)
    filled = [number for number in range(max(0, len(lines) - 40), len(lines)) if lines[number].strip()]
    for number in filled[: -_LONGEST_TAIL - 1 : -1]:
        if not _TAIL.fullmatch(lines[number].strip()):
            break
        first = number
    return first


def service_format(service: Service) -> Format:
    """The format of a service's text files."""

    def recognises(content: Content) -> bool:
        return content.is_text and is_text_of(service, content.text)

    def read(content: Content) -> Draft:
        turns, meta = read_service_text(service, content.text)
        return Draft(text=content.text, turns=turns, meta=meta, encoding=content.encoding)

    return Format(name=service.name, label=service.label, suffixes=(".txt",), recognises=recognises, read=read)


def find_day(text: str) -> str:
    """The first day named in a line, as ISO 8601; empty without one.

    >>> find_day("2031年4月15日 下午 3:02"), find_day("2031/04/18 20:00-20:31"), find_day("")
    ('2031-04-15', '2031-04-18', '')
    """
    return next(iter(find_days(text)), "")


def find_title(lines: Iterable[str]) -> str:
    """The title: the first line of the header, unless it is a field or a date.

    >>> find_title(["第3次：L村访谈", "2031-04-20"]), find_title(["会议时间：2031-04-20"])
    ('第3次：L村访谈', '')
    """
    first = next((line.strip() for line in lines if line.strip()), "")
    key = re.split("[：:]", first)[0]
    return "" if DAY.match(first) or (key != first and is_header_key(key)) else first[:200]


def find_section(lines: list[str], heading: re.Pattern[str]) -> str:
    """What stands behind or below a heading such as `关键词:`, up to a blank line or the next heading.

    >>> find_section(["关键词:", "孩子、爸爸", "", "文字记录:"], re.compile("关键词[:：]"))
    '孩子、爸爸'
    """
    for number, line in enumerate(lines):
        match = heading.match(line.strip())
        if match:
            below = [line.strip()[match.end() :].strip()]
            for other in lines[number + 1 :]:
                if not other.strip() or (re.fullmatch(r"[\w ]{1,20}[：:]?", other.strip()) and below[-1]):
                    break
                below.append(other.strip())
            return " ".join(filter(None, below))[:1000]
    return ""
