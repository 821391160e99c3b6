"""Read the tables of Whisper: a line `start, end, text` for each segment, tsv or csv."""

from __future__ import annotations

import csv
import re

from qualkit.errors import ReadError
from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.json_text import milliseconds
from qualkit.readers.pieces import Piece, on_one_line, speaker_name
from qualkit.readers.recognised import draft_pieces

_HEAD = re.compile(r'"?start"?(?P<gap>[\t,])"?end"?(?P=gap)(?:"?speaker"?(?P=gap))?"?text"?[ \t]*(?:\n|$)')


def read_whisper_table(content: Content) -> Draft:
    """Lines `speaker：words` and their turns; times are in milliseconds.

    >>> read_whisper_table(Content(b"start\\tend\\ttext\\n0\\t4000\\tHello.", "A3.tsv")).text
    'Hello.'
    """
    head = _HEAD.match(content.text)
    gap = head["gap"] if head else "\t"
    lines = content.text.split("\n")
    columns = [column.strip('" ') for column in lines[0].split(gap)]
    pieces: list[Piece] = []
    odd: list[str] = []
    # Whisper puts no quotes around text in a tsv, so a quotation mark there is a word.
    rows = csv.reader(lines[1:], delimiter=gap, quoting=csv.QUOTE_NONE if gap == "\t" else csv.QUOTE_MINIMAL)
    try:
        for row in rows:
            if any(map(str.strip, row)):
                pieces.append(_piece(row, columns))
            if pieces and row and pieces[-1].time_ms is None and not odd:
                odd.append(f"line {rows.line_num + 1}: no time could be read, the words are kept without one")
    except csv.Error as error:
        raise ReadError(
            f"{content.name}, line {rows.line_num + 1}: not a row of start, end and text ({error}). Export it as SRT."
        ) from error
    return draft_pieces(content, pieces, odd=odd)


def _piece(row: list[str], columns: list[str]) -> Piece:
    # Commas that nobody quoted belong to the text, which stands last.
    cells = [*row[: len(columns) - 1], ",".join(row[len(columns) - 1 :])]
    values = dict(zip(columns, cells, strict=False))
    if values.get("text") is None or len(row) < len(columns):
        return Piece(words=on_one_line(" ".join(row)))
    return Piece(
        words=on_one_line(values["text"]),
        speaker=speaker_name(values.get("speaker", "")),
        time_ms=milliseconds(values["start"], per_unit=1),
    )


def _recognises(content: Content) -> bool:
    return bool(_HEAD.match(content.head))


FORMAT = Format(
    name="whisper_table",
    label={"zh": "Whisper 转写表格", "en": "Whisper table"},
    suffixes=(".tsv",),
    recognises=_recognises,
    read=read_whisper_table,
)
