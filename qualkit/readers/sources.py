"""Read transcripts and records of any known kind as sources."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from qualkit.errors import ReadError
from qualkit.language.marks import find_marks
from qualkit.model import MOST_CHARACTERS, Source, Turn
from qualkit.readers.decode import decode_text
from qualkit.readers.docx import read_word_text
from qualkit.readers.files import read_bytes
from qualkit.readers.header import find_header
from qualkit.readers.speakers import find_turns
from qualkit.readers.subtitles import read_subtitles

SOURCE_SUFFIXES = (".docx", ".srt", ".txt")


def read_sources(path: str | Path) -> list[Source]:
    """Read one file, or all transcripts in a folder and the folders below it.

    Parameters
    ----------
    path : str or Path
        A ``.txt``, ``.docx`` or ``.srt`` file, or a folder; in a folder other kinds are passed over.

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


def read_source(path: str | Path, *, name: str | None = None, kind: str = "interview") -> Source:
    """Read one ``.txt``, ``.docx`` or ``.srt`` file as a source.

    ``meta`` holds the header of the transcript, and under ``format``, ``encoding`` and
    ``recognised`` how the file was understood.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SOURCE_SUFFIXES:
        raise ReadError(
            f"{path.name}: files of the kind {suffix or '(no ending)'} cannot be read as a source. "
            f"Save it as {', '.join(SOURCE_SUFFIXES)}."
        )
    data = read_bytes(path)
    text, turns, meta = _READERS[suffix](data, path.name)
    if not text.strip():
        raise ReadError(f"{path.name} contains no text. Check that the right file was chosen.")
    meta["recognised"] = _describe(turns)
    return Source(
        name=name or path.stem,
        text=text,
        kind=kind,
        turns=tuple(turns),
        marks=tuple(find_marks(text)),
        meta=meta,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _is_source(file: Path) -> bool:
    # ~$A1.docx is Word's note that the file is open; a dot hides a file.
    return file.suffix.lower() in SOURCE_SUFFIXES and not file.name.startswith(("~$", ".")) and file.is_file()


_Parts = tuple[str, list[Turn], dict[str, str]]


def _require_length(text: str, name: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise ReadError(
            f"{name} has {len(text):,} characters; texts up to {MOST_CHARACTERS:,} are read. "
            "Split it, one interview or record per file."
        )


def _read_txt(data: bytes, name: str) -> _Parts:
    text, encoding = decode_text(data, name)
    _require_length(text, name)
    meta, header_end = find_header(text)
    turns, _ = find_turns(text, header_end=header_end)
    return text, turns, {**meta, "format": "txt", "encoding": encoding}


def _read_docx(data: bytes, name: str) -> _Parts:
    word = read_word_text(data, name)
    text = "\n".join(word.lines)
    _require_length(text, name)
    table_end = sum(len(line) + 1 for line in word.lines[: word.header_lines])
    meta, header_end = find_header(text)
    turns, _ = find_turns(text, header_end=max(header_end, table_end), speaker_lines=word.speaker_lines)
    return text, turns, {**meta, **word.meta, "format": "docx", "encoding": "UTF-8"}


def _read_srt(data: bytes, name: str) -> _Parts:
    text, encoding = decode_text(data, name)
    _require_length(text, name)
    lines, turns = read_subtitles(text, name)
    return lines, turns, {"format": "srt", "encoding": encoding}


_READERS = {".txt": _read_txt, ".docx": _read_docx, ".srt": _read_srt}


def _describe(turns: Iterable[Turn]) -> str:
    turns = list(turns)
    speakers = sorted({turn.speaker for turn in turns if turn.speaker is not None})
    if not turns:
        return "no turns: running text"
    if not speakers:
        return f"{len(turns)} turns, no speaker named"
    return f"{len(turns)} turns of {len(speakers)} speakers: {', '.join(speakers)}"
