"""Read a text of Otter: a title, keywords and speakers, then `Name  00:05` above the words of each turn."""

from __future__ import annotations

import re

from qualkit.readers.service_text import Service, find_day, find_section, find_title, service_format

_HEAD = re.compile(r"^\S[^\n]{0,60}? {2,}\d{1,2}:\d{2}(?::\d{2})?[ \\]*$", re.MULTILINE)
_TAIL = re.compile(r"Transcribed by https?://otter\.ai", re.IGNORECASE)
_LISTS = re.compile(r"^(?:SUMMARY KEYWORDS|SPEAKERS)\s*$", re.MULTILINE)
_KEYWORDS = re.compile("SUMMARY KEYWORDS")
_SPEAKERS = re.compile("SPEAKERS")


def _is_own(head: str, tail: str) -> bool:
    return bool((_LISTS.search(head) or _TAIL.search(tail)) and _HEAD.search(head))


def _read_header(lines: list[str]) -> dict[str, str]:
    above = "\n".join(lines)
    return {
        "title": find_title(lines),
        "date": find_day(above),
        "keywords": find_section(lines, _KEYWORDS),
        "speakers": find_section(lines, _SPEAKERS),
    }


SERVICE = Service(
    name="otter",
    label={"zh": "Otter", "en": "Otter"},
    is_own=_is_own,
    read_header=_read_header,
)
FORMAT = service_format(SERVICE)
