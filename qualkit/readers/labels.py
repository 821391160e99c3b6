"""What stands before the words of a turn: who speaks and when, at the start of a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from qualkit.language.marks import is_nonverbal
from qualkit.readers.decode import drop_invisible
from qualkit.readers.label_words import Grade, grade, is_code
from qualkit.readers.times import CLOCK, read_clock

# A label with times, a remark and signs around it is shorter.
_LONGEST = 120
_LONGEST_HEADING = 80

# A text of so many lines, or in which so many different labels seem to stand, is no transcript.
_MOST_LINES = 500_000
_MOST_LABELS = 20_000

_SPACE = " \t\u3000\xa0\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\u2068\u2069\r\x0b\x0c"
_OPEN, _CLOSE = r"[\[［【（(〔<]", r"[\]］】）)〕>]"
_COLONS = "：:∶︰﹕"
_DATE = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[T ]\s?)?"
_TIME = rf"{_DATE}{CLOCK}(?:\s?(?:-->|[-–—~～至→])\s?{CLOCK})?"

# A bullet, a coloured dot of a program or a number may stand first; Markdown sets labels in asterisks.
_LEAD = "(?:[-+•·●○◆◇■□▪▫►▶>]\\s*|\\*\\s+|[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?\\s*)?"
_NUMBER = r"(?:(?P<number>\d{1,4})[.、．)）]\s?)?"
_STARS = r"(?:\*\*|__)?"
_NAME = rf"(?P<label>[^\s{_COLONS}（(\[【〔，。！？；“”\"|*<][^{_COLONS}，。！？；“”\"|\n\t*<>\[\]【】（）()]{{0,30}}?)"
_REMARK = rf"(?:{_OPEN}\s*(?:(?P<after>{_TIME})|(?P<remark>[^\[\]【】（）()〔〕<>\n：:]{{1,20}}))\s*{_CLOSE}\s*)?"

# `label：words`, with a time or remark before or after the label.
_COLON = re.compile(
    rf"{_LEAD}{_NUMBER}{_STARS}(?:{_OPEN}?(?P<before>{_TIME}){_CLOSE}?(?:\s+|(?=[^\s\d{_COLONS}.,])))?{_STARS}"
    rf"{_NAME}\s*(?:(?<=\s)(?P<late>{_TIME})\s*)?{_REMARK}{_STARS}\s?[{_COLONS}](?![/\\)）]){_STARS}[ \t\u3000]*"
)

# The plain case of a time first, which is asked before all others.
_TIME_FIRST = re.compile(
    rf"{_OPEN}?(?P<before>{CLOCK}){_CLOSE}?[ \t\u3000]+(?P<label>[^\W\d_]\w{{0,11}})[：:](?![/\\)）])[ \t\u3000]*"
)

# `A1，A2：words`: a comma parts speakers only between codes.
_COMMA = re.compile(
    rf"(?P<label>[A-Za-zＡ-Ｚ\d\u4e00-\u9fff]{{1,8}}(?:\s?，\s?[A-Za-zＡ-Ｚ\d\u4e00-\u9fff]{{1,8}}){{1,8}})\s?[{_COLONS}]\s*"
)

# `【A3】words`, `[A3] words` or `（A3）words`, with or without a colon.
_BRACKET = re.compile(
    rf"{_LEAD}{_STARS}(?:(?P<before>{_TIME})\s+)?"
    r"(?:【(?P<lens>[^【】\n]{1,20})】|[\[［](?P<square>[^\[\]［］\n]{1,20})[\]］]|[（(](?P<round>[^（）()\n]{1,20})[）)])"
    rf"{_STARS}\s*[{_COLONS}]?[ \t\u3000]*"
)

# `说话人1 00:00` or `00:00 说话人1` alone on its line: the words follow on the next lines.
_WORD = rf"(?P<label>[^\s{_COLONS}，。！？；|\d*\[【（(][^{_COLONS}，。！？；|\n*]{{0,30}}?)"
_HEADING = re.compile(
    rf"{_LEAD}{_STARS}{_WORD}{_STARS}[ \t\u3000]+{_OPEN}?(?P<after>{_TIME}){_CLOSE}?{_STARS}(?:\s*\\)?"
)
_HEADING_TIGHT = re.compile(rf"{_LEAD}{_STARS}{_WORD}{_STARS}\s*{_OPEN}(?P<after>{_TIME}){_CLOSE}{_STARS}(?:\s*\\)?")
_HEADING_TIME_FIRST = re.compile(
    rf"{_LEAD}{_STARS}{_OPEN}?(?P<after>{_TIME}){_CLOSE}?[ \t\u3000]+{_STARS}{_WORD}{_STARS}(?:\s*\\)?"
)

# `Q1. words` below which `A1. words` stands.
_DOT = re.compile(r"(?P<label>[QqAa问答]\s?\d{1,3})\s?[.、．]\s*(?=\S)")

# `### Speaker` or `**Speaker**` or just the label on a line of its own; `label<tab>words`.
_ALONE = re.compile(rf"(?P<sign>#{{1,6}}\s+)?{_STARS}{_NAME}{_STARS}\s*")
_TAB = re.compile(rf"(?:{_OPEN}?(?P<before>{_TIME}){_CLOSE}?\t)?(?P<label>[^\t\n]{{1,20}})\t(?!\s)[^\t\n]*")

_CLOCK_AT_START = re.compile(CLOCK)
TIME_ALONE = re.compile(rf"\s*{_OPEN}?(?P<time>{_TIME}){_CLOSE}?\s*")

_SEPARATOR = re.compile(r"\s*[、/,，&＆+＋]\s*|\s+and\s+|(?<=..)[和与跟](?=..)")
_SIMPLE = re.compile(r"[ \u3000]{0,8}[^\W\d_]\w{0,11}")
# After a colon these are an address or a face.
_NO_WORDS = ("/", "\\", ")", "）")


@dataclass(frozen=True, slots=True)
class Label:
    """A possible label of one line: ``words`` is where in the line the words begin."""

    speaker: str
    words: int
    time_ms: int | None
    form: str
    key: tuple[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # What lines of one speaker have in common.
        object.__setattr__(self, "key", (self.form, self.speaker))


def find_label(line: str) -> Label | None:
    """Read what looks like a label at the start of ``line``; whether it is one, the whole text decides.

    >>> find_label("00:02:31 组员A1、组员A2：（齐声）不笑别人！")
    Label(speaker='组员A1、组员A2', words=19, time_ms=151000, form='colon')
    """
    head = line.lstrip(_SPACE)
    lead = len(line) - len(head)
    if match := _TIME_FIRST.match(head):
        return _label(match["label"], lead + match.end(), match["before"], "colon")
    rest = head[:_LONGEST].rstrip(_SPACE)
    if len(head) <= _LONGEST_HEADING and (match := _match_heading(rest)):
        return _label(match["label"], len(line), match["after"], "heading")
    if any(map(rest.__contains__, _COLONS)):
        if match := _COLON.match(rest):
            return _colon_label(match, lead)
        if match := _COMMA.match(rest):
            is_several = grade_label(_plain(match["label"])) == Grade.SURE
            return _label(match["label"], lead + match.end(), None, "colon") if is_several else None
    if match := _BRACKET.match(rest):
        return _bracket_label(match, lead)
    if match := _DOT.match(rest):
        return _label(match["label"], lead + match.end(), None, "dot")
    return None


def find_bare_label(line: str) -> Label | None:
    """Read a label that no sign sets off: alone on its line, or before a tab.

    >>> find_bare_label("A3\\t回家。").form, find_bare_label("### Interviewer").form
    ('tab', 'title')
    """
    head = line.lstrip(_SPACE)
    lead = len(line) - len(head)
    if match := _TAB.fullmatch(head):
        return _label(match["label"], lead + match.end("label") + 1, match["before"], "tab")
    if len(head) <= 40 and (match := _ALONE.fullmatch(head)):
        return _label(match["label"], len(line), None, "title" if match["sign"] else "alone")
    return None


def find_labels(lines: Sequence[str], first: int) -> dict[int, Label]:
    """What looks like a label, by the number of its line, from line ``first`` on; nothing where no two are alike.

    >>> {number: label.speaker for number, label in find_labels(["小雨：早。", "早。", "社工：早。"], 0).items()}
    {0: '小雨', 2: '社工'}
    """
    found: dict[int, Label] = {}
    # Most lines begin as others do: what stands before the colon is read once.
    known: dict[str, Label] = {}
    speakers: set[str] = set()
    if len(lines) > _MOST_LINES:
        return found
    for number in range(first, len(lines)):
        line = lines[number]
        colon = line.find("：", 1, 32)
        if colon < 0:
            colon = line.find(":", 1, 32)
        before = line[:colon] if colon > 0 else ""
        if before in known or _SIMPLE.fullmatch(before):
            if line[colon + 1 : colon + 2] in _NO_WORDS:
                label = find_label(line)
            elif (label := known.get(before)) is None:
                label = known[before] = Label(_plain(before), colon + 1, None, "colon")
        else:
            label = find_label(line) if line and not line.isspace() else None
        if label is not None:
            found[number] = label
            speakers.add(label.speaker)
            if len(speakers) > _MOST_LABELS:
                return {}
    return found


def find_bare_labels(lines: Sequence[str], first: int) -> dict[int, Label]:
    """What looks like a label that no sign sets off, by the number of its line, from line ``first`` on.

    >>> {number: label.speaker for number, label in find_bare_labels(["### A3", "回家。", "### A5"], 0).items()}
    {0: 'A3', 2: 'A5'}
    """
    found: dict[int, Label] = {}
    known: dict[str, Label | None] = {}
    if len(lines) > _MOST_LINES:
        return found
    for number in range(first, len(lines)):
        line = lines[number]
        if "\t" not in line[:40] and (len(line) > _LONGEST_HEADING or "：" in line or ":" in line):
            continue
        if line not in known:
            label = find_bare_label(line)
            known[line] = label if label and grade_label(label.speaker) >= Grade.NAME else None
        if label := known[line]:
            found[number] = label
    return found if len({label.speaker for label in found.values()}) <= _MOST_LABELS else {}


def _match_heading(line: str) -> re.Match[str] | None:
    # Quick to tell: a time stands at one of the ends.
    if not line or not (
        line[-1].isdecimal() or line[-1] in "]］】）)〕>*_\\" or line[0].isdecimal() or line[0] in "[［【（(〔<*_"
    ):
        return None
    return _HEADING.fullmatch(line) or _HEADING_TIGHT.fullmatch(line) or _HEADING_TIME_FIRST.fullmatch(line)


def _colon_label(match: re.Match[str], lead: int) -> Label | None:
    speaker = _plain(match["label"])
    if match["remark"]:
        remark = _plain(match["remark"])
        if not is_code(speaker) and not is_nonverbal(remark):
            speaker = f"{speaker}({remark})"
    if match["number"] and grade(speaker) < Grade.ROLE:
        return None
    time = match["before"] or match["after"] or match["late"]
    return _label(speaker, lead + match.end(), time, "colon")


def _bracket_label(match: re.Match[str], lead: int) -> Label | None:
    if match["round"] and grade(_plain(match["round"])) < Grade.SURE:
        return None
    label = match["lens"] or match["square"] or match["round"]
    return _label(label, lead + match.end(), match["before"], "bracket")


def _label(label: str, words: int, time: str | None, form: str) -> Label | None:
    speaker = _plain(label)
    return Label(speaker, words, read_time(time), form) if speaker else None


@lru_cache(maxsize=20_000)
def _plain(label: str) -> str:
    plain = " ".join(unicodedata.normalize("NFKC", drop_invisible(label)).split()).strip("*_ ")
    return plain.upper() if plain in ("q", "a") else plain


def read_time(time: str | None) -> int | None:
    """Milliseconds of 01:23, 00:01:23 or 00:01:23.456, of a stretch its beginning.

    >>> read_time("00:01:23.5 - 00:01:27")
    83500
    """
    match = _CLOCK_AT_START.match(time) if time else None
    return read_clock(match[0]) if match else None


def split_speakers(speaker: str) -> list[str]:
    """The speakers of a label that names several at once.

    >>> split_speakers("组员A1、组员A2")
    ['组员A1', '组员A2']
    """
    return [part for part in _SEPARATOR.split(speaker) if part]


def grade_label(speaker: str) -> Grade:
    """How surely a label names one speaker or several: as surely as the least sure of its parts.

    >>> grade_label("A1、小雨").name
    'NAME'
    """
    return min(map(grade, split_speakers(speaker)), default=Grade.NEVER)


def is_role(speaker: str) -> bool:
    """Whether a label is a code (A3), a role (社工) or both (A3奶奶), also several of them.

    >>> is_role("访谈者"), is_role("组员A"), is_role("小雨")
    (True, True, False)
    """
    return grade_label(speaker) >= Grade.ROLE


def is_name(speaker: str) -> bool:
    """Whether a label could be a name: short, plain, and no way of bringing in speech.

    >>> is_name("小雨"), is_name("他说"), is_name("访谈时间")
    (True, False, False)
    """
    return grade(speaker) >= Grade.NAME


def is_phrase(speaker: str) -> bool:
    """Whether a label brings in speech or heads a note: it never names a speaker.

    >>> is_phrase("老师说"), is_phrase("社工反思"), is_phrase("老师")
    (True, True, False)
    """
    return grade(speaker) == Grade.NEVER
