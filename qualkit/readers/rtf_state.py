"""What an RTF file is writing to, and what holds for it until the group ends."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualkit.readers.decode import clean_text
from qualkit.readers.paragraph import Paragraph, Pieces


@dataclass(slots=True)
class RtfText:
    """What is being written: the document, a note, a text box, the title."""

    kind: str
    pieces: Pieces = field(default_factory=Pieces)
    paragraphs: list[Paragraph] = field(default_factory=list)
    number: str = ""

    def end_paragraph(self) -> None:
        """Close the paragraph; text boxes that hang on it come below."""
        self.paragraphs.append(self.pieces.paragraph())
        self.paragraphs.extend(self.pieces.boxes)
        self.pieces = Pieces()

    def close(self) -> str:
        """All of it as one text."""
        if self.pieces.length:
            self.end_paragraph()
        return clean_text("\n".join(paragraph.text for paragraph in self.paragraphs)).strip()


@dataclass(slots=True)
class RtfState:
    """What holds until the group ends."""

    text: RtfText
    is_shown: bool = True
    place: str = ""
    bold: bool = False
    bold_east: bool = False
    is_hidden: bool = False
    is_deleted: bool = False
    in_table: bool = False
    replaced: int = 1
    codec: str | None = None
    east_codec: str | None = None
    is_east: bool = False

    def copy(self) -> RtfState:
        """The state with which an inner group begins."""
        # A large file has a million groups: written out it is five times as fast as dataclasses.replace.
        other = RtfState(self.text, self.is_shown, self.place, self.bold, self.bold_east, self.is_hidden)
        other.is_deleted, other.in_table, other.replaced = self.is_deleted, self.in_table, self.replaced
        other.codec, other.east_codec, other.is_east = self.codec, self.east_codec, self.is_east
        return other
