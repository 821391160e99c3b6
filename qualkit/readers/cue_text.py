"""The words of a cue without the tags and entities of subtitles."""

from __future__ import annotations

import html
import re

_TAG = re.compile(
    r"</?(?:c|i|b|u|s|em|strong|lang|ruby|rt|font|span)(?:[.\s][^<>\n]{0,200})?>|<\d{1,4}:[\d:.]{2,12}>|\{\\[^{}\n]{0,60}\}",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|lrm|rlm|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_DIRECTION = re.compile("[\u200e\u200f]")


def strip_markup(text: str) -> str:
    """The words alone; angle brackets that are no tag of subtitles are words.

    >>> strip_markup("<c.yellow>我</c> <00:00:01.200>不去 &lt;叹气&gt; <3")
    '我 不去 <叹气> <3'
    """
    return unescape(_TAG.sub("", text) if "<" in text or "{" in text else text)


def unescape(text: str) -> str:
    """Entities become their characters; marks of writing direction, which nobody sees, go.

    >>> unescape("A&amp;B&lrm;")
    'A&B'
    """
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return _DIRECTION.sub("", text)
