"""The things of the field as small frozen dataclasses: source, turn, mark, code, codebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SOURCE_KINDS = ("interview", "focus_group", "observation", "session_record", "worker_log", "open_answers", "other")

LANGUAGES = ("zh", "en")

# A text is one interview or record; a thousand hours of speech have fewer characters.
MOST_CHARACTERS = 10_000_000

NOTE_KINDS = ("comment", "footnote", "endnote", "tag")

# How words and numbers of a joint display go together; ``displays.fit_label`` has the rules.
FITS = ("convergent", "complementary", "divergent", "silent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One speaker's stretch: code points ``[start, end)`` of the words, without the speaker's label."""

    start: int
    end: int
    speaker: str | None = None
    time_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A non-verbal mark such as （沉默）: kept in the text, left out of word counts."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a file says beside its text, at ``[start, end)`` of it: a comment, a footnote, a tag of another program."""

    start: int
    end: int
    text: str
    author: str | None = None
    kind: str = "comment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text as it came from a file: line ends are ``\\n``, nothing else is changed.

    ``meta`` holds what the file says of itself (访谈编号, 日期 …) and how it was understood
    (``format``, ``encoding``); ``sha256`` is that of the file's bytes.
    """

    name: str
    text: str
    kind: str = "interview"
    turns: tuple[Turn, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A named idea to put on segments, with the rules for doing so.

    ``key`` is dotted (``type.withdrawal.avoidance``), ``parent`` the key above it. The texts
    are by language: ``{"zh": …, "en": …}``.
    """

    key: str
    parent: str | None = None
    label: Mapping[str, str] = field(default_factory=dict)
    definition: Mapping[str, str] = field(default_factory=dict)
    include: Mapping[str, str] = field(default_factory=dict)
    exclude: Mapping[str, str] = field(default_factory=dict)
    example: Mapping[str, str] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    color: str | None = None
    valence: str | None = None
    is_assignable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """Codes in their order, with the rules that hold for all of them.

    ``document`` is the file the codebook was read from: writing keeps its comments and the fields
    that are not named here. It does not count when codebooks are compared.
    """

    id: str
    version: str
    codes: tuple[Code, ...]
    title: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    decision_rules: tuple[Mapping[str, str], ...] = ()
    linked_scale: Mapping[str, object] = field(default_factory=dict)
    document: bytes = field(default=b"", repr=False, compare=False)
