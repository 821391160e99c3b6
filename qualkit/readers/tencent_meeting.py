"""Read a text of 腾讯会议: subject and time, then `name(00:00:05): words`."""

from __future__ import annotations

import re

from qualkit.readers.service_text import COLON, Service, find_day, find_title, service_format

_HEAD = re.compile(
    r"^\S[^\n：:(（]{0,58}(?:[(（][^\n()（）]{1,30}[)）])?[(（]\d{1,2}:\d{2}:\d{2}[)）]\s?[:：]", re.MULTILINE
)
_FIELD = re.compile(
    r"(?P<key>会议主题|会议时间|会议号|主持人|录制时间|参会人|参会人员|会议时长)\s?[:：]\s*(?P<value>.+)"
)


def _is_own(head: str, tail: str) -> bool:
    n_needed = 1 if any(_FIELD.match(line) for line in head[:2000].split("\n")) else 2
    return len(_HEAD.findall(head)) >= n_needed


def _read_header(lines: list[str]) -> dict[str, str]:
    fields = {match["key"]: match["value"].strip() for line in lines if (match := _FIELD.match(line.strip()))}
    day = find_day(fields.get("会议时间", "") or fields.get("录制时间", ""))
    return {"标题": fields.get("会议主题", "") or find_title(lines), "日期": day, **fields}


SERVICE = Service(
    name="tencent_meeting",
    label={"zh": "腾讯会议", "en": "Tencent Meeting (腾讯会议)"},
    is_own=_is_own,
    read_header=_read_header,
    head=COLON,
)
FORMAT = service_format(SERVICE)
