"""The bytes of a codebook file."""

from __future__ import annotations

from pathlib import Path

from qualkit.errors import CodebookError


def read_file(path: Path) -> bytes:
    """The bytes of the file; ``CodebookError`` when it cannot be opened or is empty."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise CodebookError(f"{path} does not exist. Check the name and the folder.") from error
    except (OSError, ValueError) as error:
        raise CodebookError(f"{path} cannot be opened ({error}). Name a codebook file that you may read.") from error
    if not data.strip():
        raise CodebookError(f"{path.name} is empty. Check that the right file was chosen.")
    return data
