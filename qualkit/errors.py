"""The errors qualkit raises; each message says which value where, what would be right, what to do.

QualkitError
├── DataError            a table or value that a method cannot use
├── OptionError          an argument outside its accepted values
├── ReadError            a file that cannot be read
│   └── CodebookError    a codebook that contradicts itself
├── FigureError          a figure that cannot be saved
│   ├── NoBrowserError   no Chrome, Edge or Chromium to draw it with
│   └── NoFontError      no font with the characters it shows
└── ProjectError         the project file refuses
    ├── NotFoundError    no such source, code, coding, case …
    ├── ChangedError     somebody has changed since what one has seen
    └── VersionError     made by a newer qualkit
"""

from __future__ import annotations


class QualkitError(Exception):
    """Base of every error qualkit raises on purpose."""


class DataError(QualkitError):
    """A table or a value that a method cannot use."""


class OptionError(QualkitError):
    """An argument outside its accepted values."""


class ReadError(QualkitError):
    """A file that cannot be read; names the file, the place and the remedy."""


class CodebookError(ReadError):
    """A codebook that contradicts itself."""


class FigureError(QualkitError):
    """A figure that cannot be saved as an image."""


class NoBrowserError(FigureError):
    """No Chrome, Edge or Chromium on this machine to draw the image with."""


class NoFontError(FigureError):
    """No font on this machine has the characters the figure shows."""


class ProjectError(QualkitError):
    """The project file refuses an action."""


class NotFoundError(ProjectError):
    """No source, code, coding or case under that name."""


class ChangedError(ProjectError):
    """Somebody has written something else there since; ``current`` is what stands there now."""

    def __init__(self, message: str, *, current: str) -> None:
        super().__init__(message)
        self.current = current


class VersionError(ProjectError):
    """A project made by a newer qualkit."""
