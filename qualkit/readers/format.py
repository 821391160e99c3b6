"""What a format is: how its files are recognised, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from qualkit.model import Note, Turn
from qualkit.readers.content import Content


@dataclass(slots=True, kw_only=True)
class Draft:
    """What a format makes of a file: the text, places in it, and what the file says of itself.

    ``marks`` are found in every text alike and are not part of it. ``encoding`` is that of the file.
    """

    text: str
    turns: Sequence[Turn] = ()
    meta: dict[str, str] = field(default_factory=dict)
    notes: Sequence[Note] = ()
    encoding: str = "UTF-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of file that holds a transcript or record.

    ``recognises`` looks at the content; the ending of the name decides only where the content cannot.
    ``kind`` is what such a source is, unless the user says otherwise.
    """

    name: str
    label: Mapping[str, str]
    suffixes: tuple[str, ...]
    recognises: Callable[[Content], bool]
    read: Callable[[Content], Draft]
    kind: str = "interview"
