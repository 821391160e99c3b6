"""Read a Markdown file as it was typed; headings and bold lines may name who speaks."""

from __future__ import annotations

import re
from collections import Counter

from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.header import find_header
from qualkit.readers.labels import is_name, is_role
from qualkit.readers.speakers import split_turns

_FRONT = re.compile(r"---[ \t]*\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LONGEST_FRONT = 20_000
_FIELD = re.compile(r"(?P<key>[^\s:：#'\"-][^:：\n]{0,60})[:：][ \t]+(?P<value>\S.*)")

_HEADING = re.compile("^ {0,3}#{1,6}(?=[ \t])", re.MULTILINE)
_BREAK = re.compile(r"\\$", re.MULTILINE)
# A speaker alone as heading or in bold, the words below.
_ALONE = re.compile(
    r"^(?P<sign> {0,3}#{1,6}[ \t]+|\*\*|__)(?P<name>[^\s：:*_#][^：:*_#\n]{0,30}?)(?P<close>\*\*|__|[ \t]+#*)?[ \t]*$",
    re.MULTILINE,
)


def read_markdown(content: Content) -> Draft:
    """The text with all its signs. A block of fields between two lines `---` at its head becomes ``meta``."""
    text = content.text
    fields, front_end = _front_matter(text)
    plain = _without_signs(text, front_end)
    meta, header_end = find_header(plain[front_end:])
    bold = {number for number, line in enumerate(text.split("\n")) if line.lstrip().startswith(("**", "__"))}
    turns = split_turns(plain, header_end=front_end + header_end, speaker_lines=bold)
    return Draft(text=text, turns=turns, meta={**fields, **meta}, encoding=content.encoding)


def _front_matter(text: str) -> tuple[dict[str, str], int]:
    match = _FRONT.match(text[:_LONGEST_FRONT])
    if match is None:
        return {}, 0
    found = (_FIELD.fullmatch(line.rstrip()) for line in match["fields"].split("\n"))
    fields = {field["key"].strip(): field["value"].strip("'\" ") for field in found if field}
    return {key: value for key, value in fields.items() if value}, match.end()


def _without_signs(text: str, front_end: int) -> str:
    """The text in which blanks of the same length stand for signs, so that places stay as they are.

    >>> _without_signs("## 访谈者\\n下课做什么？\\\\\\n", 0)
    '  访谈者：\\n下课做什么？ \\n'
    """
    names = Counter(match["name"] for match in _ALONE.finditer(text, front_end))

    def speak(match: re.Match[str]) -> str:
        name = match["name"]
        is_speaker = is_role(name) or (names[name] > 1 and len(names) > 1 and is_name(name))
        n_signs = len(match[0]) - len(name)
        if not is_speaker or n_signs < 2:
            return match[0]
        return " " * (n_signs - 1) + name + "："

    plain = text[:front_end] + _ALONE.sub(speak, text[front_end:])
    plain = _HEADING.sub(lambda match: " " * len(match[0]), plain)
    return _BREAK.sub(" ", plain)


def _recognises(content: Content) -> bool:
    # Any text is Markdown too: only the name tells.
    return content.suffix in (".md", ".markdown") and content.is_text


FORMAT = Format(
    name="md",
    label={"zh": "Markdown 文本", "en": "Markdown"},
    suffixes=(".md", ".markdown"),
    recognises=_recognises,
    read=read_markdown,
)
