"""Read a plain text file: the transcript as it was typed."""

from __future__ import annotations

from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.header import find_header
from qualkit.readers.speakers import find_turns


def read_plain_text(content: Content) -> Draft:
    """The text as it stands, with its header and turns."""
    meta, header_end = find_header(content.text)
    turns, _ = find_turns(content.text, header_end=header_end)
    return Draft(text=content.text, turns=turns, meta=meta, encoding=content.encoding)


def _recognises(content: Content) -> bool:
    # Anything may be plain text; what is none is refused by name when it is decoded.
    return content.suffix in (".txt", ".text")


FORMAT = Format(
    name="txt",
    label={"zh": "纯文本", "en": "plain text"},
    suffixes=(".txt", ".text"),
    recognises=_recognises,
    read=read_plain_text,
)
