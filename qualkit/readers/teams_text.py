"""Read the transcript of Teams saved as text: `Name   0:03` above the words of each turn."""

from __future__ import annotations

import re

from qualkit.readers.service_text import Service, find_day, find_title, service_format

_HEAD = re.compile(r"^\S[^\n]{0,60}?[ \u00a0]{1,3}\d{1,2}:\d{2}(?::\d{2})?[ \\]*$", re.MULTILINE)
_SET_OFF = re.compile(r"^\S[^\n]{0,60}?[ \u00a0]{3}\d{1,2}:\d{2}(?::\d{2})?[ \\]*$", re.MULTILINE)
_STARTED = re.compile(
    r"^.{1,60} (?:started|stopped) transcription\s*$|^.{1,30}(?:开始|停止)了?(?:听录|转录)\s*$", re.MULTILINE
)
_LENGTH = re.compile(r"^\d{1,2}\s?(?:h|m|小时|分钟?)[^\n]{0,20}$", re.MULTILINE)


def _is_own(head: str, tail: str) -> bool:
    is_said = _STARTED.search(head) or _STARTED.search(tail)
    return len(_SET_OFF.findall(head)) > 1 or bool(is_said and _HEAD.search(head))


def _read_header(lines: list[str]) -> dict[str, str]:
    above = "\n".join(lines)
    length = _LENGTH.search(above)
    return {
        "title": find_title(line for line in lines if not _STARTED.match(line)),
        "date": find_day(above),
        "duration": length[0].strip() if length else "",
    }


SERVICE = Service(
    name="teams_text",
    label={"zh": "Teams 听录文稿", "en": "Teams transcript"},
    is_own=_is_own,
    read_header=_read_header,
)
FORMAT = service_format(SERVICE)
