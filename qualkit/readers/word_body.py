"""The body of a Word file, paragraph by paragraph and table by table, as it reads with all changes accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from lxml import etree

from qualkit.readers.layout import Layout
from qualkit.readers.paragraph import NoteKey, Paragraph, Pieces
from qualkit.readers.word_styles import is_on
from qualkit.readers.word_symbols import find_symbol
from qualkit.readers.word_xml import AS_TEXT, LEFT_OUT, WRAPPERS, W

_P, _R, _T, _RPR, _PPR, _TBL = f"{W}p", f"{W}r", f"{W}t", f"{W}rPr", f"{W}pPr", f"{W}tbl"
_ID, _VAL = f"{W}id", f"{W}val"
_BOLD, _VANISH, _RUN_STYLE, _STYLE, _DELETED = (f"{W}{name}" for name in ("b", "vanish", "rStyle", "pStyle", "del"))
_TEXT_BOX = f"{W}txbxContent"
_SYMBOL = f"{W}sym"

# Where a comment begins and ends, and where a note is called.
_PLACES = {
    f"{W}commentRangeStart": "comment",
    f"{W}commentRangeEnd": "comment",
    f"{W}commentReference": "comment",
    f"{W}footnoteReference": "footnote",
    f"{W}endnoteReference": "endnote",
}
_CHANGES = {f"{W}ins": "insertion", f"{W}del": "deletion", f"{W}moveTo": "move"}


class WordBody:
    """Reads a body into a layout.

    ``find_styles`` gives the bold styles and is asked when one occurs; ``hides`` says whether hidden text may occur.
    ``changes`` counts the tracked changes that were accepted, by what they are.
    """

    def __init__(
        self, layout: Layout, find_styles: Callable[[], Mapping[str | None, bool]], *, hides: bool = True
    ) -> None:
        self._layout = layout
        self._hides = hides
        self._find_styles = find_styles
        self._bold_styles: Mapping[str | None, bool] | None = None
        self.changes = dict.fromkeys(_CHANGES.values(), 0)
        self._joined: Pieces | None = None

    def read(self, body: etree._Element) -> None:
        """Read all blocks of the body."""
        add = self._layout.add_paragraph
        for block in self._blocks(body):
            if block.tag == _P:
                for paragraph in self._paragraphs(block):
                    add(paragraph)
            else:
                for paragraph in self._finish():
                    add(paragraph)
                self._layout.add_table(self._rows(block))
        for paragraph in self._finish():
            add(paragraph)

    def _blocks(self, parent: etree._Element) -> Iterator[etree._Element]:
        # Paragraphs and tables in order, also inside content controls and insertions.
        for child in parent:
            if child.tag in (_P, _TBL):
                yield child
            elif child.tag in WRAPPERS:
                yield from self._blocks(child)
            elif child.tag in _PLACES:
                self._layout.mark(_key(child), 0)

    def _paragraphs(self, element: etree._Element) -> Sequence[Paragraph]:
        """A paragraph and those of the text boxes that hang on it; none while it runs on into the next."""
        pieces = self._joined or Pieces()
        self._joined = None
        self._collect(element, pieces)
        if pieces.runs_on:
            pieces.runs_on = False
            self._joined = pieces
            return ()
        if pieces.boxes:
            return [pieces.paragraph(), *(inner for box in pieces.boxes for inner in self._all_paragraphs(box))]
        return (pieces.paragraph(),)

    def _finish(self) -> Sequence[Paragraph]:
        # The end of the last paragraph was deleted, yet nothing comes below it.
        pieces, self._joined = self._joined, None
        return () if pieces is None else (pieces.paragraph(),)

    def _all_paragraphs(self, parent: etree._Element) -> list[Paragraph]:
        # Of a cell or a text box; tables in it are read cell by cell.
        paragraphs: list[Paragraph] = []
        for block in self._blocks(parent):
            if block.tag == _P:
                paragraphs.extend(self._paragraphs(block))
            else:
                paragraphs.extend(paragraph for row in self._rows(block) for cell in row for paragraph in cell)
        paragraphs.extend(self._finish())
        return paragraphs

    def _collect(self, parent: etree._Element, pieces: Pieces) -> None:
        for child in parent:
            tag = child.tag
            if tag == _R:
                self._run(child, pieces)
            elif tag == _PPR:
                self._properties(child, pieces)
            elif tag in _PLACES:
                pieces.place(_key(child))
            elif tag == _TEXT_BOX:
                pieces.boxes.append(child)
            elif tag == _T:
                pieces.add(child.text or "")
            elif tag in AS_TEXT:
                pieces.add(AS_TEXT[tag])
            else:
                if tag in _CHANGES:
                    self.changes[_CHANGES[tag]] += 1
                if tag not in LEFT_OUT:
                    self._collect(child, pieces)

    def _properties(self, properties: etree._Element, pieces: Pieces) -> None:
        for child in properties:
            if child.tag == _STYLE:
                pieces.style = child.get(_VAL)
            elif child.tag == _RPR and child.find(_DELETED) is not None:
                # The paragraph's end was deleted with changes tracked.
                pieces.runs_on = True

    def _run(self, run: etree._Element, pieces: Pieces) -> None:
        properties = None
        for child in run:
            tag = child.tag
            if tag == _T:
                text = child.text
                if text:
                    if pieces.is_bold_so_far and not self._is_bold(properties, pieces) and text.strip():
                        pieces.end_bold()
                    pieces.texts.append(text)
                    pieces.length += len(text)
            elif tag == _RPR:
                properties = child
                if self._hides and is_on(child.find(_VANISH)):
                    return
            elif tag in AS_TEXT:
                pieces.add(AS_TEXT[tag])
            elif tag in _PLACES:
                pieces.place(_key(child))
            elif tag == _SYMBOL:
                pieces.add(find_symbol(child.get(f"{W}font", ""), child.get(f"{W}char", "")))
            elif tag == _TEXT_BOX:
                pieces.boxes.append(child)
            elif tag not in LEFT_OUT:
                self._collect(child, pieces)

    def _is_bold(self, properties: etree._Element | None, pieces: Pieces) -> bool:
        own = None if properties is None else is_on(properties.find(_BOLD))
        if own is not None:
            return own
        style = None if properties is None else properties.find(_RUN_STYLE)
        if style is None and pieces.style is None:
            return False
        if self._bold_styles is None:
            self._bold_styles = self._find_styles()
        # Bold in a bold paragraph is printed plain: the styles of paragraph and run cancel out.
        of_run = style is not None and self._bold_styles.get(style.get(_VAL), False)
        of_paragraph = pieces.style is not None and self._bold_styles.get(pieces.style, False)
        return of_run != of_paragraph

    def _rows(self, table: etree._Element) -> list[list[list[Paragraph]]]:
        rows = []
        for row in _own(table, f"{W}tr"):
            if (change := row.find(f"{W}trPr/{W}del")) is not None or row.find(f"{W}trPr/{W}ins") is not None:
                self.changes["insertion" if change is None else "deletion"] += 1
            if change is None:
                rows.append([self._all_paragraphs(cell) for cell in _own(row, f"{W}tc")])
        return rows


def _key(element: etree._Element) -> NoteKey:
    return _PLACES[element.tag], element.get(_ID, "")


def _own(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    # Rows and cells may lie in content controls.
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from _own(child, tag)
