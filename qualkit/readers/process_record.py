"""Find the four parts of a narrative record of a group session: incidents, aims reached, dynamics, reflection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualkit.positions import line_starts, trim

#: The parts in their usual order, as they are called in both languages.
PARTS = {
    "special_incidents": {"zh": "特殊事件", "en": "special incidents"},
    "aims_reached": {"zh": "目标达成", "en": "aims reached"},
    "group_dynamics": {"zh": "小组动力", "en": "group dynamics"},
    "worker_reflection": {"zh": "社工反思", "en": "worker reflection"},
}

_WORKER = "社会工作者|社工|工作者|带领者|主持人|实习生|研究者|笔者|专业|自我|个人|工作|活动|本节|小组|服务"
_NAMES = {
    "special_incidents": (
        "(?:本节|小组|活动|组员|过程中的?)?(?:特殊|特别|突发|重要|关键|偶发|典型|异常)(?:事件|情况|行为)(?:及|和|与)?(?:处理|应对|介入|其处理)?"
        r"(?:情况|方法|记录|描述)?|(?:special|critical|significant|unusual) (?:incidents?|events?)"
    ),
    "aims_reached": (
        "(?:本节|小组|活动|节次|具体|预期)?(?:的)?(?:目标|目的)(?:的)?(?:达成|实现|完成|达到)(?:情况|程度|度|评估|分析|与否)?|达成情况|成效评估"
        r"|(?:aims?|goals?|objectives?) (?:reached|achieved|attained|attainment|achievement)"
        r"|(?:achievement|attainment) of (?:the )?(?:aims?|goals?|objectives?)"
    ),
    "group_dynamics": (
        "(?:本节|组员)?(?:小组|团体|组员)(?:的)?(?:动力|动态|互动|氛围|气氛)(?:与|和|及)?(?:氛围|气氛|互动|组员互动|动力)?"
        r"(?:情况|分析|观察|变化|评估|描述|发展)?|group (?:dynamics?|process|interaction|atmosphere)"
    ),
    "worker_reflection": (
        f"(?:(?:{_WORKER})(?:的)?)?(?:自我|专业)?(?:反思|省思|检讨)(?:(?:与|和|及|、)?(?:总结|改进|建议|评估|跟进|小结|心得|计划))?"
        f"|(?:{_WORKER})(?:的)?(?:心得|感想|小结|总结)(?:与反思)?"
        r"|(?:(?:(?:social )?worker|facilitator|leader)(?:['’]?s)?|own|self)?[ -]?reflections?(?: of the worker)?"
    ),
}
_HEADINGS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _NAMES.items()}

# One of them stands in every heading of a part.
_CHINESE_SIGNS = "事件 情况 行为 达成 实现 完成 达到 成效 动力 动态 互动 氛围 气氛 反思 省思 检讨 心得 感想 小结 总结"
_ENGLISH_SIGNS = "incident event attain achiev reach dynamic process interaction atmosphere reflection"
_SIGNS = tuple(f"{_CHINESE_SIGNS} {_ENGLISH_SIGNS}".split())

_MOST_LINES = 20_000

_NUMBER = re.compile(
    r"\s*(?:[#*>•·●■◆▪\-]{1,6}\s*)?"
    r"(?P<number>(?P<bracket>[（(]?)(?:(?P<han>[一二三四五六七八九十]{1,3})|(?P<digits>[0-9]{1,2})|(?P<roman>[IVX]{1,4}))"
    r"(?(bracket)[)）]?)[、.．:：)）]?|[①②③④⑤⑥⑦⑧⑨])?[ \t\u3000]*(?:\*\*)?[【\[《“\"]?\s*"
)
_LONGEST_HEADING = 30
_AFTER = re.compile(r"(?:[】\]》”\"]\s*(?:\*\*)?\s*(?:[：:]|——)?|\s*(?:\*\*)?\s*(?:[：:\t]|——|$))(?:\*\*)?[ \t\u3000]*")
_REMARK = re.compile(r"\s*[（(][^（()）]{0,20}[)）]")
_OTHER_END = re.compile("[。！？；，,;!?]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a process record: its name in ``PARTS``, its heading, and where its words stand: ``[start, end)``."""

    name: str
    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Heading:
    name: str | None
    words: str
    style: str
    begin: int


def find_parts(text: str) -> list[Part]:
    """Find the parts of a process record, in the order of the text.

    A part begins with its name on a line of its own or before a colon or tab, numbered or not, and goes on
    to the next part, or to the next heading of the same numbering. A name inside a sentence is no heading,
    and a text of more than 20,000 lines no process record.

    >>> text = "一、特殊事件\\nA4哭了。\\n二、目标达成情况：多数达成。\\n三、下节安排\\n带彩笔。"
    >>> [(part.name, text[part.start : part.end]) for part in find_parts(text)]
    [('special_incidents', 'A4哭了。'), ('aims_reached', '多数达成。')]
    """
    lowered = text.lower()
    if text.count("\n") > _MOST_LINES or not any(sign in lowered for sign in _SIGNS):
        return []
    lines = text.split("\n")
    found = list(_headings(lines))
    styles = {heading.style for _, heading in found if heading.name and heading.style}
    starts = line_starts(text)
    borders = [(row, heading) for row, heading in found if heading.name or heading.style in styles]
    parts = []
    for place, (row, heading) in enumerate(borders):
        if heading.name is None:
            continue
        until = starts[borders[place + 1][0]] if place + 1 < len(borders) else len(text)
        start, end = trim(text, min(starts[row] + heading.begin, until), until)
        parts.append(Part(name=heading.name, heading=heading.words, start=start, end=end))
    return parts


def part_of(line: str) -> tuple[str, str] | None:
    """The part that a line begins, and the words after its heading; ``None`` when it begins none.

    >>> part_of("社工反思：热身过长。"), part_of("我反思了很久。")
    (('worker_reflection', '热身过长。'), None)
    """
    heading = _read(line)
    return (heading.name, line[heading.begin :].strip()) if heading and heading.name else None


def is_part_name(label: str) -> bool:
    """Whether a label before a colon is the name of a part, which never speaks.

    >>> is_part_name("社工反思"), is_part_name("社工")
    (True, False)
    """
    return any(pattern.fullmatch(label.strip()) for pattern in _HEADINGS.values())


def describe_parts(text: str) -> dict[str, str]:
    """What to say of a process record: which of its parts were found, and which were not.

    >>> describe_parts("特殊事件：无\\n社工反思：热身过长。")["parts_missing"]
    'aims_reached, group_dynamics'
    """
    found = {part.name for part in find_parts(text)}
    words = {
        "parts": ", ".join(name for name in PARTS if name in found),
        "parts_missing": ", ".join(name for name in PARTS if name not in found),
    }
    return {key: names for key, names in words.items() if names}


def _headings(lines: list[str]) -> Iterator[tuple[int, _Heading]]:
    for row, line in enumerate(lines):
        if (heading := _read(line)) is not None:
            yield row, heading


def _read(line: str) -> _Heading | None:
    number = _NUMBER.match(line)
    if number is None:
        return None
    rest = line[number.end() :]
    colon = re.search(r"[：:\t】\]》”]|——|$", rest[: _LONGEST_HEADING + 1])
    if colon is None:
        return None
    words = _REMARK.sub("", rest[: colon.start()]).strip().strip("*").strip()
    after = _AFTER.match(rest, colon.start())
    style = _style(number) if number["number"] else ""
    name = next((name for name, pattern in _HEADINGS.items() if pattern.fullmatch(words)), None)
    if name is not None and after is not None:
        return _Heading(name, words, style, number.end() + after.end())
    is_heading = style and len(rest.strip()) <= _LONGEST_HEADING and not _OTHER_END.search(rest)
    return _Heading(None, words, style, len(line)) if is_heading else None


def _style(number: re.Match[str]) -> str:
    kind = next((name for name in ("han", "digits", "roman") if number[name]), "circled")
    return f"{number['bracket'] or ''}{kind}"
