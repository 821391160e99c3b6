"""One file's bytes, with what several formats ask of them worked out once."""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePath

from qualkit.errors import ReadError
from qualkit.model import MOST_CHARACTERS
from qualkit.readers.archive import Archive
from qualkit.readers.decode import decode_text

# Enough for a format to know its own.
_HEAD = 20_000


class Content:
    """The bytes of one file and the name it goes by.

    >>> content = Content("访谈者：早。\\r\\n".encode("gb18030"), "A3.txt")
    >>> content.text, content.encoding, content.suffix, content.is_zip
    ('访谈者：早。\\n', 'GB18030', '.txt', False)
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.name = name
        self.suffix = PurePath(name).suffix.lower()

    @cached_property
    def _decoded(self) -> tuple[str, str] | ReadError:
        try:
            text, encoding = decode_text(self.data, self.name)
            require_length(text, self.name)
        except ReadError as error:
            return error
        return text, encoding

    @property
    def is_text(self) -> bool:
        """Whether the bytes are text in a known encoding."""
        return not isinstance(self._decoded, ReadError)

    @property
    def text(self) -> str:
        """The text with ``\\n`` as line end; ``ReadError`` when the bytes are none."""
        return self._text_and_encoding()[0]

    def require_text(self) -> None:
        """Raise ``ReadError`` when the bytes are no text, or far too many."""
        self._text_and_encoding()

    @property
    def encoding(self) -> str:
        """The encoding of the text."""
        return self._text_and_encoding()[1]

    @cached_property
    def head(self) -> str:
        """The first characters of the text; empty when the bytes are none."""
        return self.text[:_HEAD] if self.is_text else ""

    @property
    def is_zip(self) -> bool:
        """Whether the bytes begin as a zip archive does."""
        return self.data.startswith((b"PK\x03\x04", b"PK\x05\x06"))

    def archive(self, kind: str) -> Archive:
        """The members of a zip archive, under limits; ``kind`` is the ending to name in messages."""
        return Archive(self.data, self.name, kind=kind)

    @cached_property
    def members(self) -> frozenset[str]:
        """The names in a zip archive; empty when there is none, or it is broken."""
        if not self.is_zip:
            return frozenset()
        try:
            return frozenset(self.archive(self.suffix or "zip").names())
        except ReadError:
            return frozenset()

    def _text_and_encoding(self) -> tuple[str, str]:
        if isinstance(self._decoded, ReadError):
            raise self._decoded
        return self._decoded


def require_length(text: str, name: str) -> None:
    """Raise ``ReadError`` for a text longer than any interview."""
    if len(text) > MOST_CHARACTERS:
        raise ReadError(
            f"{name} has {len(text):,} characters; texts up to {MOST_CHARACTERS:,} are read. "
            "Split it, one interview or record per file."
        )
