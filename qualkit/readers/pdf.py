"""Read a PDF with a text layer: lines become paragraphs again, what repeats on each page is left out."""

from __future__ import annotations

import re

from qualkit.errors import ReadError
from qualkit.model import Note
from qualkit.positions import trim
from qualkit.readers.content import Content, require_length
from qualkit.readers.format import Draft, Format
from qualkit.readers.header import find_header
from qualkit.readers.pdf_pages import Pdf, read_pages
from qualkit.readers.pdf_paragraphs import Paragraphs, join_lines
from qualkit.readers.pdf_repeats import drop_repeats, has_two_columns
from qualkit.readers.services import read_service
from qualkit.readers.speakers import split_turns

_BEGIN = b"%PDF-"
_NO_TEXT = (
    "{name} holds pictures of pages (a scan) and no text. Let a program with OCR (文字识别) read it, check the result "
    "against the pages, and save it as .docx or .txt."
)
_NO_CHARACTERS = (
    "{name}: its fonts do not say which characters they print, so no program can read it. Save the document from which "
    "it was made as .docx, or let a program with OCR (文字识别) read it."
)
_FEWEST_CHARACTERS = 3
# Characters of no script: what stands there when a font has no table of its characters.
_UNKNOWN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")


def read_pdf(content: Content) -> Draft:
    """The text of a PDF file.

    ``meta`` has the title the file names, ``pages``, the places at which pages begin
    (``page_starts``), what was ``left_out``, pages without text, and whether there are two columns.
    Comments stand at the line they are beside.
    """
    pdf = read_pages(content.data, content.name)
    _require_text(pdf, content.name)
    is_in_columns = has_two_columns(pdf.pages)
    pages, left_out = drop_repeats(pdf.pages)
    joined = join_lines(pages, width=pdf.width, in_columns=is_in_columns)
    text = joined.text
    require_length(text, content.name)
    if service := read_service(text):
        turns, meta = service.turns, {**service.meta, "service": service.name}
    else:
        meta, header_end = find_header(text)
        turns = split_turns(text, header_end=header_end)
    about = {**pdf.meta, "pages": str(len(pages)), "page_starts": ", ".join(map(str, joined.page_starts))}
    if left_out:
        about["left_out"] = "; ".join(left_out)
    blank = [str(number + 1) for number, page in enumerate(pdf.pages) if not page]
    if blank:
        about["pages_without_text"] = ", ".join(blank)
    if is_in_columns:
        about["layout"] = "two columns, in the order of the file: check that the lines follow each other"
    return Draft(text=text, turns=turns, meta={**about, **meta}, notes=_notes(pdf, joined))


def _require_text(pdf: Pdf, name: str) -> None:
    text = "".join(line.text for page in pdf.pages for line in page)
    n_characters = len("".join(text.split()))
    if n_characters < _FEWEST_CHARACTERS * max(1, len(pdf.pages) // 10):
        raise ReadError(_NO_TEXT.format(name=name))
    if 4 * len(_UNKNOWN.findall(text)) > n_characters:
        raise ReadError(_NO_CHARACTERS.format(name=name))


def _notes(pdf: Pdf, joined: Paragraphs) -> list[Note]:
    notes = []
    for comment in pdf.comments:
        beside = [place for place in joined.places if place.page == comment.page]
        if beside:
            nearest = min(beside, key=lambda place: abs(place.y - comment.y))
            start, end = trim(joined.text, nearest.start, nearest.end)
        else:
            start = end = joined.page_starts[comment.page]
        notes.append(Note(start=start, end=end, text=comment.text, author=comment.author, kind="comment"))
    return sorted(notes, key=lambda note: (note.start, note.end))


def _recognises(content: Content) -> bool:
    # Readers look for the sign in the first kilobyte.
    return _BEGIN in content.data[:1024] or (content.suffix == ".pdf" and not content.is_text)


FORMAT = Format(
    name="pdf",
    label={"zh": "PDF（含文字层）", "en": "PDF with a text layer"},
    suffixes=(".pdf",),
    recognises=_recognises,
    read=read_pdf,
)
