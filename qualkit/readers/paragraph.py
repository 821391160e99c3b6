"""A paragraph of a document, with what is bold in it and which notes begin or end there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# What a place belongs to: the kind of a note (comment, footnote, endnote) and its number in the file.
NoteKey = tuple[str, str]


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its text, how many of its first characters are bold, and where notes begin or end."""

    text: str
    n_bold: int = 0
    places: Sequence[tuple[int, NoteKey]] = ()
