"""Write a file whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from qualkit.errors import OptionError


def write_atomically(path: Path, content: bytes) -> Path:
    """Put ``content`` at ``path``; a crash on the way leaves what was there before.

    The folder is made when it is missing. ``OptionError`` when the place cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_atomically(Path(folder, "note.txt"), b"one").read_bytes()
    b'one'
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content)
    except (OSError, ValueError) as error:
        raise OptionError(
            f"{str(path)!r} cannot be written ({error}). Close the file if another program has it open, "
            "or name another file or folder."
        ) from error
    return path


def _write(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
