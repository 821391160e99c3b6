"""What stands before the words of a turn: who speaks and when, at the start of a line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from qualkit.readers.process_record import is_part_name

_TIME = r"(?:\d{1,2}[:：])?\d{1,2}[:：]\d{2}(?:[.,]\d{1,3})?"

# `label：words`, with a time before or after the label; the colon may be full or half width.
_COLON = re.compile(
    rf"\s*(?:[\[【（(]?(?P<before>{_TIME})[\]】）)]?\s+|[\[【（(](?P<tight>{_TIME})[\]】）)])?"
    r"(?P<label>[^\s：:（(\[【，。！？；“”\"][^：:，。！？；“”\"\n]{0,30}?)\s*"
    rf"(?:[\[【（(](?P<after>{_TIME})[\]】）)]\s*)?[：:](?![/\\])[ \t\u3000]*"
)

# `【A3】words` or `[A3] words`, with or without a colon.
_BRACKET = re.compile(
    rf"\s*(?:(?P<before>{_TIME})\s+)?(?:【(?P<lens>[^【】\n]{{1,20}})】|\[(?P<square>[^\[\]\n]{{1,20}})\])"
    r"\s*[：:]?[ \t\u3000]*"
)

# `说话人1 00:00` alone on its line: the words follow on the next lines.
_HEADING = re.compile(
    r"(?P<label>[^\s：:，。！？；|\d][^：:，。！？；|\n]{0,30}?)[ \t\u3000]+"
    rf"[\[（(]?(?P<after>{_TIME})[\]）)]?(?:\s*\\)?"
)

_ROLE = (
    "访谈者|访谈员|访问者|访问员|采访者|采访人|提问者|主持人|研究者|调查员|调查者|观察员|记录员|记录者|社会工作者|社工|督导|笔者|本人|我"
    "|受访者|受访人|被访者|被访人|被访谈者|访谈对象|受访对象|参与者|组员|成员|学员|案主|服务对象|儿童|孩子|学生|同学|男生|女生|志愿者"
    "|老师|教师|班主任|校长|主任|书记|村干部|工作人员|院长|家长|监护人|照顾者"
    "|爸爸|妈妈|父亲|母亲|爷爷|奶奶|外公|外婆|姥姥|姥爷|公公|婆婆|祖父|祖母|阿公|阿婆|哥哥|姐姐|弟弟|妹妹"
    "|叔叔|姑姑|舅舅|舅妈|姨妈|姨姨|阿姨|伯伯|婶婶|堂哥|堂姐|表哥|表姐"
    "|说话人|发言人|讲话人|众人|全体|大家|齐声|问|答"
)
_ENGLISH_ROLE = (
    "interviewer|interviewee|moderator|facilitator|researcher|(?:social )?worker|observer|participant|respondent"
    "|informant|(?:unknown )?speaker|unknown|member|child|student|teacher|parent|guardian|mother|father|mom|mum|dad"
    "|grandmother|grandfather|grandma|grandpa|all"
)
_CODE = r"[A-Z]{1,3}[-_]?[A-Z]{0,2}\d{1,4}"
_ORDINAL = r"[甲乙丙丁戊己庚辛壬癸]|[一二三四五六七八九十]{1,2}|\d{1,3}|[A-Za-z]\d{0,3}"

# The label is a code, a role, or a role with a number, a letter or a code beside it.
_ROLE_LIKE = re.compile(
    rf"{_CODE}|SPEAKER[ _]?\d+|[QA]|[甲乙丙丁戊己庚辛]"
    rf"|(?:{_CODE}的?)?(?:{_ROLE})[ _-]?(?:{_ORDINAL}|{_CODE})?"
    r"|[\u4e00-\u9fff](?:老师|社工|校长|主任|阿姨|叔叔|同学)"
    rf"|(?i:(?:{_ENGLISH_ROLE})(?:[ _-]?(?:\d{{1,3}}|[a-z]\d{{0,3}}))?)"
)

_ORDINARY = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·._ \-]{1,24}")

# How speech is brought in, how notes and headers are headed: never a speaker.
_PHRASE = re.compile(
    ".*(?:说|说道|讲|问道|喊|叫|骂|写|写道|回答|是|如|例|下|比如|例如|就是|想|觉得|告诉|意思|总之|其实|然后|因为|所以|但是|还有|结果)"
    "|[他她它你您这那]|他们|她们|我们|你们|咱们|这里|那里"
    r"|[\d.\- ]+|第?[0-9一二三四五六七八九十]+[节次章题点、.]?"
    "|.*(?:编号|时间|日期|地点|方式|主题|题目|目的|目标|达成|背景|说明|备注|注|反思|总结|小结|评价|记录|内容|过程|表现|情况|事件|动力|建议|问题|原因)"
    "|.*(?:关键词|提纲|附录|性别|年龄|年级|感受|收获|优点|缺点|策略|计划|安排|物资|准备)"
    r"|(?i:https?|notes?|date|time|place|title|topic|file|location|keywords|transcript|example|e\.g|i\.e)"
)

_SEPARATOR = re.compile(r"\s*[、/,，&＆]\s*|\s+and\s+|和|与")


@dataclass(frozen=True, slots=True)
class Label:
    """A possible label of one line: ``words`` is where in the line the words begin."""

    speaker: str
    words: int
    time_ms: int | None
    form: str

    @property
    def key(self) -> tuple[str, str]:
        """What lines of one speaker have in common."""
        return self.form, self.speaker


def find_label(line: str) -> Label | None:
    """Read what looks like a label at the start of ``line``; whether it is one, the whole text decides.

    >>> find_label("00:02:31 组员A1、组员A2：（齐声）不笑别人！")
    Label(speaker='组员A1、组员A2', words=19, time_ms=151000, form='colon')
    """
    if match := _HEADING.fullmatch(line.strip()):
        return _label(match["label"], len(line), match["after"], "heading")
    if match := _COLON.match(line):
        time = match["before"] or match["tight"] or match["after"]
        return _label(match["label"], match.end(), time, "colon")
    if match := _BRACKET.match(line):
        return _label(match["lens"] or match["square"], match.end(), match["before"], "bracket")
    return None


def _label(label: str, words: int, time: str | None, form: str) -> Label | None:
    speaker = " ".join(unicodedata.normalize("NFKC", label).split()).strip("*_ ")
    return Label(speaker, words, _milliseconds(time), form) if speaker else None


def _milliseconds(time: str | None) -> int | None:
    if time is None:
        return None
    whole, _, fraction = time.replace("：", ":").replace(",", ".").partition(".")
    seconds = 0
    for part in whole.split(":"):
        seconds = 60 * seconds + int(part)
    return 1000 * seconds + int(f"{fraction:0<3}")


def split_speakers(speaker: str) -> list[str]:
    """The speakers of a label that names several at once.

    >>> split_speakers("组员A1、组员A2")
    ['组员A1', '组员A2']
    """
    return [part for part in _SEPARATOR.split(speaker) if part]


def is_role(speaker: str) -> bool:
    """Whether a label is a code (A3), a role (社工) or both (A3奶奶), also several of them.

    >>> is_role("访谈者"), is_role("组员A"), is_role("小雨")
    (True, True, False)
    """
    parts = split_speakers(speaker)
    return bool(parts) and all(_ROLE_LIKE.fullmatch(part) for part in parts)


def is_name(speaker: str) -> bool:
    """Whether a label could be a name: short, plain, and no way of bringing in speech.

    >>> is_name("小雨"), is_name("他说"), is_name("访谈时间")
    (True, False, False)
    """
    if not _ORDINARY.fullmatch(speaker) or is_phrase(speaker):
        return False
    return len(speaker) <= 8 if re.search("[\u4e00-\u9fff]", speaker) else len(speaker.split()) <= 3


def is_phrase(speaker: str) -> bool:
    """Whether a label brings in speech or heads a note: it never names a speaker.

    >>> is_phrase("老师说"), is_phrase("社工反思"), is_phrase("老师")
    (True, True, False)
    """
    return bool(_PHRASE.fullmatch(speaker)) or is_part_name(speaker)
