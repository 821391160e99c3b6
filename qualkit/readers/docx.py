"""Read a Word file: its paragraphs, the table of particulars at its head, and who is printed in bold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from qualkit.errors import ReadError
from qualkit.readers.archive import Archive
from qualkit.readers.content import Content
from qualkit.readers.decode import clean_text
from qualkit.readers.format import Draft, Format
from qualkit.readers.header import find_header, is_header_key
from qualkit.readers.labels import find_label
from qualkit.readers.speakers import find_turns

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_MOST_PARAGRAPHS = 200_000
_MOST_TAGS = 4_000_000
_PARAGRAPH = re.compile(rb"<(?:\w{1,20}:)?p[\s/>]")

# What was deleted or moved away with changes tracked, drawn shapes' second copies, and field codes are not the text.
_LEFT_OUT = {
    f"{_W}del",
    f"{_W}moveFrom",
    f"{_W}pPr",
    f"{_W}rPr",
    f"{_W}instrText",
    f"{_W}delText",
    f"{_W}rt",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_AS_TEXT = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}


@dataclass(slots=True)
class WordText:
    """The lines of a Word file, with what its layout says about them."""

    lines: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    header_lines: int = 0
    speaker_lines: set[int] = field(default_factory=set)


def read_word_text(data: bytes, name: str) -> WordText:
    """Read the text of a ``.docx`` file from its bytes.

    Insertions of tracked changes count as text, deletions do not; headers, footers, notes and
    comments are left out. A table before the first paragraph of speech gives ``meta`` and lines
    `key：value`; other tables give a line per row, cells joined by a tab.
    """
    content = Archive(data, name, kind=".docx").read_xml("word/document.xml")
    _require_size(content, name)
    body = _parse(content.replace(_STRICT, _TRANSITIONAL), name).find(f"{_W}body")
    if body is None:
        raise ReadError(f"{name}: its document has no body. Open it in Word, let it be repaired and save it again.")
    word = WordText()
    for block in _blocks(body):
        if block.tag == f"{_W}tbl":
            _add_table(word, block)
        else:
            _add_paragraph(word, block)
    return word


def _require_size(content: bytes, name: str) -> None:
    # Before parsing, which needs many times the memory.
    n_paragraphs = len(_PARAGRAPH.findall(content))
    if n_paragraphs > _MOST_PARAGRAPHS or content.count(b"<") > _MOST_TAGS:
        size = f"{n_paragraphs:,} paragraphs" if n_paragraphs > _MOST_PARAGRAPHS else "too much markup"
        raise ReadError(
            f"{name} has {size}; documents up to {_MOST_PARAGRAPHS:,} paragraphs are read. "
            "Split it, one interview or record per file."
        )


def _parse(content: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(
            f"{name}, part 'word/document.xml': not valid XML ({error}). Open it in Word and save it again."
        ) from error
    return root


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    # Paragraphs and tables in order, also inside content controls and insertions.
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}moveTo"):
            yield from _blocks(child)


def _add_paragraph(word: WordText, paragraph: etree._Element) -> None:
    runs = list(_runs(paragraph))
    lines = clean_text("".join(text for text, _ in runs)).split("\n")
    if _has_bold_label(lines[0], runs):
        word.speaker_lines.add(len(word.lines))
    word.lines.extend(lines)


def _has_bold_label(line: str, runs: list[tuple[str, bool]]) -> bool:
    # Is the start of the paragraph bold, up to the label's colon, and the rest not?
    label = find_label(line)
    if label is None or label.form == "heading":
        return False
    bold = 0
    for text, is_bold in runs:
        if not is_bold and text.strip():
            break
        bold += len(text)
    before_colon = len(line[: label.words].rstrip().rstrip("：:"))
    return before_colon <= bold < max(len(line.rstrip()), label.words + 1)


def _runs(paragraph: etree._Element) -> Iterator[tuple[str, bool]]:
    stack = [(child, False) for child in reversed(paragraph)]
    while stack:
        element, is_bold = stack.pop()
        if element.tag in _LEFT_OUT or not isinstance(element.tag, str):
            continue
        if element.tag == f"{_W}t":
            yield element.text or "", is_bold
        elif element.tag in _AS_TEXT:
            yield _AS_TEXT[element.tag], is_bold
        else:
            if element.tag == f"{_W}r":
                is_bold = _is_bold(element)
            stack.extend((child, is_bold) for child in reversed(element))


def _is_bold(run: etree._Element) -> bool:
    bold = run.find(f"{_W}rPr/{_W}b")
    return bold is not None and bold.get(f"{_W}val", "1") not in ("0", "false", "off")


def _add_table(word: WordText, table: etree._Element) -> None:
    rows = [[_cell_text(cell) for cell in _own(row, "tc", "tr")] for row in _own(table, "tr", "tbl")]
    fields = {} if word.meta or _has_speech(word) else _particulars(rows)
    if fields:
        word.meta.update(fields)
        word.lines.extend(f"{key}：{value}" for key, value in fields.items())
        word.header_lines = len(word.lines)
    else:
        word.lines.extend("\t".join(row).rstrip() for row in rows)


def _own(parent: etree._Element, tag: str, parent_tag: str) -> Iterator[etree._Element]:
    # Rows and cells may lie in content controls, but those of a table inside a cell are not the parent's.
    for element in parent.iter(f"{_W}{tag}"):
        if next(element.iterancestors(f"{_W}{parent_tag}")) is parent:
            yield element


def _has_speech(word: WordText) -> bool:
    return bool(word.speaker_lines) or sum(1 for line in word.lines if line.strip()) > 3


def _cell_text(cell: etree._Element) -> str:
    texts = ("".join(text for text, _ in _runs(paragraph)) for paragraph in cell.iter(f"{_W}p"))
    return re.sub(r"\s+", " ", clean_text(" ".join(texts))).strip()


def _particulars(rows: list[list[str]]) -> dict[str, str]:
    """A table of particulars: keys above values (two rows), or keys left of values."""
    rows = [row for row in rows if any(row)]
    if not rows:
        return {}
    if len(rows) == 2 and len(rows[0]) == len(rows[1]) > 1 and all(is_header_key(key) for key in rows[0]):
        return {key: value for key, value in zip(*rows, strict=True) if value}
    if any(len(row) % 2 for row in rows):
        return {}
    pairs = [(row[place].rstrip("：: "), row[place + 1]) for row in rows for place in range(0, len(row), 2)]
    pairs = [(key, value) for key, value in pairs if key]
    if not any(is_header_key(key) for key, _ in pairs) or not all(_may_be_key(key) for key, _ in pairs):
        return {}
    return {key: value for key, value in pairs if value} if len(dict(pairs)) == len(pairs) else {}


def _may_be_key(text: str) -> bool:
    return len(text) <= 12 and not re.search("[0-9。！？，]", text)


def _recognises(content: Content) -> bool:
    # A locked or old Word file is no zip archive: its name sends it here, to be refused with the remedy.
    return "word/document.xml" in content.members or content.suffix == ".docx"


def _read(content: Content) -> Draft:
    word = read_word_text(content.data, content.name)
    text = "\n".join(word.lines)
    table_end = sum(len(line) + 1 for line in word.lines[: word.header_lines])
    meta, header_end = find_header(text)
    turns, _ = find_turns(text, header_end=max(header_end, table_end), speaker_lines=word.speaker_lines)
    return Draft(text=text, turns=turns, meta={**meta, **word.meta})


FORMAT = Format(
    name="docx",
    label={"zh": "Word 文档", "en": "Word document"},
    suffixes=(".docx",),
    recognises=_recognises,
    read=_read,
)
