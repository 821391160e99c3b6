"""Which columns of a questionnaire say who answered: the case, which is kept, and what identifies a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from qualkit.readers.survey_headings import plain_question

_CASE = re.compile(
    "请?(?:填写|输入|写下|填)?(?:您|你|孩子|学生|组员|成员|个案|参与者|参加者|被试|受访者|被访者|研究|调查|问卷)?(?:自己)?的?"
    "(?:编号|代码|代号|编码)(?:是|为|是多少|是什么)?"
    r"|(?:your |the |child'?s |participant'?s? |subject'?s? |case |study |respondent'?s? )?"
    r"(?:case|id|code|case[ _]?(?:id|code|no)|participant[ _]?(?:id|code|no)?|subject[ _]?(?:id|code|no)?|bianhao)"
)

_WHOSE = "(?:请?(?:填写|输入|留下|写下|填)?(?:您|你|孩子|学生|家长|父母|监护人|本人|家庭|联系人?|紧急联系人?|常用)*的?)"
_IDENTIFYING = (
    ("a telephone number", "手机号|电话号码|联系电话|联系方式|手机号码|phone|mobile|telephone|tel"),
    ("a telephone number", f"{_WHOSE}(?:手机|电话)(?:是|是多少)?"),
    ("a name", "(?<!化)(?:真实)?姓名|(?:full |first |last |real |your |child'?s )?name"),
    ("a name", f"{_WHOSE}(?:真实)?(?:名字|大名)(?:是|叫|是什么|叫什么)?"),
    ("an identity number", "身份证|证件号|护照号|学籍号|学号|银行卡|id card|passport"),
    ("an account", f"微信号|微信名|微信昵称|qq号|{_WHOSE}(?:微信|qq)(?:是|是多少)?|wechat(?: id)?|openid|昵称"),
    ("an email address", "邮箱|电子邮件|e-?mail"),
    ("an address", "家庭住址|家庭地址|详细地址|通讯地址|门牌号|(?:home |postal |street )?address"),
    ("an address", f"{_WHOSE}(?:住址|地址)(?:是|在哪里?)?"),
    ("a place on the map", "经纬度|地理位置|定位|gps|latitude|longitude|coordinates"),
    ("a signature", "签名|signature"),
    ("a network address", "来自ip|ip地址|ip|ip ?address"),
)
# Words that name the thing wherever they stand; the others must be the whole heading.
_ANYWHERE = re.compile(
    "手机号|电话号码|联系电话|联系方式|(?<!化)姓名|身份证|证件号|护照号|学籍号|学号|银行卡|微信号|微信昵称|邮箱|电子邮件"
    "|家庭住址|家庭地址|详细地址|通讯地址|门牌号|经纬度|地理位置|签名|e-?mail|phone number|id card|signature",
    re.IGNORECASE,
)
_LONGEST_HEADING = 40

_CONCERNS = (
    ("an identity number", re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])")),
    ("a telephone number", re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")),
    ("an email address", re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")),
    ("a network address", re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")),
)


def is_case(text: str) -> bool:
    """Whether a question asks for the code of the case.

    >>> is_case("您的编号是？"), is_case("Case ID"), is_case("学号")
    (True, True, False)
    """
    return bool(_CASE.fullmatch(plain_question(unicodedata.normalize("NFKC", text))))


def why_identifying(text: str) -> str | None:
    """What about a person a question asks for; ``None`` when it is nothing that identifies.

    >>> why_identifying("您的姓名"), why_identifying("联系电话"), why_identifying("你每天玩手机多久？")
    ('a name', 'a telephone number', None)
    """
    plain = plain_question(unicodedata.normalize("NFKC", text))
    if len(plain) > _LONGEST_HEADING:
        return None
    for reason, pattern in _IDENTIFYING:
        if re.fullmatch(pattern, plain):
            return reason
    if match := _ANYWHERE.search(plain):
        return next((reason for reason, pattern in _IDENTIFYING if re.search(pattern, match[0])), None)
    return None


def find_concern(words: str) -> str | None:
    """What in the words of an answer looks as if it led to a person.

    >>> find_concern("打我电话13800000000"), find_concern("没有")
    ('a telephone number', None)
    """
    plain = unicodedata.normalize("NFKC", words)
    if not any(sign.isdigit() or sign == "@" for sign in plain):
        return None
    return next((what for what, pattern in _CONCERNS if pattern.search(plain)), None)


def plain_case(case: str) -> str:
    """A case's code as it is compared: without blanks, capitals, full-width forms and leading zeros.

    >>> plain_case(" Ａ０3 "), plain_case("a3"), plain_case("007")
    ('a3', 'a3', '7')
    """
    folded = "".join(unicodedata.normalize("NFKC", case).split()).casefold()
    folded = "".join(unicodedata.normalize("NFKC", folded).split()).casefold()
    return re.sub(r"(?<!\d)0+(?=\d)", "", folded)


def match_cases(given: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Which known case each given code means; codes that mean none, or more than one, are left out.

    >>> match_cases(["a03", "A9", "A5"], ["A3", "A5"])
    {'a03': 'A3', 'A5': 'A5'}
    """
    exact = list(known)
    folded: dict[str, list[str]] = {}
    for one in exact:
        folded.setdefault(plain_case(one), []).append(one)
    found = {}
    for one in given:
        meant = [one] if one in exact else folded.get(plain_case(one), [])
        if len(meant) == 1:
            found[one] = meant[0]
    return found
