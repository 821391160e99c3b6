"""Lines on pages become paragraphs again: Chinese is joined as it is, Latin words with a blank or their hyphen."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from qualkit.readers.labels import find_label, is_role
from qualkit.readers.pdf_pages import Line
from qualkit.readers.word_gap import gap_between

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u2014\u2026\u201c\u201d]"
)
_HYPHEN = re.compile("([A-Za-z\u00c0-\u024f]+)[-\u2010]$")
_LOWER = re.compile("[a-z\u00df-\u00f6\u00f8-\u00ff]+")
_SENTENCE_END = re.compile("[。！？!?.…”」』）)：:]$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of a page came to stand in the text."""

    page: int
    y: float
    start: int
    end: int


@dataclass(slots=True)
class Paragraphs:
    """The text, where each page begins in it, and where its lines are."""

    text: str
    page_starts: list[int]
    places: list[Place]


def join_lines(pages: list[list[Line]], *, width: float, in_columns: bool = False) -> Paragraphs:
    """One paragraph from the lines that a program broke at the margin of a page of this ``width``.

    A line goes on when it reaches the margin and the next one neither begins with a speaker, nor is
    set off by space above it or by an indent.
    """
    lines = [line for page in pages for line in page]
    wraps = _Wraps(lines, width=width, in_columns=in_columns)
    hyphenated = set(re.findall("[A-Za-z]+-[a-z]+", " ".join(line.text for line in lines)))
    parts: list[str] = []
    places: list[Place] = []
    page_starts: list[int] = []
    length = 0
    before: tuple[int, Line] | None = None
    for number, page in enumerate(pages):
        is_first = True
        for line in page:
            if before is None:
                pass
            elif wraps.goes_on(before[1], line, is_new_page=before[0] != number):
                length += _join(parts, line.text, hyphenated)
            else:
                parts.append("\n")
                length += 1
            if is_first:
                page_starts.append(length)
                is_first = False
            parts.append(line.text)
            places.append(Place(number, line.y, length, length + len(line.text)))
            length += len(line.text)
            before = number, line
        if is_first:
            page_starts.append(length)
    return Paragraphs("".join(parts), page_starts, places)


def _join(parts: list[str], text: str, hyphenated: set[str]) -> int:
    """Mend the end of the last part for the words that follow; how much longer it is now."""
    last = parts[-1]
    match = _HYPHEN.search(last)
    following = _LOWER.match(text)
    if last.endswith("\u00ad"):
        parts[-1] = last[:-1]
        return -1
    if match and following:
        # well-|known keeps its hyphen when the word stands with it elsewhere.
        if f"{match[1]}-{following[0]}" in hyphenated:
            return 0
        parts[-1] = last[:-1]
        return -1
    gap = gap_between(last, text)
    parts.append(gap)
    return len(gap)


class _Wraps:
    """What margins, distances and indents of the whole document say about where lines go on."""

    def __init__(self, lines: list[Line], *, width: float, in_columns: bool) -> None:
        self._middle = (min(line.x for line in lines) + max(line.x for line in lines)) / 2 if in_columns else 0.0
        self._margins: dict[tuple[bool, bool], float] = {}
        self._left: dict[bool, float] = {}
        for column in {self._column(line) for line in lines}:
            own = [line for line in lines if self._column(line) == column]
            self._left[column] = Counter(round(line.x) for line in own).most_common(1)[0][0]
            # Where few lines are full, the other side of the page tells how far they could go.
            has_margin = in_columns or _has_margin(own)
            least = 0.0 if has_margin else 0.8 * (width - self._left[column])
            widest = max(_margin(own), least)
            for is_wide in (False, True):
                margin = _margin([line for line in own if _is_wide(line.text) == is_wide])
                self._margins[column, is_wide] = margin if margin >= 0.8 * widest else widest
        self._labels = Counter(label for line in lines if (label := _label(line)))
        pairs = list(pairwise(lines))
        self._step = _usual_step([first.y - second.y for first, second in pairs])
        indented = [self._reaches(first, second) for first, second in pairs if self._is_indented(second)]
        # Indents that come after short lines begin paragraphs; those after full lines hang.
        self._indents_begin = indented.count(False) > indented.count(True)

    def goes_on(self, line: Line, following: Line, *, is_new_page: bool) -> bool:
        """Whether ``following`` is the same paragraph as ``line``."""
        label = _label(following)
        if label and (is_role(label) or self._labels[label] > 1):
            return False
        if abs(line.size - following.size) > 0.15 * line.size:
            return False
        step = line.y - following.y
        is_same_column = not is_new_page and self._column(line) == self._column(following)
        if is_same_column and self._step and step > 1.45 * self._step:
            return False
        if self._indents_begin and self._is_indented(following) and not self._is_indented(line, by=3.0):
            return False
        return self._reaches(line, following)

    def _reaches(self, line: Line, following: Line) -> bool:
        # Would the first word of the next line have had room on this one?
        margin = self._margins[self._column(line), _is_wide(line.text)]
        n_latin = sum(1 for character in line.text if not _WIDE.match(character))
        first = following.text if not _WIDE.match(following.text) else following.text[:1]
        word = min(_width(first.split(" ")[0]), 15.0)
        # The width of Latin letters is only guessed: a tenth of it may be missing.
        slack = 0.1 * 0.5 * n_latin + (0.7 if not _SENTENCE_END.search(line.text) else 0.2)
        return _end(line) + (word + slack) * line.size >= margin

    def _column(self, line: Line) -> bool:
        return bool(self._middle) and line.x > self._middle

    def _is_indented(self, line: Line, *, by: float = 1.2) -> bool:
        return line.x > self._left[self._column(line)] + by * line.size


def _usual_step(steps: list[float]) -> float:
    near = Counter(round(step, 1) for step in steps if 2 < step < 60)
    if not near:
        return 0.0
    # The smallest distance that is common is that of the lines of a paragraph.
    enough = 0.15 * sum(near.values())
    ordered = sorted(near)
    return next(
        (one for one in ordered if sum(near[other] for other in near if abs(other - one) <= 0.6) >= enough), 0.0
    )


def _margin(lines: list[Line]) -> float:
    # One line that is set wider, such as a title, is not the margin.
    ends = sorted(map(_end, lines))
    return ends[max(0, int(0.97 * len(ends)) - 1)] if ends else 0.0


def _has_margin(lines: list[Line]) -> bool:
    # Do so many lines end at the same place that it is the margin?
    margin = _margin(lines)
    n_full = sum(1 for line in lines if _end(line) >= 0.88 * margin)
    return n_full >= max(10, 0.3 * len(lines))


def _is_wide(text: str) -> bool:
    # Of Chinese letters the width is known, that of Latin ones is guessed.
    return len(_WIDE.findall(text)) >= 0.8 * len(text)


def _label(line: Line) -> str | None:
    label = find_label(line.text)
    return label.speaker if label else None


def _end(line: Line) -> float:
    return line.x + _width(line.text) * line.size


def _width(text: str) -> float:
    n_wide = len(_WIDE.findall(text))
    return n_wide + 0.5 * (len(text) - n_wide)
