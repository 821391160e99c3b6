"""The three-line table of Chinese theses: 1.5 pt above and below, 0.75 pt under the head, nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from docx.document import Document as DocumentType
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row

from qualkit.reports.document import KAI, SONG, TEXT_WIDTH_CM, add_run, add_words

Style = Literal["plain", "quote", "statistics", "head"]

# Word counts lines in eighths of a point.
_OUTER, _INNER = 12, 6

# Texts up to this length (in Chinese characters) are centred and keep their line.
_LONG_TEXT = 12

# A character of 五号, the margins of a cell, and the least room for a long text.
_CHARACTER_CM, _MARGINS_CM, _LEAST_CM = 0.38, 0.25, 2.5
_MARGIN_TWIPS = 57


def add_three_line_table(
    document: DocumentType,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    is_number: Sequence[bool] | None = None,
    styles: Sequence[Style] | None = None,
) -> Table:
    """A table at the end of ``document``: head repeated on every page, no row broken across pages.

    Numbers and short texts are centred, longer texts stand to the left. ``styles`` says for each column whether it
    is plain, words of participants (楷体), or statistics (letters in italics). A line break starts a new paragraph.
    """
    table = document.add_table(rows=1 + len(rows), cols=len(heads))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _set_margins(table)
    widths = _widths(heads, rows)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    lengths = [max([_length(row[place]) for row in rows] or [0]) for place in range(len(heads))]
    is_left = [not (is_number and is_number[place]) and lengths[place] > _LONG_TEXT for place in range(len(heads))]
    cells = [list(row.cells) for row in table.rows]
    for place, head in enumerate(heads):
        _fill(cells[0][place], head, width=widths[place], is_left=False, style="head")
        for number, row in enumerate(rows, start=1):
            style: Style = styles[place] if styles else "plain"
            _fill(cells[number][place], row[place], width=widths[place], is_left=is_left[place], style=style)
    _draw_lines(cells)
    for number, row in enumerate(table.rows):
        _keep_together(row, is_head=number == 0)
    return table


def _fill(cell: _Cell, text: str, *, width: float, is_left: bool, style: Style) -> None:
    cell.width = Cm(width)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if is_left else WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
        paragraph.paragraph_format.line_spacing = 1.0
        if style in ("head", "statistics"):
            add_words(paragraph, line)
        else:
            add_run(paragraph, line, han=KAI if style == "quote" else SONG)


def _draw_lines(cells: Sequence[Sequence[_Cell]]) -> None:
    last = len(cells) - 1
    for number, row in enumerate(cells):
        for cell in row:
            top = _OUTER if number == 0 else 0
            bottom = _INNER if number == 0 else 0
            if number == last:
                bottom = _OUTER
            _set_borders(cell, top=top, bottom=bottom)


def _set_borders(cell: _Cell, **sizes: int) -> None:
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        size = sizes.get(side, 0)
        line.set(qn("w:val"), "single" if size else "nil")
        if size:
            line.set(qn("w:sz"), str(size))
            line.set(qn("w:space"), "0")
            line.set(qn("w:color"), "000000")
        borders.append(line)
    properties = cell._tc.get_or_add_tcPr()
    # The schema wants the borders before the vertical alignment.
    properties.insert_element_before(
        borders, "w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign"
    )


def _set_margins(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(_MARGIN_TWIPS))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def _keep_together(row: _Row, *, is_head: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Centimetres per column: a short text keeps its line, long ones share what is left, heads may take two lines."""
    bodies = [max([_length(row[place]) for row in rows] or [0]) for place in range(len(heads))]
    is_long = [body > _LONG_TEXT for body in bodies]
    for lines in (1, 2):
        lengths = [max(body, _head_length(head, lines)) for body, head in zip(bodies, heads, strict=True)]
        needs = [
            _LEAST_CM if long else length * _CHARACTER_CM + _MARGINS_CM
            for long, length in zip(is_long, lengths, strict=True)
        ]
        if sum(needs) <= TEXT_WIDTH_CM:
            break
    if not any(is_long) or sum(needs) > TEXT_WIDTH_CM:
        return [TEXT_WIDTH_CM * need / sum(needs) for need in needs]
    rest = TEXT_WIDTH_CM - sum(needs)
    shares = [body**0.6 if long else 0 for long, body in zip(is_long, bodies, strict=True)]
    return [need + rest * share / sum(shares) for need, share in zip(needs, shares, strict=True)]


def _head_length(head: str, lines: int) -> float:
    # A head may be broken between words and between Chinese characters, not within a word.
    words = re.findall(r"[A-Za-z]+", head)
    return max([_length(head) / lines, *(1.15 * _length(word) for word in words)])


def _length(text: str) -> float:
    # In widths of a Chinese character; signs such as ± and − are taken from the Chinese font by some programs.
    return max(
        sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in line) for line in text.split("\n")
    )
