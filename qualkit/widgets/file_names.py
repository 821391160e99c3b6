"""Names of files that come from a browser: made safe for any disk, and asked whether they make up a study's folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from qualkit.errors import OptionError
from qualkit.project.study import STUDY_FILE
from qualkit.project.study_kinds import FOLDERS

_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f\ud800-\udfff]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_LONGEST = 200  # bytes of one name; systems hold 255
_DEEPEST = 20

# Folders whose names say what lies in them make a folder a study's.
_STUDY_FOLDERS = {name for names in FOLDERS.values() for name in names}


def safe_name(name: str) -> str:
    """A relative path that stays where it is put and that every system can hold.

    >>> safe_name("访谈/A3：前测?.docx"), safe_name("/etc/passwd"), safe_name("con.txt")
    ('访谈/A3：前测_.docx', 'etc/passwd', '_con.txt')
    """
    parts = [part for part in re.split(r"[/\\]", name) if part not in ("", ".")]
    if not parts or ".." in parts or len(parts) > _DEEPEST:
        raise OptionError(f"{name[:80]!r} is no name of a file in the folder. Choose the file again.")
    return "/".join(_safe_part(part) for part in parts)


def is_study(files: Sequence[str]) -> bool:
    """Whether these files of a folder are laid out as a study's folder.

    >>> is_study(["interviews/pre/A1.docx"]), is_study(["访谈/A1.docx"]), is_study(["A1.docx", "甲/A2.docx"])
    (True, True, False)
    """
    return any(one == STUDY_FILE or is_study_folder(PurePosixPath(one).parts[0]) for one in files if one)


def is_study_folder(name: str) -> bool:
    """Whether a folder of this name says what lies in it."""
    return name.lower() in _STUDY_FOLDERS


def _safe_part(part: str) -> str:
    part = _FORBIDDEN.sub("_", part).rstrip(". ") or "_"
    if _DEVICES.fullmatch(part):
        part = f"_{part}"
    stem, dot, suffix = part.rpartition(".")
    if len(part.encode()) <= _LONGEST:
        return part
    room = _LONGEST - len((dot + suffix).encode())
    if not stem or room < 40:
        return part.encode()[:_LONGEST].decode(errors="ignore")
    return stem.encode()[:room].decode(errors="ignore") + dot + suffix
