"""A source as a line of JSON and back, to come from another process."""

from __future__ import annotations

import json

from qualkit.model import Mark, Note, Source, Turn


def to_line(source: Source) -> str:
    """One line that holds all of a source.

    >>> source = Source(name="A3", text="A3：好\\n", turns=(Turn(start=3, end=4, speaker="A3"),))
    >>> from_line(to_line(source)) == source
    True
    """
    return json.dumps(
        [
            source.name,
            source.text,
            source.kind,
            [(turn.start, turn.end, turn.speaker, turn.time_ms) for turn in source.turns],
            [(mark.start, mark.end) for mark in source.marks],
            [(note.start, note.end, note.text, note.author, note.kind) for note in source.notes],
            dict(source.meta),
            source.sha256,
        ],
        ensure_ascii=False,
    )


def from_line(line: str) -> Source:
    """The source of a line that ``to_line`` made."""
    name, text, kind, turns, marks, notes, meta, sha256 = json.loads(line)
    return Source(
        name=name,
        text=text,
        kind=kind,
        turns=tuple(Turn(start=start, end=end, speaker=who, time_ms=time) for start, end, who, time in turns),
        marks=tuple(Mark(start=start, end=end) for start, end in marks),
        notes=tuple(
            Note(start=start, end=end, text=said, author=author, kind=what) for start, end, said, author, what in notes
        ),
        meta=meta,
        sha256=sha256,
    )
