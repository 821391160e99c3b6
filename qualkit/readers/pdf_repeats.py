"""What stands on each page of a PDF beside its text: headers, footers, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from qualkit.readers.labels import find_label, is_role
from qualkit.readers.pdf_pages import Line

# So many lines at the top and the bottom of a page may be header and footer.
_ZONE = 3
_SHARE = 0.6
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—·~\s]*(?:第\s*\d+\s*页(?:[\s,，/]*共\s*\d+\s*页)?|page\s*\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s*/\s*\d+)[-–—·~\s]*",
    re.IGNORECASE,
)
_ALONE = re.compile(r"[-–—·~\s]*\d{1,4}[-–—·~\s]*|[ivxlc]{1,7}")


def drop_repeats(pages: list[list[Line]]) -> tuple[list[list[Line]], list[str]]:
    """The pages without headers, footers and page numbers, and in words what was left out.

    A header is a line that, its digits aside, stands at the top or bottom of most pages and nowhere else.
    """
    zones = [_zone(page) for page in pages]
    seen = Counter(form for page, zone in zip(pages, zones, strict=True) for form in {_form(page[n]) for n in zone})
    elsewhere = {
        _form(line)
        for page, zone in zip(pages, zones, strict=True)
        for number, line in enumerate(page)
        if number not in zone
    }
    n_filled = sum(1 for page in pages if page)
    repeated = {form for form, count in seen.items() if count >= max(2, _SHARE * n_filled) and form not in elsewhere}
    has_numbers = _has_numbers(pages, zones)
    kept: list[list[Line]] = []
    left_out: dict[str, str] = {}
    for page, zone in zip(pages, zones, strict=True):
        rest = []
        for number, line in enumerate(page):
            words = _why(line, repeated, has_numbers) if number in zone else None
            if words is None:
                rest.append(line)
            else:
                left_out.setdefault(_NUMBER.sub("#", words), words)
        kept.append(rest)
    return kept, list(left_out.values())[:10]


def has_two_columns(pages: list[list[Line]]) -> bool:
    """Whether most pages have lines that begin in their right half beside lines that end in the left one."""
    n_pages = 0
    for page in pages:
        right = max((line.x for line in page), default=0.0)
        left = min((line.x for line in page), default=0.0)
        in_right = [line for line in page if line.x > left + 0.6 * (right - left) and line.x > left + 150]
        n_alike = max(Counter(round(line.x / 4) for line in in_right).values(), default=0)
        n_pages += n_alike >= 8 and n_alike >= 0.25 * len(page)
    return 2 * n_pages > sum(1 for page in pages if page)


def _zone(page: list[Line]) -> set[int]:
    order = sorted(range(len(page)), key=lambda number: page[number].y)
    # On a short page the lines of the text are not taken for its edges.
    size = min(_ZONE, max(1, len(page) // 3))
    return set(order[:size]) | set(order[-size:])


def _form(line: Line) -> str:
    return _NUMBER.sub("#", "".join(line.text.split()))


def _is_speech(text: str) -> bool:
    label = find_label(text)
    return label is not None and label.form == "colon" and is_role(label.speaker)


def _has_numbers(pages: list[list[Line]], zones: list[set[int]]) -> bool:
    # Numbers alone on a line are those of pages when they grow by one from page to page.
    offsets: defaultdict[int, int] = defaultdict(int)
    for place, (page, zone) in enumerate(zip(pages, zones, strict=True)):
        for number in zone:
            digits = _NUMBER.search(page[number].text) if _ALONE.fullmatch(page[number].text) else None
            if digits:
                offsets[int(digits[0]) - place] += 1
    return max(offsets.values(), default=0) >= max(2, _SHARE * len(pages))


def _why(line: Line, repeated: set[str], has_numbers: bool) -> str | None:
    if _PAGE_NUMBER.fullmatch(line.text) or (has_numbers and _ALONE.fullmatch(line.text)):
        return "page numbers"
    return line.text if _form(line) in repeated and not _is_speech(line.text) else None
