"""Find the font files of this machine: by fontconfig where it is, else by file name in the usual folders."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFamily:
    """A family qualkit knows, how its files are called, and whether its strokes have serifs."""

    name: str
    files: tuple[str, ...]
    is_serif: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """A family found on this machine; ``is_truetype`` outlines stay real fonts in a PDF."""

    name: str
    path: Path
    is_serif: bool
    is_truetype: bool
    characters: frozenset[int]


def find_fonts(families: Sequence[FontFamily]) -> tuple[Font, ...]:
    """Those of ``families`` that are installed: TrueType outlines first, else in the order given."""
    fonts = [font for family in families if (font := _find(family)) is not None]
    return tuple(sorted(fonts, key=lambda font: not font.is_truetype))


def _find(family: FontFamily) -> Font | None:
    listed = _fontconfig_files()
    paths = listed.get(family.name.casefold(), ()) if listed else _scan(family)
    return next((_open(path, family) for path in sorted(paths, key=_regular_first)), None)


def _regular_first(path: Path) -> tuple[bool, str]:
    return "regular" not in path.name.casefold(), path.name


@lru_cache(maxsize=1)
def _fontconfig_files() -> dict[str, tuple[Path, ...]]:
    """Files by family as fontconfig sees them, which is what Chromium draws with; empty without fc-list."""
    program = shutil.which("fc-list")
    if program is None or sys.platform == "win32":
        return {}
    listing = subprocess.run(  # noqa: S603 - fixed arguments
        [program, "--format", "%{file}\t%{family}\n"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    ).stdout
    files: dict[str, tuple[Path, ...]] = {}
    for line in listing.splitlines():
        path, _, families = line.partition("\t")
        for name in families.split(","):
            files[name.casefold()] = (*files.get(name.casefold(), ()), Path(path))
    return files


def _scan(family: FontFamily) -> list[Path]:
    patterns = {pattern.casefold() for pattern in family.files}
    return [path for path in _font_files() if any(Path(path.name.casefold()).match(pattern) for pattern in patterns)]


@lru_cache(maxsize=1)
def _font_files() -> tuple[Path, ...]:
    kinds = {".ttf", ".ttc", ".otf", ".otc"}
    folders = [folder for folder in font_folders(sys.platform, Path.home()) if folder.is_dir()]
    return tuple(path for folder in folders for path in folder.rglob("*") if path.suffix.casefold() in kinds)


def font_folders(platform: str, home: Path) -> tuple[Path, ...]:
    """Where a platform keeps its fonts."""
    if platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home / "AppData" / "Local"))
        return Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts"), Path(local, "Microsoft", "Windows", "Fonts")
    if platform == "darwin":
        system = Path("/System/Library")
        return system / "Fonts", system / "AssetsV2", Path("/Library/Fonts"), home / "Library" / "Fonts"
    shared = Path("/usr/share/fonts"), Path("/usr/local/share/fonts")
    return *shared, home / ".local" / "share" / "fonts", home / ".fonts"


@lru_cache(maxsize=64)
def _open(path: Path, family: FontFamily) -> Font:
    from fontTools.ttLib import TTCollection, TTFont

    is_collection = path.suffix.casefold() in {".ttc", ".otc"}
    with TTCollection(path, lazy=True) if is_collection else TTFont(path, lazy=True) as file:
        faces = file.fonts if is_collection else [file]
        face = next((face for face in faces if family.name in _face_names(face)), faces[0])
        return Font(
            name=family.name,
            path=path,
            is_serif=family.is_serif,
            is_truetype="glyf" in face,
            characters=frozenset(face.getBestCmap() or ()),
        )


def _face_names(face) -> set[str]:
    return {record.toUnicode() for record in face["name"].names if record.nameID in (1, 16)}
