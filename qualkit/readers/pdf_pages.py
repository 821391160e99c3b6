"""The lines on the pages of a PDF file with their places, under limits of size and time."""

from __future__ import annotations

import io
import logging
import re
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from qualkit.errors import ReadError
from qualkit.readers.decode import clean_text

_MOST_PAGES = 1000
_MOST_BYTES_OF_PAGE = 2_000_000
_MOST_BYTES = 20_000_000
_MOST_OPERATIONS = 500_000
_MOST_COMMENTS = 10_000
_SECONDS = 4.0
_SECONDS_OF_PAGE = 0.05

_LOCKED = "{name} is protected by a password. Open it, remove the password (print it to PDF anew) and try again."
_DAMAGED = "{name}: damaged or not a PDF ({error}). Open it in its program and save it as PDF, or as .docx, again."
_TOO_LARGE = "{name}, page {page}: more drawing than text. Save the document as .docx, or print only its text to PDF."
_TOO_MANY = "{name} has {n_pages:,} pages; files up to {most:,} are read. Split it, one interview or record per file."

_FILE_NAME = re.compile(r"^about:|^Microsoft \w+ - |\.(?:docx?|html?|odt|rtf|wps|pdf|txt|pages)$", re.IGNORECASE)
# Some programs print the radical ⼩ for the character 小, and ﬁ for fi.
_LOOKALIKES = re.compile("[\u2e80-\u2fdf\ufb00-\ufb06]")


@dataclass(slots=True)
class Line:
    """A line on a page: where it begins, in points from the lower left corner, and how large its letters are."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader noted on a page, and how high it stands there."""

    page: int
    y: float
    text: str
    author: str | None


@dataclass(slots=True)
class Pdf:
    """The lines of each page, the comments, the width of the widest page, and what the file says of itself."""

    width: float = 0.0
    pages: list[list[Line]] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)


def read_pages(data: bytes, name: str) -> Pdf:
    """Read all pages; ``ReadError`` for what is locked, damaged or beyond all bounds."""
    from pypdf import PdfReader

    # A broken file can raise anything in the library; whatever it is, the file cannot be read.
    with _quiet():
        try:
            return _read(PdfReader(io.BytesIO(data), strict=False), name)
        except ReadError:
            raise
        except Exception as error:
            words = f"{type(error).__name__}: {error}"[:200]
            raise ReadError(_DAMAGED.format(name=name, error=words)) from error


def _read(reader: Any, name: str) -> Pdf:
    if reader.is_encrypted and not _opens_without_password(reader):
        raise ReadError(_LOCKED.format(name=name))
    n_pages = len(reader.pages)
    if n_pages > _MOST_PAGES:
        raise ReadError(_TOO_MANY.format(name=name, n_pages=n_pages, most=_MOST_PAGES))
    pdf = Pdf(meta=_particulars(reader))
    budget = _Budget(name, n_pages)
    for number, page in enumerate(reader.pages):
        budget.start_page(number, _n_bytes(page))
        pdf.width = max(pdf.width, float(page.mediabox.width))
        pdf.pages.append(_lines(page, budget))
        pdf.comments.extend(_comments(page, number))
    return pdf


def _opens_without_password(reader: Any) -> bool:
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except DependencyError:
        return False


def _n_bytes(page: Any) -> int:
    contents = page.get_contents()
    return len(contents.get_data()) if contents is not None else 0


class _Budget:
    """What may be spent on a file before it is refused."""

    def __init__(self, name: str, n_pages: int) -> None:
        self._name = name
        self._end = time.monotonic() + _SECONDS + _SECONDS_OF_PAGE * n_pages
        self._page = self._n_bytes = self._n_operations = 0

    def start_page(self, number: int, n_bytes: int) -> None:
        self._page = number + 1
        self._n_bytes += n_bytes
        if n_bytes > _MOST_BYTES_OF_PAGE or self._n_bytes > _MOST_BYTES:
            self._refuse()

    def spend(self, *_: object) -> None:
        """Called by the library for each operation of a page."""
        self._n_operations += 1
        if self._n_operations > _MOST_OPERATIONS or time.monotonic() > self._end:
            self._refuse()

    def _refuse(self) -> None:
        raise ReadError(_TOO_LARGE.format(name=self._name, page=self._page))


def _lines(page: Any, budget: _Budget) -> list[Line]:
    lines: list[Line] = []
    texts: list[str] = []
    at: list[tuple[float, float, float]] = []

    def end() -> None:
        text = clean_text("".join(texts)).replace("\n", "")
        if text.strip():
            x, y, size = at[0] if at else (0.0, 0.0, 12.0)
            lines.append(Line(_LOOKALIKES.sub(_alike, text).strip(), x, y, size))
        texts.clear()
        at.clear()

    def visit(text: str, cm: list[float], tm: list[float], _: object, size: float) -> None:
        for place, part in enumerate(text.split("\n")):
            if place:
                end()
            if part.strip():
                at.append(_place(cm, tm, size))
            texts.append(part)

    page.extract_text(visitor_text=visit, visitor_operand_before=budget.spend)
    end()
    return lines


def _place(cm: list[float], tm: list[float], size: float) -> tuple[float, float, float]:
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
    return float(x), float(y), max(1.0, float(size) * float(scale))


def _alike(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def _comments(page: Any, number: int) -> Iterator[Comment]:
    for place, reference in enumerate(page.get("/Annots") or ()):
        if place >= _MOST_COMMENTS:
            return
        annotation = reference.get_object()
        # Links and the windows of comments are no comments.
        if annotation.get("/Subtype") in ("/Link", "/Popup", "/Widget"):
            continue
        text = clean_text(str(annotation.get("/Contents") or "")).strip()
        if text:
            box = [float(one) for one in annotation.get("/Rect") or (0, 0, 0, 0)]
            author = clean_text(str(annotation.get("/T") or "")).strip()
            yield Comment(number, (box[1] + box[3]) / 2, text[:10_000], author or None)


def _particulars(reader: Any) -> dict[str, str]:
    about = reader.metadata
    if about is None:
        return {}
    title = " ".join(clean_text(str(about.title or "")).split())[:500]
    # Programs write the name of the file there when there is no title.
    return {"title": title} if title and not _FILE_NAME.search(title) else {}


@contextmanager
def _quiet() -> Iterator[None]:
    # The library reports what it mends on its way; the user has the result or a ReadError.
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
