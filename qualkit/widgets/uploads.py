"""Files on their way from the browser: written piece by piece into a private folder that goes away again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qualkit.widgets.channel import Message, MessageError, list_in, place_in, text_in
from qualkit.widgets.file_names import safe_name

MOST_FILES = 10_000
LARGEST_FILE = 100_000_000
MOST_BYTES = 2**31
LARGEST_PIECE = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One file that was announced."""

    name: str
    size: int


class Upload:
    """The files of one drop or choice; only the owner of the kernel can read the folder they wait in."""

    def __init__(self, files: Sequence[Incoming]) -> None:
        self._holder = TemporaryDirectory(prefix="qualkit-", ignore_cleanup_errors=True)
        self.root = Path(self._holder.name)
        self.files = list(files)
        self._written = [0] * len(files)

    @property
    def is_complete(self) -> bool:
        """Whether every byte is here."""
        return all(written == file.size for written, file in zip(self._written, self.files, strict=True))

    @property
    def n_bytes(self) -> int:
        """How much is here."""
        return sum(self._written)

    def write(self, pieces: Sequence[Message], data: memoryview) -> None:
        """Write pieces that lie one after the other in ``data``; one that is here already is passed over."""
        at = 0
        for piece in pieces:
            number, offset, length = (place_in(piece, name) for name in ("file", "offset", "length"))
            if number >= len(self.files) or offset + length > self.files[number].size or at + length > len(data):
                raise MessageError("VALIDATION", "A piece of a file lies outside of it. Choose the files again.")
            if offset > self._written[number]:
                raise MessageError("VALIDATION", "A piece of a file is missing. Choose the files again.")
            if offset == self._written[number]:
                self._append(number, data[at : at + length])
            at += length

    def finish(self) -> list[str]:
        """The names of all files once they are here."""
        if not self.is_complete:
            raise MessageError("VALIDATION", "Some files have not come in completely. Choose them again.")
        for file in self.files:
            if file.size == 0:
                self._path(file).touch()
        return [file.name for file in self.files]

    def discard(self) -> None:
        """Take the copies away."""
        self._holder.cleanup()

    def _append(self, number: int, data: memoryview) -> None:
        try:
            # mkdir may fail too: where a file is named like another one's folder.
            with self._path(self.files[number]).open("ab") as file:
                file.write(data)
        except OSError as error:
            raise MessageError("DISK", f"{self.files[number].name} cannot be kept for reading ({error}).") from error
        self._written[number] += len(data)

    def _path(self, file: Incoming) -> Path:
        path = self.root / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def read_announcement(message: Message) -> list[Incoming]:
    """The files a browser announces, under names that are safe and differ."""
    files = [
        Incoming(name=safe_name(text_in(each, "name", most=4_000)), size=_size_in(each))
        for each in list_in(message, "files", most=MOST_FILES)
    ]
    if not files:
        raise MessageError("VALIDATION", "There is no file. Choose at least one.")
    if sum(file.size for file in files) > MOST_BYTES:
        raise MessageError(
            "VALIDATION", f"The files are larger than {MOST_BYTES:,} bytes. Bring them in several turns."
        )
    taken: set[str] = set()
    return [Incoming(name=_free_name(file.name, taken), size=file.size) for file in files]


def data_in(message: Message) -> memoryview:
    """The bytes of a message."""
    buffers: Sequence[Any] = message["buffers"]
    if len(buffers) != 1 or len(buffers[0]) > LARGEST_PIECE:
        raise MessageError("VALIDATION", f"Files come in pieces of at most {LARGEST_PIECE} bytes.")
    return memoryview(buffers[0])


def _size_in(message: Message) -> int:
    size = place_in(message, "size")
    if size > LARGEST_FILE:
        raise MessageError("VALIDATION", f"{message.get('name')} has more than {LARGEST_FILE:,} bytes. Split the file.")
    return size


def _free_name(name: str, taken: set[str]) -> str:
    # Names that differ only in case are one file on some systems.
    path, number, free = Path(name), 2, name
    while free.casefold() in taken:
        free = path.with_name(f"{path.stem} ({number}){path.suffix}").as_posix()
        number += 1
    taken.add(free.casefold())
    return free
