"""Non-verbal marks of a transcript, such as （沉默）, 【笑】 or ……: kept in the text, left out of counts."""

from __future__ import annotations

import re

from qualkit.model import Mark

_LONGEST = 40

# A bracketed remark on one line, or a trailing-off, or something inaudible (xxx). Each begins with a sign of its own,
# so that the search leaps from sign to sign.
_CANDIDATE = re.compile(
    rf"（(?P<round>[^（）\n]{{1,{_LONGEST}}})）"
    rf"|\((?P<half>[^()\n]{{1,{_LONGEST}}})\)"
    rf"|【(?P<lens>[^【】\n]{{1,{_LONGEST}}})】"
    rf"|\[(?P<square>[^\[\]\n]{{1,{_LONGEST}}})\]"
    rf"|〔(?P<shell>[^〔〕\n]{{1,{_LONGEST}}})〕"
    r"|……*|\.\.{2,}|。。{2,}"
    r"|x(?<![A-Za-z0-9]x)x{2,}(?![A-Za-z0-9])|X(?<![A-Za-z0-9]X)X{2,}(?![A-Za-z0-9])"
)

# Sounds, silences, voice and gestures, wherever they stand in the bracket.
_SIGN = re.compile(
    "笑|哭|哽咽|抽泣|流泪|眼泪|眼圈|叹气|叹了|咳|清嗓|打嗝|吸气|吸鼻|呼气|喘|打哈欠|哈欠"
    "|沉默|无言|停顿|停了|停一|停住|静默|安静|不说话|没说话|没有说话|不出声|没出声|不作声|没作声|不吭声|没吭声"
    "|不语|没有回答|没回答|不回答|迟疑|犹豫|思考|想了想|想了一|走神|发呆"
    "|低头|低着头|点头|摇头|抬头|歪头|挠头|回头|扭头|转头|耸肩|摆手|挥手|招手|举手|鼓掌|拍手|摊手|手势|握拳|皱眉|撇嘴|抿嘴|嘟嘴"
    "|小声|大声|轻声|低声|齐声|高声|声音|语气|很轻|慢下来|加快|激动|紧张|害羞|脸红|尴尬|生气地|高兴地|兴奋"
    "|听不清|听不见|听不懂|不清楚|无法辨认|模糊|噪音|杂音|铃声|敲门|手机响|电话响|录音|中断|打断|插话|插嘴|抢话|重叠|同时说"
    "|众人|全体|全场|大家(?:笑|鼓掌|起哄|安静)|掌声|起哄|方言|哼|唱|模仿|比划|示范"
    r"|[0-9０-９一二两三四五六七八九十几数半]+\s*(?:秒|分钟)"
)

# A gesture begins with what the body does: 转笔, 看窗外, 把手缩到袖子里.
_GESTURE = re.compile(
    "(?:[又再边一直慢慢突然不停地始终双手眼睛]{0,4})"
    "(?:[用把拿将][^，。]*|[转拔拧捏抠搓揉抹擦摸拍敲蹭踢咬数指比伸缩举握抱趴躺站坐走跑跳看望盯瞟眯眨闭合翻接递放推拉扯靠蹲跺绕撕画玩]"
    "[^，。]{0,10})(?:[，、].*)?"
)

# What a speaker or transcriber says about the matter itself is no mark.
_SPEECH = re.compile(
    "[我你您他她咱俺]|的时候|因为|所以|如果|[？！?!：:；;]|^[指即注]|化名|也就是|年级|编者|虚构|(?:19|20)[0-9]{2}"
)

_ENGLISH = re.compile(
    r"(?:(?:[a-z]+ly|long|short|brief) )?"
    r"(?:laugh\w*|chuckl\w*|giggl\w*|smil\w*|cr(?:y|ies|ying)|sob\w*|sigh\w*|cough\w*|sniff\w*|silen\w+|pause\w*"
    r"|nod\w*|shak\w+ (?:his |her |their )?head|whisper\w*|shout\w*|shrug\w*|gestur\w*|looks? \w+(?: \w+){0,3}"
    r"|inaudible|unintelligible|unclear|crosstalk|overlap\w*|applause|music|noise)"
    r"(?:[ ,]+[\w.]+){0,4}",
    re.IGNORECASE,
)

# Conversation analysis writes silences as (0.5) and (.).
_TIMED_PAUSE = re.compile(r"[0-9]{0,3}\.[0-9]{0,2}")


def find_marks(text: str) -> list[Mark]:
    """Find the non-verbal marks of ``text``, in order and without overlap.

    A bracket counts only when what it holds is short and names a sound, a silence, a voice or
    a gesture; an explanation such as （化名：小雨） stays part of the words.

    >>> text = "我不去。（低头）……嗯【笑】（他姐姐）"
    >>> [text[mark.start : mark.end] for mark in find_marks(text)]
    ['（低头）', '……', '【笑】']
    """
    return [
        Mark(start=match.start(), end=match.end())
        for match in _CANDIDATE.finditer(text)
        if match.lastgroup is None or is_nonverbal(match[match.lastgroup])
    ]


def is_nonverbal(remark: str) -> bool:
    """Whether a bracketed remark describes what was heard or seen instead of said.

    >>> is_nonverbal("沉默约10秒"), is_nonverbal("指他的班主任"), is_nonverbal("laughs")
    (True, False, True)
    """
    remark = remark.strip()
    if _ENGLISH.fullmatch(remark) or _TIMED_PAUSE.fullmatch(remark):
        return True
    if len(remark) > 30 or _SPEECH.search(remark):
        return False
    return bool(_SIGN.search(remark) or _GESTURE.fullmatch(remark))
