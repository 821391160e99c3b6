"""A paragraph of a document, with what is bold in it and which notes begin or end there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# What a place belongs to: the kind of a note (comment, footnote, endnote) and its number in the file.
NoteKey = tuple[str, str]


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its text, how many of its first characters are bold, and where notes begin or end."""

    text: str
    n_bold: int = 0
    places: Sequence[tuple[int, NoteKey]] = ()


class Pieces:
    """What a paragraph has so far; ``boxes`` are elements of text boxes that hang on it."""

    __slots__ = ("boxes", "is_bold_so_far", "length", "n_bold", "places", "runs_on", "style", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.length = 0
        self.n_bold = 0
        self.is_bold_so_far = True
        self.places: list[tuple[int, NoteKey]] = []
        self.boxes: list[Any] = []
        self.style: str | None = None
        self.runs_on = False

    @property
    def ends_in_blank(self) -> bool:
        """Whether what comes next stands at the start of the paragraph or after a blank."""
        return not self.length or self.texts[-1].endswith(" ")

    def add(self, text: str, *, is_bold: bool = True) -> None:
        """Put text at the end; what is blank is as bold as what stands before it."""
        if not is_bold and self.is_bold_so_far and text.strip():
            self.end_bold()
        if text:
            self.texts.append(text)
            self.length += len(text)

    def end_bold(self) -> None:
        """Say that what comes next is printed plain."""
        self.n_bold = self.length
        self.is_bold_so_far = False

    def place(self, key: NoteKey) -> None:
        """Say that a note begins, ends or is called here."""
        self.places.append((self.length, key))

    def paragraph(self) -> Paragraph:
        """The paragraph these pieces make."""
        n_bold = self.length if self.is_bold_so_far else self.n_bold
        return Paragraph("".join(self.texts).replace("\r", "\n"), n_bold, self.places)
