"""The `key：value` lines at the head of a transcript become its meta data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_FIELD = re.compile(r"(?P<key>[^\s：:，。！？][^：:，。！？\n]{0,19}?)\s*[：:](?![/\\])(?P<value>.*)", re.DOTALL)

# Where on a line the next particular begins.
_NEXT = re.compile(r"(?<=[\s;；,，|])(?P<key>[^\s：:;；,，|]{1,10})\s?[：:]\s?")

# No header is longer.
_MOST_LINES = 200

# A line longer than this is speech or running text.
_LONGEST = 400

# So long a value stands in no header between two interviews.
_LONGEST_VALUE = 60

_KEY = re.compile(
    "(?:访谈|受访|被访|观察|记录|录音|会议|活动|小组|转录|整理|个案|编写|采访|填写)?"
    "(?:编号|序号|代码|时间|日期|地点|方式|形式|时长|次数|主题|名称|节次|关键词|语言|记录人|整理人|转录人)"
    "|(?:对象)?(?:姓名|化名|性别|年龄|年级|民族|身份|关系|职业|监护人|监护类型)|记录[人者员]|整理[人者]|转录[人者]|转写[人者]"
    "|学校|社区|村|地区|文字记录|备注|说明|来源|版本|设备|项目|题目|标题|单位|环境|知情同意|录音文件|[参出缺与][加席会]人员"
    "|(?:interview )?(?:id|no|number|date|time|place|location|duration|title|topic|setting|language|consent|keywords)"
    "|age|sex|gender|grade|site|wave|case|code|interview|transcript|recorded by|transcribed by|transcriber|recorder",
    re.IGNORECASE,
)

# These stand in the header and also before turns: the value decides.
_PERSON = re.compile(
    "访谈者|访谈员|访谈人|访问者|采访者|采访人|主持人|研究者|社工|观察员"
    "|访谈对象|受访对象|受访者|受访人|被访者|被访人|被访谈者|采访对象"
    "|interviewer|interviewee|participant|moderator|observer",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"(?:[A-Z]{1,3}[-_]?\d{1,4}(?!\d)|[\u4e00-\u9fff]{0,3}"
    r"(?:社工|笔者|研究者|实习生|研究生|老师|班主任|组员|成员|学生|家长|监护人|志愿者|主任|爷爷|奶奶|外公|外婆|爸爸|妈妈))"
)
_SPOKEN = re.compile("[？?！!。…~～]|[吗呢吧啊呀嘛好]$")


@dataclass(frozen=True, slots=True)
class _Field:
    key: str
    value: str

    @property
    def is_known(self) -> bool:
        return bool(_KEY.fullmatch(self.key))

    @property
    def is_person(self) -> bool:
        return bool(_PERSON.fullmatch(self.key) and _WHO.match(self.value) and not _SPOKEN.search(self.value))

    @property
    def is_spoken(self) -> bool:
        return not self.is_known and bool(_SPOKEN.search(self.value))


def is_header_key(text: str) -> bool:
    """Whether ``text`` names a particular of an interview: 编号, 访谈时间, 年级.

    >>> is_header_key("访谈时间"), is_header_key("奶奶")
    (True, False)
    """
    return bool(_KEY.fullmatch(text) or _PERSON.fullmatch(text))


def find_header(text: str) -> tuple[dict[str, str], int]:
    """Read the header of a transcript.

    It is the first block, when each of its lines is `key：value` and one key is such as 编号, 时间,
    地点, and all lines of that kind that follow. A title may stand above.

    Returns
    -------
    meta, end
        The fields in order and where in ``text`` the header ends; ``({}, 0)`` without one.

    >>> find_header("访谈编号：A3-01\\n访谈者：社工L\\n\\n访谈者：你好。\\nA3：嗯。")
    ({'访谈编号': 'A3-01', '访谈者': '社工L'}, 19)
    """
    lines = text.split("\n", _MOST_LINES)[:_MOST_LINES]
    filled = [number for number, line in enumerate(lines) if line and not line.isspace()]
    if filled and _field(lines[filled[0]]) is None:
        del filled[0]
    if not filled:
        return {}, 0
    block = _block_fields(lines, filled[0])
    fields = [*block, *_following_fields(lines, filled[len(block) :])]
    if not fields:
        return {}, 0
    last = filled[len(fields) - 1]
    end = min(sum(len(line) + 1 for line in lines[: last + 1]), len(text))
    meta: dict[str, str] = {}
    for key, value in (pair for field in fields for pair in _particulars(field)):
        if value:
            meta.setdefault(key, value)
    return meta, end


def _particulars(field: _Field) -> Iterator[tuple[str, str]]:
    # Several may stand on one line: 时间：2031-04-12　地点：活动室.
    key, begin = field.key, 0
    for match in _NEXT.finditer(field.value):
        if is_header_key(match["key"]):
            yield key, field.value[begin : match.start()].rstrip(" \u3000;；,，|")
            key, begin = match["key"], match.end()
    yield key, field.value[begin:].strip()


def _field(line: str) -> _Field | None:
    line = line.strip()
    match = _FIELD.fullmatch(line) if len(line) <= _LONGEST else None
    return _Field(match["key"], match["value"].strip()) if match else None


def _block_fields(lines: list[str], first: int) -> list[_Field]:
    # A block set off by a blank line, in which nothing is said and no key recurs as speakers do.
    last = next((number for number in range(first, len(lines)) if not lines[number].strip()), None)
    if last is None:
        return []
    fields = [field for line in lines[first:last] if (field := _field(line))]
    is_header = (
        len(fields) == last - first
        and any(field.is_known for field in fields)
        and not any(field.is_spoken for field in fields)
        and len({field.key for field in fields}) == len(fields)
    )
    return fields if is_header else []


def _following_fields(lines: list[str], numbers: list[int]) -> list[_Field]:
    fields = []
    for number in numbers:
        field = _field(lines[number])
        if field is None or not (field.is_known or field.is_person):
            break
        fields.append(field)
    return fields


def header_blocks(lines: Sequence[str], keys: Mapping[int, str]) -> list[range]:
    """The headers of further interviews in the same file: two particulars or more on lines that follow each other.

    ``keys`` holds what stands before the colon, by the number of the line.

    >>> lines = ["访谈者：早", "编号：02", "时间：下午", "访谈对象：A4", "访谈者：早"]
    >>> header_blocks(lines, {number: line.split("：")[0] for number, line in enumerate(lines)})
    [range(1, 4)]
    """
    known = {key for key in set(keys.values()) if _KEY.fullmatch(key)}
    if len(known) < 2:
        return []
    blocks: list[list[int]] = []
    for number in sorted(keys):
        field = _field(lines[number]) if keys[number] in known or _PERSON.fullmatch(keys[number]) else None
        if field is None or not (field.is_person or (field.is_known and len(field.value) <= _LONGEST_VALUE)):
            continue
        if blocks and blocks[-1][-1] == number - 1:
            blocks[-1].append(number)
        else:
            blocks.append([number])
    return [range(block[0], block[-1] + 1) for block in blocks if sum(keys[number] in known for number in block) >= 2]
