"""Read transcripts and records of any known kind as sources."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from qualkit.errors import ReadError
from qualkit.language.marks import find_marks
from qualkit.model import Source, Turn
from qualkit.readers.content import Content, require_length
from qualkit.readers.files import read_bytes
from qualkit.readers.format import Format
from qualkit.readers.formats import SOURCE_SUFFIXES, find_format
from qualkit.readers.process_record import describe_parts

_ENOUGH_PARTS = 3

# An interview of ten hours has a few thousand.
_MOST_MARKS = 200_000


def read_sources(path: str | Path) -> list[Source]:
    """Read one file, or all transcripts in a folder and the folders below it.

    Parameters
    ----------
    path : str or Path
        A file of any format, or a folder; in a folder, files with other endings are passed over.

    Returns
    -------
    list of Source
        Sorted by name: the file's name without ending, in a folder the path below it (``pre/A1``).

    Raises
    ------
    ReadError
        Naming file, place and remedy; of a folder, all its files that cannot be read.
    """
    path = Path(path)
    if not path.is_dir():
        return [read_source(path)]
    files = sorted(file for file in path.rglob("*") if _is_source(file))
    if not files:
        raise ReadError(f"{path} holds no transcript ({', '.join(SOURCE_SUFFIXES)}). Check the folder's name.")
    sources: dict[str, Source] = {}
    problems = []
    for file in files:
        name = file.relative_to(path).with_suffix("").as_posix()
        try:
            if name in sources:
                raise ReadError(f"{file.name}: another file is named {name!r} too. Rename or remove one of them.")
            sources[name] = read_source(file, name=name)
        except ReadError as error:
            problems.append(str(error))
    if problems:
        raise ReadError("\n".join(problems))
    return sorted(sources.values(), key=lambda source: source.name)


def read_source(path: str | Path, *, name: str | None = None, kind: str | None = None) -> Source:
    """Read one file as a source, whatever its format.

    Parameters
    ----------
    path : str or Path
        The format is recognised by what the file holds, and by its ending where that cannot decide.
    name : str, optional
        The file's name without ending otherwise.
    kind : str, optional
        One of ``SOURCE_KINDS``. Otherwise a text in the parts of a process record is a session record, and
        any other what the format usually holds.

    Returns
    -------
    Source
        ``meta`` holds what the file says of itself, and under ``format``, ``encoding`` and
        ``recognised`` how it was understood.

    Raises
    ------
    ReadError
        Naming file, place and remedy.
    """
    path = Path(path)
    return make_source(Content(read_bytes(path), path.name), name=name or path.stem, kind=kind)


def make_source(content: Content, *, name: str, kind: str | None = None) -> Source:
    """The source in the bytes of a file."""
    file_format = find_format(content)
    draft = file_format.read(content)
    if not draft.text.strip():
        raise ReadError(f"{content.name} contains no text. Check that the right file was chosen.")
    require_length(draft.text, content.name)
    meta = {**draft.meta, "format": file_format.name, "encoding": draft.encoding}
    marks = tuple(find_marks(draft.text))
    if len(marks) > _MOST_MARKS:
        raise ReadError(
            f"{content.name} has {len(marks):,} marks such as （笑）; up to {_MOST_MARKS:,} are read. "
            "Check that the right file was chosen."
        )
    meta["recognised"] = _describe(draft.turns, file_format, content)
    # Where nobody speaks and three of its parts stand, a text is the record of a session.
    parts = describe_parts(draft.text) if kind == "session_record" or (kind is None and not draft.turns) else {}
    if kind is None:
        is_record = len(parts.get("parts", "").split(", ")) >= _ENOUGH_PARTS
        kind = "session_record" if is_record else file_format.kind
    return Source(
        name=name,
        text=draft.text,
        kind=kind,
        turns=tuple(draft.turns),
        marks=marks,
        notes=tuple(draft.notes),
        meta={**meta, **parts} if kind == "session_record" else meta,
        sha256=hashlib.sha256(content.data).hexdigest(),
    )


def _is_source(file: Path) -> bool:
    # ~$A1.docx is Word's note that the file is open; a dot hides a file.
    return file.suffix.lower() in SOURCE_SUFFIXES and not file.name.startswith(("~$", ".")) and file.is_file()


def _describe(turns: Iterable[Turn], file_format: Format, content: Content) -> str:
    words = _describe_turns(list(turns))
    if content.suffix in file_format.suffixes:
        return words
    return f"{words}; read as {file_format.label['en']}, though it ends in {content.suffix or 'nothing'}"


def _describe_turns(turns: list[Turn]) -> str:
    speakers = sorted({turn.speaker for turn in turns if turn.speaker is not None})
    if not turns:
        return "no turns: running text"
    if not speakers:
        return f"{len(turns)} turns, no speaker named"
    return f"{len(turns)} turns of {len(speakers)} speakers: {', '.join(speakers)}"
