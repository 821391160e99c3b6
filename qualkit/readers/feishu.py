"""Read a text of 飞书妙记 (Lark Minutes): date and length, keywords, then `说话人 1 00:03` above the words."""

from __future__ import annotations

import re

from qualkit.readers.service_text import Service, find_day, find_section, find_title, service_format

_LENGTH = r"\d{1,3}\s?(?:小时|分钟|分|秒|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)\b[^\n|]{0,40}"
_DATE_LINE = re.compile(rf"^(?P<start>[^\n|]{{0,20}}\d{{4}}[^\n|]{{2,40}})\|\s?(?P<length>{_LENGTH})$", re.MULTILINE)
_TRANSCRIPT = re.compile(r"^(?:文字记录|Transcript)\s?[:：]\s*$", re.MULTILINE)
_HEAD = re.compile(r"^(?:说话人|Speaker) \d{1,3} +\d{1,2}:\d{2}(?::\d{2}(?:\.\d{3})?)?[ \\]*$", re.MULTILINE)
_KEYWORDS = re.compile(r"(?P<label>关键词|Keywords)\s?[:：]")


def _is_own(head: str, tail: str) -> bool:
    return bool(_DATE_LINE.search(head[:2000]) or len(_HEAD.findall(head)) > 1 or _says_transcript(head))


def _says_transcript(head: str) -> bool:
    return bool(_TRANSCRIPT.search(head) and re.search(_KEYWORDS, head))


def _read_header(lines: list[str]) -> dict[str, str]:
    above = "\n".join(lines)
    date = _DATE_LINE.search(above)
    start = date["start"].strip() if date else ""
    is_english = bool(re.search(r"^(?:Keywords|Transcript)\s?[:：]", above, re.MULTILINE)) or "min" in above
    names = (
        ("title", "date", "start", "duration", "keywords")
        if is_english
        else ("标题", "日期", "开始时间", "时长", "关键词")
    )
    title = find_title(lines) if not (date and lines and date[0] in lines[0]) else ""
    values = (title, find_day(start), start, date["length"].strip() if date else "", find_section(lines, _KEYWORDS))
    return dict(zip(names, values, strict=True))


SERVICE = Service(
    name="feishu",
    label={"zh": "飞书妙记", "en": "Lark Minutes (飞书妙记)"},
    is_own=_is_own,
    read_header=_read_header,
)
FORMAT = service_format(SERVICE)
