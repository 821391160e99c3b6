"""Write an observation record out as text to code: one line per row, one turn per line, about the member it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from qualkit.language.marks import find_marks
from qualkit.model import Source, Turn
from qualkit.readers.observation_items import Item
from qualkit.readers.observation_rows import Entry, Line
from qualkit.readers.process_record import part_of

_WORDS = {
    "zh": {"colon": "：", "between": "；", "absent": "缺席", "there": "出席", "brackets": "（{}）"},
    "en": {"colon": ": ", "between": "; ", "absent": "absent", "there": "present", "brackets": " ({})"},
}


def write_source(
    parts: Sequence[Entry | Line],
    attended: Mapping[tuple[str, int, str], bool],
    items: Mapping[str, Item],
    *,
    name: str,
    language: str,
    meta: Mapping[str, str],
    sha256: str,
) -> Source:
    """The text of one session: titles, then rows and notes in their order.

    ``attended`` says by row, session and case who was there. Words of all columns but the ratings make the line
    of a row, its ratings only where there are no words. A note is a turn without a speaker, which begins after
    its heading.
    """
    words = _WORDS[language]
    text = ""
    turns = []
    for line, start, end, speaker in _lines(parts, attended, items, words):
        if end > start:
            turns.append(Turn(start=len(text) + start, end=len(text) + end, speaker=speaker))
        text += line + "\n"
    text = text.rstrip("\n")
    return Source(
        name=name,
        text=text,
        kind="observation",
        turns=tuple(turns),
        marks=tuple(find_marks(text)),
        meta=meta,
        sha256=sha256,
    )


_Placed = tuple[str, int, int, str | None]


def _lines(
    parts: Sequence[Entry | Line],
    attended: Mapping[tuple[str, int, str], bool],
    items: Mapping[str, Item],
    words: Mapping[str, str],
) -> Iterable[_Placed]:
    place = 0
    while place < len(parts):
        part = parts[place]
        if isinstance(part, Line):
            place += 1
            line = part.text.strip()
            found = None if part.is_title else part_of(line)
            start = len(line) - len(found[1]) if found else 0
            yield (line, 0, 0, None) if part.is_title else (line, start, len(line), None)
            continue
        row = [part]
        place += 1
        while place < len(parts) and isinstance(other := parts[place], Entry) and _key(other) == _key(part):
            row.append(other)
            place += 1
        yield from _row_lines(row, is_there=attended[_key(part)], items=items, words=words)


def _key(entry: Entry) -> tuple[str, int, str]:
    return entry.row, entry.session, entry.case


def _row_lines(
    row: Sequence[Entry], *, is_there: bool, items: Mapping[str, Item], words: Mapping[str, str]
) -> Iterable[_Placed]:
    said = [(entry, _remarks(entry, items)) for entry in row]
    if not any(remarks for _, remarks in said):
        said = [(entry, _ratings(entry, items)) for entry in row]
    said = [(entry, remarks) for entry, remarks in said if remarks] or [(row[0], [])]
    for entry, remarks in said:
        known = [] if is_there else [entry.reason or words["absent"]]
        label = f"{entry.case}{words['colon']}"
        body = words["between"].join([*known, *(one for one in remarks if one not in known)]) or words["there"]
        observer = words["brackets"].format(entry.observer) if entry.observer else ""
        line = f"{label}{body}{observer}"
        yield line, len(label), len(label) + len(body), entry.case


def _remarks(entry: Entry, items: Mapping[str, Item]) -> list[str]:
    cells = [
        (one.column.path[-1] if one.column.path else one.column.item, " ".join(one.text.split()))
        for one in entry.items
        if one.column.item not in items and one.text
    ]
    return [f"{name} {text}".strip() for name, text in [*cells, *entry.remarks]]


def _ratings(entry: Entry, items: Mapping[str, Item]) -> list[str]:
    return [
        f"{one.column.item} {one.text if one.column.choice is None else f'{one.column.choice:g}'}"
        for one in entry.items
        if one.column.item in items and one.text
    ]


def language_of(headers: Iterable[str]) -> str:
    """The language of a table by its headers: ``zh`` when any of them is Chinese."""
    return "zh" if any(re.search("[\u4e00-\u9fff]", header) for header in headers) else "en"
