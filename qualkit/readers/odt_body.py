"""The body of an OpenDocument text, as it reads with all changes accepted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from qualkit.readers.layout import Layout, Said
from qualkit.readers.paragraph import NoteKey, Paragraph, Pieces

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"

_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_ROW, _CELL, _TBL = f"{_TABLE}table-row", f"{_TABLE}table-cell", f"{_TABLE}table"
_ANNOTATION, _ANNOTATION_END = f"{OFFICE}annotation", f"{OFFICE}annotation-end"
_NOTE, _NOTE_BODY, _BOX = f"{_TEXT}note", f"{_TEXT}note-body", f"{_DRAW}text-box"
_CHANGES = f"{_TEXT}tracked-changes"

_LEFT_OUT = {
    _CHANGES,
    f"{_TEXT}ruby-text",
    f"{_TEXT}hidden-text",
    f"{_TEXT}hidden-paragraph",
    f"{_TEXT}note-citation",
    f"{_TEXT}sequence-decls",
    f"{_TEXT}variable-decls",
    f"{_TEXT}user-field-decls",
    f"{_TEXT}bibliography-configuration",
    "{http://purl.org/dc/elements/1.1/}creator",
    "{http://purl.org/dc/elements/1.1/}date",
    "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}creator-initials",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
}
_BLANKS = re.compile("[ \t\r\n]+")
# A table may say that a blank cell comes a million times.
_MOST_REPEATS = 200
_MOST_SPACES = 10_000


class OdtBody:
    """Reads a body into a layout; ``said`` holds what its notes say, ``changes`` how many were tracked.

    Notes to notes are left out.
    """

    def __init__(
        self,
        layout: Layout,
        bold_styles: Mapping[str, bool | None],
        *,
        hidden_styles: Collection[str] = (),
        is_note: bool = False,
    ) -> None:
        self._hidden_styles = hidden_styles
        self._is_note = is_note
        self.said: dict[NoteKey, Said] = {}
        self._layout = layout
        self._bold_styles = bold_styles
        self.changes = {"insertion": 0, "deletion": 0}

    def read(self, body: etree._Element) -> None:
        """Read all blocks of the body."""
        for block in self._blocks(body):
            if block.tag == _TBL:
                self._layout.add_table(self._rows(block))
            else:
                for paragraph in self._paragraphs(block):
                    self._layout.add_paragraph(paragraph)

    def _blocks(self, parent: etree._Element) -> Iterator[etree._Element]:
        # Paragraphs and tables in order, also in lists, sections and indexes.
        for child in parent:
            if child.tag in _PARAGRAPHS or child.tag == _TBL:
                yield child
            elif child.tag == _CHANGES:
                for kind in self.changes:
                    self.changes[kind] += sum(1 for _ in child.iter(f"{_TEXT}{kind}"))
            elif child.tag == _BOX or child.tag not in _LEFT_OUT:
                yield from self._blocks(child)

    def _paragraphs(self, element: etree._Element) -> list[Paragraph]:
        pieces = Pieces()
        is_bold = self._bold_styles.get(f"paragraph {element.get(f'{_TEXT}style-name', '')}") or False
        self._collect(element, pieces, is_bold=is_bold)
        paragraphs = [pieces.paragraph()]
        for box in pieces.boxes:
            paragraphs.extend(self._all_paragraphs(box))
        return paragraphs

    def _all_paragraphs(self, parent: etree._Element) -> list[Paragraph]:
        paragraphs: list[Paragraph] = []
        for block in self._blocks(parent):
            if block.tag == _TBL:
                paragraphs.extend(paragraph for row in self._rows(block) for cell in row for paragraph in cell)
            else:
                paragraphs.extend(self._paragraphs(block))
        return paragraphs

    def _collect(self, parent: etree._Element, pieces: Pieces, *, is_bold: bool) -> None:
        self._add(parent.text, pieces, is_bold=is_bold)
        for child in parent:
            self._child(child, pieces, is_bold=is_bold)
            self._add(child.tail, pieces, is_bold=is_bold)

    def _child(self, child: etree._Element, pieces: Pieces, *, is_bold: bool) -> None:
        tag = child.tag
        if tag == f"{_TEXT}span":
            style = f"text {child.get(f'{_TEXT}style-name', '')}"
            own = self._bold_styles.get(style)
            if style not in self._hidden_styles:
                self._collect(child, pieces, is_bold=is_bold if own is None else own)
        elif tag == f"{_TEXT}s":
            pieces.add(" " * _count(child, f"{_TEXT}c", _MOST_SPACES), is_bold=True)
        elif tag == f"{_TEXT}tab":
            pieces.add("\t", is_bold=True)
        elif tag == f"{_TEXT}line-break":
            pieces.add("\n", is_bold=True)
        elif tag == _NOTE:
            kind = "endnote" if child.get(f"{_TEXT}note-class") == "endnote" else "footnote"
            self._note(child.find(_NOTE_BODY), (kind, str(len(self.said))), pieces)
        elif tag == _ANNOTATION:
            # One without a name has no end: it stands at a point.
            self._note(child, ("comment", child.get(f"{OFFICE}name", f"#{len(self.said)}")), pieces)
        elif tag == _ANNOTATION_END:
            pieces.place(("comment", child.get(f"{OFFICE}name", "")))
        elif tag == _BOX:
            pieces.boxes.append(child)
        elif tag not in _LEFT_OUT:
            self._collect(child, pieces, is_bold=is_bold)

    def _add(self, text: str | None, pieces: Pieces, *, is_bold: bool) -> None:
        # A stretch of white space is one blank, and none at the start of a line or after another.
        if not text:
            return
        text = _BLANKS.sub(" ", text)
        if text.startswith(" ") and pieces.ends_in_blank:
            text = text[1:]
        pieces.add(text, is_bold=is_bold)

    def _note(self, note: etree._Element | None, key: NoteKey, pieces: Pieces) -> None:
        if note is None or self._is_note:
            return
        inner = Layout("")
        body = OdtBody(inner, {}, is_note=True)
        body.read(note)
        author = note.findtext("{http://purl.org/dc/elements/1.1/}creator")
        self.said[key] = Said(inner.text.strip(), author or None)
        pieces.place(key)

    def _rows(self, table: etree._Element) -> list[list[list[Paragraph]]]:
        rows: list[list[list[Paragraph]]] = []
        for row in _own(table, (_ROW,)):
            cells: list[list[Paragraph]] = []
            for cell in _own(row, (_CELL,)):
                paragraphs = self._all_paragraphs(cell)
                is_blank = not any(paragraph.text for paragraph in paragraphs)
                n_times = _count(cell, f"{_TABLE}number-columns-repeated", _MOST_REPEATS) if is_blank else 1
                cells.extend([paragraphs] * n_times)
            rows.append(cells)
        return rows


def _own(parent: etree._Element, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    # Rows and cells may lie in groups and header rows; those of a table inside a cell are not the parent's.
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag not in (_TBL, _CELL, _ROW):
            yield from _own(child, tags)


def _count(element: etree._Element, attribute: str, most: int) -> int:
    value = element.get(attribute, "1")
    return min(int(value), most) if value.isdecimal() and len(value) < 9 else 1
