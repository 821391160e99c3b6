"""Read the bytes of a file the user named, with a plain message when that fails."""

from __future__ import annotations

from pathlib import Path

from qualkit.errors import ReadError
from qualkit.remarks import Remark

_MOST_BYTES = 100_000_000


def read_bytes(path: str | Path) -> bytes:
    """The bytes of a file; ``ReadError`` when it is missing, a folder, empty, locked or far too large."""
    path = Path(path)
    try:
        if not path.is_file() and not path.is_dir() and path.exists():
            raise ReadError(f"{path} is a device or a pipe, not a file. Save its content as a file first.")
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise ReadError(f"{path.name} has {size:,} bytes; files up to {_MOST_BYTES:,} are read. Split the file.")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(
            Remark(f"{path} does not exist. Check the name and the folder.", f"找不到 {path}。请检查文件名和文件夹。")
        ) from error
    except IsADirectoryError as error:
        raise ReadError(f"{path} is a folder. Name a file in it.") from error
    except (OSError, ValueError) as error:
        raise ReadError(
            f"{path} cannot be opened ({error}). Close it in other programs and check its permissions."
        ) from error
    if not data:
        raise ReadError(
            Remark(
                f"{path.name} is empty (0 bytes). Check that the right file was chosen.",
                f"{path.name} 是空文件（0 字节）。请检查是否选错了文件。",
            )
        )
    return data
