"""Read a text of 讯飞听见: a title, then `说话人1 00:00` above the words of each turn."""

from __future__ import annotations

import re

from qualkit.readers.service_text import Service, find_day, find_title, service_format

_HEAD = re.compile(r"^(?:说话人|讲话人)\d{1,3}[ \u3000]+\d{1,2}:\d{2}(?::\d{2})?[ \\]*$", re.MULTILINE)
_ANY_HEAD = re.compile(r"^\S.{0,30}[ \u3000]\d{2}:\d{2}(?::\d{2})?[ \\]*$", re.MULTILINE)
_TAIL = re.compile(r"^以上内容由AI生成，?仅供参考|讯飞听见", re.MULTILINE)


def _is_own(head: str, tail: str) -> bool:
    return bool(_HEAD.search(head) or (_TAIL.search(tail) and _ANY_HEAD.search(head)))


def _read_header(lines: list[str]) -> dict[str, str]:
    return {"标题": find_title(lines), "日期": find_day("\n".join(lines))}


SERVICE = Service(
    name="iflyrec",
    label={"zh": "讯飞听见", "en": "iFLYREC (讯飞听见)"},
    is_own=_is_own,
    read_header=_read_header,
)
FORMAT = service_format(SERVICE)
