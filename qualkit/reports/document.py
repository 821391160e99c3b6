"""A Word document as Chinese theses are set: A4, 宋体 with Times New Roman, 五号."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from qualkit.atomic import write_atomically
from qualkit.errors import OptionError

LATIN, SONG, KAI = "Times New Roman", "宋体", "楷体"
SIZE_TABLE, SIZE_NOTE = 10.5, 9
TEXT_WIDTH_CM = 16.0

# Letters that stand for a statistic are italic; z in d_z and g_z is a subscript. "M社区" is a place, "M为" is not.
_STATISTICS = re.compile(
    r"(?<![A-Za-z0-9_])(?:(SD|df|n|t|p|d|g|z|r)(?:_([a-z]))?(?![A-Za-z0-9])"
    r"|([MNFW])(?![A-Za-z0-9]|(?![值检为])[\u4e00-\u9fff]))"
)

# Characters XML cannot hold: a transcript from a broken file must not break the report.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def new_document(*, language: str = "zh") -> DocumentType:
    """An empty A4 document with the house fonts, without a made-up author."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    for name in ("Normal", "Caption"):
        style = document.styles[name]
        style.font.name, style.font.size = LATIN, Pt(SIZE_TABLE)
        style.font.bold, style.font.color.rgb = False, RGBColor(0, 0, 0)
        _set_east_asian(style.element.get_or_add_rPr(), SONG)
    for tongue in document.styles.element.xpath("w:docDefaults//w:lang"):
        tongue.set(qn("w:eastAsia"), "zh-CN")
    properties = document.core_properties
    properties.author, properties.comments = "", ""
    properties.language = "zh-CN" if language == "zh" else "en"
    return document


def add_run(paragraph: Paragraph, text: str, *, size: float = SIZE_TABLE, han: str = SONG) -> Run:
    """A run in Times New Roman for Latin letters and ``han`` for Chinese ones."""
    run = paragraph.add_run(_NOT_XML.sub("\ufffd", text))
    run.font.name, run.font.size = LATIN, Pt(size)
    _set_east_asian(run._element.get_or_add_rPr(), han)
    return run


def add_words(paragraph: Paragraph, text: str, *, size: float = SIZE_TABLE) -> None:
    """Text with the letters of statistics in italics: *p*, *M*, *SD*, *t*, *n*."""
    for piece, is_letter, subscript in _pieces(text):
        add_run(paragraph, piece, size=size).italic = True if is_letter else None
        if subscript:
            run = add_run(paragraph, subscript, size=size)
            run.italic = run.font.subscript = True


def add_paragraph(
    document: DocumentType, *, is_centred: bool = False, before: float = 0, after: float = 0
) -> Paragraph:
    """An empty paragraph with single line spacing."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    paragraph.paragraph_format.line_spacing = 1.0
    if is_centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def save_document(document: DocumentType, path: str | os.PathLike[str]) -> Path:
    """Write the document, whole or not at all; the folder is made when it is missing."""
    target = Path(path)
    if target.suffix.lower() != ".docx":
        raise OptionError(f"path={str(path)!r} must end in .docx.")
    content = io.BytesIO()
    document.save(content)
    return write_atomically(target, content.getvalue())


def _set_east_asian(properties, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for attribute, name in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{attribute}"), name)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _pieces(text: str) -> Iterator[tuple[str, bool, str]]:
    end = 0
    for match in _STATISTICS.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], False, ""
        yield match.group(1) or match.group(3), True, match.group(2) or ""
        end = match.end()
    if end < len(text):
        yield text[end:], False, ""
