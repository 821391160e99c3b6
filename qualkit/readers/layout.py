"""What the pages of a document say: lines, labels printed in bold, tables, and notes at their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from qualkit.errors import ReadError
from qualkit.model import MOST_CHARACTERS, Note
from qualkit.readers.format import Draft
from qualkit.readers.header import find_header
from qualkit.readers.labels import find_label
from qualkit.readers.layout_tables import Cell, Row, TurnRow, find_particulars, find_turn_rows
from qualkit.readers.paragraph import NoteKey, Paragraph
from qualkit.readers.services import read_service
from qualkit.readers.speakers import split_turns

# Below so many lines a table gives no particulars of the interview any more.
_SPEECH_FROM_LINES = 3


# Speech services write a time at the end of a line or in brackets.
_HAS_TIMES = re.compile(r"\d[:：]\d\d(?:\.\d+)?[ \\\u00a0]*(?:$|[)）])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a note says, and who wrote it."""

    text: str
    author: str | None = None


@dataclass(slots=True)
class Layout:
    """A document as it is read from top to bottom.

    Paragraphs become lines. A table of particulars above the talk becomes ``meta`` and lines
    `key：value`; a table with a turn in each row becomes lines `speaker：words`; of another table each
    row is a line, its cells parted by tabs.
    """

    name: str
    meta: dict[str, str] = field(default_factory=dict)
    speaker_lines: set[int] = field(default_factory=set)
    header_end: int = 0
    _blocks: list[str] = field(default_factory=list)
    _n_lines: int = 0
    _n_filled: int = 0
    _length: int = 0
    places: dict[NoteKey, tuple[int, int]] = field(default_factory=dict)
    _remarks: list[Note] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All lines so far."""
        return "\n".join(self._blocks)

    @property
    def lines(self) -> list[str]:
        """The lines so far."""
        return self.text.split("\n") if self._blocks else []

    def add_paragraph(self, paragraph: Paragraph) -> None:
        """Put a paragraph below what is there."""
        for offset, key in paragraph.places:
            self.mark(key, offset)
        if paragraph.n_bold and _has_bold_label(paragraph.text.split("\n", 1)[0], paragraph.n_bold):
            self.speaker_lines.add(self._n_lines)
        self._add(paragraph.text)

    def add_table(self, rows: Iterable[Sequence[Sequence[Paragraph]]]) -> None:
        """Put a table below what is there; a cell is a list of paragraphs."""
        rest = [[Cell(paragraphs) for paragraphs in row] for row in rows]
        if not self.header_end and not self.speaker_lines and self._n_filled <= _SPEECH_FROM_LINES:
            titles, fields, rest = find_particulars(rest)
            for cells in titles:
                self._add_row(cells)
            for key, value in fields:
                self._add_cell(value.flat, before=f"{key}：")
            if fields:
                self.meta.update((key, value.text) for key, value in fields)
                self.header_end = self._length
        turn_rows = find_turn_rows(rest)
        if turn_rows:
            for row in turn_rows:
                self._add_turn_row(row)
            return
        for cells in rest:
            self._add_row(cells)

    def say_changes(self, counts: Mapping[str, int]) -> None:
        """Say in ``meta`` how many tracked changes were accepted, by what they are."""
        parts = [f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in counts.items() if count]
        if parts:
            self.meta["tracked_changes"] = f"{', '.join(parts)} accepted"

    def mark(self, key: NoteKey, offset: int = 0) -> None:
        """Say that a note begins or ends so many characters into what comes next."""
        place = self._length + offset
        start, end = self.places.get(key, (place, place))
        self.places[key] = min(start, place), max(end, place)

    def notes(self, said: Mapping[NoteKey, Said]) -> list[Note]:
        """The notes whose place is in the text, in the order of their places."""
        notes = list(self._remarks)
        for (kind, number), (start, end) in self.places.items():
            note = said.get((kind, number))
            if note is not None and note.text:
                notes.append(Note(start=start, end=end, text=note.text, author=note.author, kind=kind))
        return sorted(notes, key=lambda note: (note.start, note.end))

    def draft(self, *, said: Mapping[NoteKey, Said] | None = None, encoding: str = "UTF-8") -> Draft:
        """The document as a source: its header is read and its turns are found."""
        text = self.text
        notes = self.notes(said or {})
        if _HAS_TIMES.search(text) and (service := read_service(text)):
            meta = {**service.meta, **self.meta, "service": service.name}
            return Draft(text=text, turns=service.turns, meta=meta, notes=notes, encoding=encoding)
        meta, header_end = find_header(text)
        turns = split_turns(text, header_end=max(header_end, self.header_end), speaker_lines=self.speaker_lines)
        return Draft(text=text, turns=turns, meta={**meta, **self.meta}, notes=notes, encoding=encoding)

    def _add(self, text: str) -> None:
        self._blocks.append(text)
        self._n_lines += text.count("\n") + 1
        self._n_filled += bool(text.strip())
        self._length += len(text) + 1
        if self._length > MOST_CHARACTERS + 1:
            raise ReadError(
                f"{self.name} has more than {MOST_CHARACTERS:,} characters. Split it, one interview or record per file."
            )

    def _add_row(self, cells: Row) -> None:
        if any(cell.is_record for cell in cells):
            # The whole talk in one cell: its paragraphs are lines like those outside of tables.
            for cell in cells:
                for paragraph in cell.paragraphs:
                    self.add_paragraph(paragraph)
            return
        flat = [cell.flat for cell in cells]
        line = "\t".join(cell.text for cell in flat).rstrip()
        start = 0
        for one in flat:
            for offset, key in one.places:
                self.mark(key, min(start + offset, len(line)))
            start += len(one.text) + 1
        self._add(line)

    def _add_cell(self, cell: Paragraph, *, before: str) -> None:
        for offset, key in cell.places:
            self.mark(key, len(before) + offset)
        self._add(before + cell.text)

    def _add_turn_row(self, row: TurnRow) -> None:
        before = f"{row.time} " if row.time else ""
        if row.speaker:
            before += f"{row.speaker}："
            self.speaker_lines.add(self._n_lines)
        start = self._length + len(before)
        for place, paragraph in enumerate(row.words or [Paragraph("")]):
            self._add_cell(paragraph, before=before if place == 0 else "")
        end = self._length - 1
        for head, remark in row.remarks:
            self._remarks.append(Note(start=start, end=end, text=f"{head}：{remark}" if head else remark))


# The same few labels stand before hundreds of turns.
_label_in_bold = lru_cache(maxsize=1000)(find_label)


def _has_bold_label(line: str, n_bold: int) -> bool:
    # Is the start of the paragraph bold, up to the label's colon, and the rest not?
    label = _label_in_bold(line[:n_bold])
    if label is None or label.form == "heading":
        label = find_label(line)
    if label is None or label.form == "heading":
        return False
    before_colon = len(line[: label.words].rstrip().rstrip("：:"))
    return before_colon <= n_bold < max(len(line.rstrip()), label.words + 1)
