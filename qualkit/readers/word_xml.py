"""The XML of a Word file: where its text lies, which elements are text, and which are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from qualkit.readers.office_xml import parse_part

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAIN = "word/document.xml"
_MAIN_PART = re.compile(r"word/document\d*\.xml")

#: Before the name of each element.
W = f"{{{_TRANSITIONAL.decode()}}}"

#: Elements that stand for a character.
AS_TEXT = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}

#: Text that was deleted or moved away, properties, field codes, ruby over the words, second copies of drawings.
LEFT_OUT = {f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText", "rt")}
LEFT_OUT |= {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}

#: Elements in which blocks, rows and cells may lie: content controls, insertions.
WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml", "moveTo", "smartTag")}


def find_main_part(names: Iterable[str]) -> str | None:
    """Which part of the archive holds the text, if any; some programs number it.

    >>> find_main_part(["word/styles.xml", "word/document2.xml"]), find_main_part(["content.xml"])
    ('word/document2.xml', None)
    """
    fitting = sorted(filter(_MAIN_PART.fullmatch, names))
    return _MAIN if _MAIN in fitting else next(iter(fitting), None)


def parse_word_part(content: bytes, part: str, name: str) -> etree._Element:
    """The root of one part of the file ``name``, in the names of ``W``."""
    return parse_part(content.replace(_STRICT, _TRANSITIONAL), part, name, program="Word")
