"""Find the Chrome, Edge or Chromium that draws figures into image files."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from qualkit.errors import NoBrowserError

VARIABLE = "BROWSER_PATH"

# Names that choreographer, which knows the others and their usual places, does not look for.
_MORE_NAMES = ("microsoft-edge-stable", "ungoogled-chromium", "headless_shell", "chrome-headless-shell")

_HOW_TO_GET_ONE = {
    "linux": "Install Chromium (Debian, Ubuntu: sudo apt install chromium; Fedora: sudo dnf install chromium)",
    "darwin": "Install Google Chrome, Microsoft Edge or Chromium in the Applications folder",
    "win32": "Microsoft Edge is part of Windows 10 and 11; if it was removed, install Edge or Google Chrome",
}


def find_browser() -> Path:
    """The program file of a Chromium-like browser.

    ``BROWSER_PATH`` goes before everything else; then Chrome, Chromium, Edge, Brave and Vivaldi are looked
    for on ``PATH`` and in their usual places on Linux, macOS and Windows.

    Returns
    -------
    Path
        An existing file.

    Raises
    ------
    NoBrowserError
        When there is none; the message says how to get one on this platform.
    """
    chosen = os.environ.get(VARIABLE)
    if chosen:
        if Path(chosen).is_file():
            return Path(chosen)
        raise NoBrowserError(
            f"{VARIABLE} names {chosen}, which is not a file. Let it name the browser's program file, "
            "or remove the variable so that qualkit looks for a browser itself."
        )
    found = _search()
    if found is None:
        raise NoBrowserError(_no_browser_message(sys.platform))
    return found


def _search() -> Path | None:
    from choreographer.browsers.chromium import Chromium

    found = Chromium.find_browser(skip_local=False)
    candidates = [found, *map(shutil.which, _MORE_NAMES), *_more_places(sys.platform, Path.home())]
    return next((Path(candidate) for candidate in candidates if candidate and Path(candidate).is_file()), None)


def _more_places(platform: str, home: Path) -> list[Path]:
    # A user without administrator rights installs into the home folder.
    if platform != "darwin":
        return []
    names = ("Google Chrome", "Microsoft Edge", "Chromium")
    return [home / "Applications" / f"{name}.app" / "Contents" / "MacOS" / name for name in names]


def _no_browser_message(platform: str) -> str:
    how = _HOW_TO_GET_ONE.get(platform, _HOW_TO_GET_ONE["linux"])
    return (
        "Image files of figures need Chrome, Edge or Chromium, and none was found. "
        f"{how}, or let {VARIABLE} name its program file. "
        "In a notebook the camera sign above the figure saves it without this."
    )
