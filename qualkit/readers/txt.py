"""Read a plain text file: the transcript as it was typed."""

from __future__ import annotations

from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.header import find_header
from qualkit.readers.refused import find_refusal
from qualkit.readers.speakers import split_turns

_SUFFIXES = (".txt", ".text")

# Typed in a plain editor and named like a file of Word, or not at all.
_OTHER_SUFFIXES = ("", ".doc", ".wps", ".rtf", ".log", ".dat")
_FEWEST_TURNS = 2


def read_plain_text(content: Content) -> Draft:
    """The text as it stands, with its header and turns."""
    meta, header_end = find_header(content.text)
    turns = split_turns(content.text, header_end=header_end)
    return Draft(text=content.text, turns=turns, meta=meta, encoding=content.encoding)


def _recognises(content: Content) -> bool:
    # Anything may be plain text; what is none is refused as what it is, or when it is decoded.
    if content.suffix in _SUFFIXES:
        return content.is_text or find_refusal(content) is None
    # Under another ending it has to be a talk, so that no other kind of text is taken for one.
    is_odd = content.suffix in _OTHER_SUFFIXES and content.is_text
    return is_odd and len(split_turns(content.head)) >= _FEWEST_TURNS


FORMAT = Format(
    name="txt",
    label={"zh": "纯文本", "en": "plain text"},
    suffixes=_SUFFIXES,
    recognises=_recognises,
    read=read_plain_text,
)
