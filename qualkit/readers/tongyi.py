"""Read a text of 通义听悟: a title and the time, then `发言人1 00:01` above the words of each turn."""

from __future__ import annotations

import re

from qualkit.readers.service_text import Service, find_day, find_section, find_title, service_format

_HEAD = re.compile(r"^发言人 ?\d{1,3}[ \u3000]+\d{1,2}:\d{2}(?::\d{2})?[ \\]*$", re.MULTILINE)
_KEYWORDS = re.compile("关键词[:：]?(?=$|\\s|.)")


def _is_own(head: str, tail: str) -> bool:
    return bool(_HEAD.search(head))


def _read_header(lines: list[str]) -> dict[str, str]:
    day = find_day("\n".join(lines[:5]))
    return {"标题": find_title(lines), "日期": day, "关键词": find_section(lines, _KEYWORDS)}


SERVICE = Service(
    name="tongyi",
    label={"zh": "通义听悟", "en": "Tongyi Tingwu (通义听悟)"},
    is_own=_is_own,
    read_header=_read_header,
)
FORMAT = service_format(SERVICE)
