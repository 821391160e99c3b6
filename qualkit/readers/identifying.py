"""Which columns of a table say who somebody is: names, telephones, addresses."""

from __future__ import annotations

import re

from qualkit.headings import plain

_CHINESE = re.compile(
    "(?<!化)(?<!代)(?:姓名|名字)|电话|手机|联系方式|身份证|证件号|微信|qq号|住址|家庭地址|详细地址|门牌|邮箱|学籍号|学号"
)
_ENGLISH = re.compile(
    r"(?:first|last|full|real|family|given|sur|child|parent|student)?_?name|(?:tele|mobile_?)?phone(?:_?number)?"
    r"|mobile|e-?mail(?:_?address)?|(?:home_?)?address|wechat|qq|id_?card(?:_?number)?"
)


def is_identifying(header: str) -> bool:
    """Whether a column of this header holds what leads to a person and is therefore not kept.

    >>> [is_identifying(one) for one in ("姓名", "家长电话", "Full name", "化名", "年级", "宿舍名称")]
    [True, True, True, False, False, False]
    """
    compared = plain(header)
    return bool(_CHINESE.search(compared) or _ENGLISH.fullmatch(compared))
