"""Read the tables of a Word file as grids, with the lines that stand between them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from qualkit.errors import ReadError
from qualkit.readers.archive import Archive
from qualkit.readers.decode import clean_text
from qualkit.readers.grid import Grid, Merge, make_grid
from qualkit.readers.word_symbols import find_symbol
from qualkit.readers.word_xml import AS_TEXT, LEFT_OUT, WRAPPERS, W, find_main_part, parse_word_part

# Word itself stops at 63 columns.
_MOST_COLUMNS = 256


def read_word_tables(data: bytes, name: str) -> list[Grid]:
    """The tables of a ``.docx`` file; each has the lines since the table before it as ``above``.

    The lines after the last table are its ``below``. A document without a table gives one grid
    without rows, whose lines are ``above``.
    """
    archive = Archive(data, name, kind=".docx")
    main = find_main_part(archive.names()) or "word/document.xml"
    root = parse_word_part(archive.read_xml(main), main, name)
    body = root.find(f"{W}body")
    tables: list[etree._Element] = []
    lines: list[list[str]] = [[]]
    for block in _blocks(body) if body is not None else ():
        if block.tag == f"{W}tbl":
            tables.append(block)
            lines.append([])
        else:
            lines[-1].extend(line.strip() for line in _words(block).split("\n") if line.strip())
    if not tables:
        return [Grid(file=name, rows=(), numbers=(), above=tuple(lines[0]))]
    is_last = [False] * (len(tables) - 1) + [True]
    return [
        _grid(table, name, place, above=lines[place], below=lines[-1] if last else [])
        for place, (table, last) in enumerate(zip(tables, is_last, strict=True))
    ]


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in WRAPPERS:
            yield from _blocks(child)


def _grid(table: etree._Element, name: str, place: int, *, above: list[str], below: list[str]) -> Grid:
    rows: list[list[str]] = []
    merges: list[list[int]] = []
    open_merges: dict[int, list[int]] = {}
    for row in _own(table, "tr", "tbl"):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        cells: list[str] = [""] * _number(row, "trPr/w:gridBefore")
        still_open: dict[int, list[int]] = {}
        for cell in _own(row, "tc", "tr"):
            left, right = len(cells), len(cells) + max(_number(cell, "tcPr/w:gridSpan"), 1) - 1
            if right >= _MOST_COLUMNS:
                raise ReadError(f"{name}, table {place + 1}: more than {_MOST_COLUMNS} columns. Split the table.")
            above_it = open_merges.get(left)
            if _continues(cell) and above_it is not None:
                above_it[2] = len(rows)
                still_open[left] = above_it
                cells += [""] * (right - left + 1)
                continue
            merge = [len(rows), left, len(rows), right]
            merges.append(merge)
            still_open[left] = merge
            cells += [_cell_text(cell), *[""] * (right - left)]
        open_merges = still_open
        rows.append(cells)
    wide = tuple(Merge(*one) for one in merges if (one[0], one[1]) != (one[2], one[3]))
    return make_grid(rows, file=name, label=f"table {place + 1}", merges=wide, above=tuple(above), below=tuple(below))


def _own(parent: etree._Element, tag: str, parent_tag: str) -> Iterator[etree._Element]:
    # Rows and cells may lie in content controls, but those of a table inside a cell are not the parent's.
    for element in parent.iter(f"{W}{tag}"):
        if next(element.iterancestors(f"{W}{parent_tag}")) is parent:
            yield element


def _number(element: etree._Element, path: str) -> int:
    found = element.find(f"{W}{path.replace('w:', W)}")
    value = "" if found is None else found.get(f"{W}val", "")
    return min(int(value), _MOST_COLUMNS + 1) if value.isdecimal() and len(value) < 9 else 0


def _continues(cell: etree._Element) -> bool:
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val", "continue") != "restart"


def _cell_text(cell: etree._Element) -> str:
    return "\n".join(line for one in cell.iter(f"{W}p") for line in _words(one).split("\n") if line.strip())


def _words(paragraph: etree._Element) -> str:
    words = []
    stack = [*reversed(paragraph)]
    while stack:
        element = stack.pop()
        if element.tag == f"{W}t":
            words.append(element.text or "")
        elif element.tag in AS_TEXT:
            words.append(AS_TEXT[element.tag])
        elif element.tag == f"{W}sym":
            words.append(find_symbol(element.get(f"{W}font", ""), element.get(f"{W}char", "")))
        elif element.tag not in LEFT_OUT and isinstance(element.tag, str):
            # A paragraph of a text box inside this one is read on its own.
            stack.extend(child for child in reversed(element) if child.tag != f"{W}p")
    return clean_text("".join(words))
