"""Read the tables of an OpenDocument text as grids, with the lines that stand between them."""

from __future__ import annotations

from lxml import etree

from qualkit.errors import ReadError
from qualkit.readers.archive import Archive
from qualkit.readers.decode import clean_text
from qualkit.readers.grid import Grid, Merge, make_grid
from qualkit.readers.office_xml import parse_part

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

_MOST_COLUMNS = 256
_MOST_ROWS = 10_000

_LINES = (f"{_TEXT}p", f"{_TEXT}h")
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def read_odt_tables(data: bytes, name: str) -> list[Grid]:
    """The tables of an ``.odt`` file, with ``above`` and ``below`` as ``read_word_tables`` gives them."""
    content = Archive(data, name, kind=".odt").read_xml("content.xml")
    root = parse_part(content, "content.xml", name, program="LibreOffice")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    tables: list[etree._Element] = []
    lines: list[list[str]] = [[]]
    for block in _blocks(body):
        if block.tag == f"{_TABLE}table":
            tables.append(block)
            lines.append([])
        else:
            lines[-1].extend(line.strip() for line in _words(block).split("\n") if line.strip())
    if not tables:
        return [Grid(file=name, rows=(), numbers=(), above=tuple(lines[0]))]
    last = len(tables) - 1
    return [
        _grid(table, name, place, above=lines[place], below=lines[-1] if place == last else [])
        for place, table in enumerate(tables)
    ]


def _blocks(body: etree._Element | None) -> list[etree._Element]:
    # Paragraphs and tables in order, those of lists and sections too, but none inside a table.
    blocks = []
    stack = [] if body is None else [*reversed(body)]
    while stack:
        element = stack.pop()
        if element.tag in (*_LINES, f"{_TABLE}table"):
            blocks.append(element)
        elif element.tag != f"{_TEXT}tracked-changes":
            stack.extend(reversed(element))
    return blocks


def _grid(table: etree._Element, name: str, place: int, *, above: list[str], below: list[str]) -> Grid:
    rows: list[list[str]] = []
    merges: list[Merge] = []
    for row in table.iter(f"{_TABLE}table-row"):
        if next(row.iterancestors(f"{_TABLE}table")) is not table:
            continue
        cells: list[str] = []
        for cell in row.iterchildren(*_CELLS):
            columns, height = _number(cell, "number-columns-spanned"), _number(cell, "number-rows-spanned")
            if cell.tag == _CELLS[0] and (columns, height) != (1, 1):
                left = len(cells)
                merges.append(Merge(len(rows), left, len(rows) + height - 1, left + columns - 1))
            text = "\n".join(filter(None, (_words(one).strip() for one in cell.iter(*_LINES))))
            cells.extend([text] * _number(cell, "number-columns-repeated"))
            if len(cells) > _MOST_COLUMNS:
                raise ReadError(f"{name}, table {place + 1}: more than {_MOST_COLUMNS} columns. Split the table.")
        rows.extend([cells] * _number(row, "number-rows-repeated"))
        if len(rows) > _MOST_ROWS:
            raise ReadError(f"{name}, table {place + 1}: more than {_MOST_ROWS:,} rows. Split the table.")
    return make_grid(
        rows, file=name, label=f"table {place + 1}", merges=tuple(merges), above=tuple(above), below=tuple(below)
    )


def _number(element: etree._Element, attribute: str) -> int:
    value = element.get(f"{_TABLE}{attribute}", "1")
    return max(1, min(int(value), _MOST_ROWS + 1)) if value.isdecimal() and len(value) < 9 else 1


def _words(paragraph: etree._Element) -> str:
    words = [paragraph.text or ""]
    for element in paragraph.iterdescendants():
        if element.tag == f"{_TEXT}s":
            words.append(" ")
        elif element.tag == f"{_TEXT}tab":
            words.append("\t")
        elif element.tag == f"{_TEXT}line-break":
            words.append("\n")
        elif isinstance(element.tag, str):
            words.append(element.text or "")
        words.append(element.tail or "")
    return clean_text("".join(words))
