"""The body of an HTML page, as a browser shows it without scripts."""

from __future__ import annotations

import re

from lxml import etree

from qualkit.readers.layout import Layout, Said
from qualkit.readers.paragraph import NoteKey, Paragraph, Pieces

_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt"),
    *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
    *("main", "nav", "ol", "p", "pre", "section", "summary", "ul", "caption", "legend"),
}
_LEFT_OUT = {
    *("head", "script", "style", "noscript", "template", "svg", "math", "object", "embed", "iframe", "audio", "video"),
    *("canvas", "select", "textarea", "button", "input", "datalist", "rt", "rp", "title", "meta", "link", "xml"),
}
_BOLD = {"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-list\s*:\s*ignore", re.I)
_WEIGHT = re.compile(r"font-weight\s*:\s*([a-z0-9]+)", re.I)
_KEEPS_BLANKS = re.compile(r"white-space\s*:\s*pre", re.I)

_HAN = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201f\u2026\u2014]"
# Chinese is not written with blanks: a line end in the file is none on the page.
_LINE_END = re.compile(f"(?<={_HAN})[ \t]*[\r\n]+[ \t]*(?={_HAN})")
_BLANKS = re.compile("[ \t\r\n\f]+")

# Word and LibreOffice: the sign of a note leads to the note.
_NOTE_SIGN = re.compile(r"#(?:_(?P<word>ftn|edn|msocom_)|sd(?P<libre>footnote|endnote))(?P<number>\d{1,6})(?:sym)?")
_NOTE = re.compile(r"(?:(?P<word>ftn|edn|_com_)|sd(?P<libre>footnote|endnote))(?P<number>\d{1,6})")
_NOTE_LIST = re.compile(r"mso-element\s*:\s*(?:footnote|endnote|comment)-list")
_NOTE_BACK = re.compile(r"#(?:_(?:ftn|edn)ref\d+|sd(?:footnote|endnote)\d+anc|_msoanchor_\d+)")
_KINDS = {"ftn": "footnote", "edn": "endnote", "msocom_": "comment", "_com_": "comment"}


class HtmlBody:
    """Reads a page into a layout; ``said`` holds what its notes say.

    ``takes_comments`` is for LibreOffice, which writes the comments of its users as those of HTML.
    """

    def __init__(self, layout: Layout, *, takes_comments: bool = False) -> None:
        self._takes_comments = takes_comments
        self.said: dict[NoteKey, Said] = {}
        self.n_deletions = 0
        self._layout = layout
        self._pieces = Pieces()
        self._apart: list[Paragraph] | None = None

    def read(self, root: etree._Element) -> None:
        """Read all that is shown."""
        self._element(root, is_bold=False, keeps_blanks=False)
        self._end_paragraph()

    def _element(self, element: etree._Element, *, is_bold: bool, keeps_blanks: bool) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            if self._takes_comments and tag is etree.Comment:
                key = ("comment", f"#{len(self.said)}")
                self._pieces.place(key)
                self.said[key] = Said((element.text or "").strip())
            return
        tag = tag.rpartition("}")[2].lower()
        style = element.get("style", "")
        if tag in _LEFT_OUT or _is_hidden(element, style):
            return
        if tag == "del":
            self.n_deletions += 1
        elif tag == "br":
            self._pieces.add("\n")
        elif tag == "table":
            self._table(element)
        elif style and _NOTE_LIST.search(style):
            # Beside the notes there is only a rule.
            self._end_paragraph()
            self._read_apart(element)
        elif match := _NOTE.fullmatch(element.get("id", "")):
            self._note(element, _key(match))
        elif tag == "a" and _NOTE_BACK.fullmatch(element.get("href", "")):
            return
        elif tag == "a" and (match := _NOTE_SIGN.fullmatch(element.get("href", ""))):
            self._pieces.place(_key(match))
        else:
            weight = _WEIGHT.search(style) if style else None
            is_bold = _is_heavy(weight[1]) if weight else is_bold or tag in _BOLD
            keeps_blanks = keeps_blanks or tag == "pre" or bool(style and _KEEPS_BLANKS.search(style))
            self._inside(element, tag, is_bold=is_bold, keeps_blanks=keeps_blanks)

    def _inside(self, element: etree._Element, tag: str, *, is_bold: bool, keeps_blanks: bool) -> None:
        if tag in _BLOCKS:
            self._end_paragraph()
        self._add(element.text, is_bold=is_bold, keeps_blanks=keeps_blanks)
        for child in element:
            self._element(child, is_bold=is_bold, keeps_blanks=keeps_blanks)
            self._add(child.tail, is_bold=is_bold, keeps_blanks=keeps_blanks)
        if tag in _BLOCKS:
            self._end_paragraph()

    def _add(self, text: str | None, *, is_bold: bool, keeps_blanks: bool) -> None:
        if not text:
            return
        if keeps_blanks:
            self._pieces.add(text.replace("\r\n", "\n"), is_bold=is_bold)
            return
        text = _BLANKS.sub(" ", _LINE_END.sub("", text))
        pieces = self._pieces
        if text.startswith(" ") and (pieces.ends_in_blank or pieces.texts[-1].endswith("\n")):
            text = text[1:]
        pieces.add(text, is_bold=is_bold)

    def _end_paragraph(self) -> None:
        pieces = self._pieces
        if not pieces.length and not pieces.places:
            return
        self._pieces = Pieces()
        paragraph = pieces.paragraph()
        text = paragraph.text.rstrip(" \n")
        # A paragraph of one fixed blank is how editors write an empty line.
        paragraph.text = "" if text == "\u00a0" else text
        paragraph.places = [(min(offset, len(paragraph.text)), key) for offset, key in paragraph.places]
        if self._apart is not None:
            self._apart.append(paragraph)
        else:
            self._layout.add_paragraph(paragraph)

    def _table(self, table: etree._Element) -> None:
        self._end_paragraph()
        rows: list[list[list[Paragraph]]] = []
        for row in _own(table, ("tr", "caption")):
            cells = [row] if row.tag == "caption" else list(_own(row, ("td", "th")))
            rows.append([self._read_apart(cell) for cell in cells])
        if self._apart is not None:
            self._apart.extend(paragraph for cells in rows for cell in cells for paragraph in cell)
        else:
            self._layout.add_table(row for row in rows if row)

    def _note(self, element: etree._Element, key: NoteKey) -> None:
        self._end_paragraph()
        paragraphs = self._read_apart(element)
        self.said.setdefault(key, Said("\n".join(paragraph.text for paragraph in paragraphs).strip()))

    def _read_apart(self, element: etree._Element) -> list[Paragraph]:
        outer, self._apart = self._apart, []
        tag = element.tag
        self._inside(element, "div", is_bold=tag == "th", keeps_blanks=False)
        paragraphs, self._apart = self._apart, outer
        return paragraphs


def _is_hidden(element: etree._Element, style: str) -> bool:
    if element.get("hidden") is not None or (style and _HIDDEN.search(style)):
        return True
    # LibreOffice writes what stands at the head and foot of pages once more.
    return element.tag == "div" and element.get("title") in ("header", "footer")


def _own(parent: etree._Element, tags: tuple[str, ...]) -> list[etree._Element]:
    found = []
    for child in parent:
        if child.tag in tags:
            found.append(child)
        elif child.tag in ("thead", "tbody", "tfoot", "tr"):
            found.extend(_own(child, tags))
    return found


def _is_heavy(weight: str) -> bool:
    return weight.lower() in ("bold", "bolder") or (weight.isdecimal() and int(weight[:4]) >= 600)


def _key(match: re.Match[str]) -> NoteKey:
    return _KINDS.get(match["word"] or "", match["libre"] or "comment"), match["number"]
