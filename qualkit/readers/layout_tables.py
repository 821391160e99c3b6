"""What a table of a document holds: particulars of an interview, a turn in each row, or the whole talk in one cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from qualkit.readers.header import is_header_key
from qualkit.readers.labels import find_label, is_name, is_role
from qualkit.readers.paragraph import NoteKey, Paragraph
from qualkit.readers.times import CLOCK

_BLANKS = re.compile(r"\s+")
_TIME = re.compile(rf"[\[（(【]?({CLOCK})[\]）)】]?(?:\s*(?:-|–|—|~|～|至|-->).*)?")
_NUMBER = re.compile(r"\d{1,6}[.、]?")

# A value of a particular is shorter than this; a longer one is what was said or written.
_LONGEST_VALUE = 100
_LONGEST_SPEAKER = 20
_LONGEST_TITLE = 40

_HEADS = {
    "speaker": re.compile("(?:说话|发言|讲话|对话)[人者]|说话人/?角色|角色|speaker|speaker name|who"),
    "person": re.compile("姓名|化名|人物|参与者|成员|组员|身份|name|person|participant"),
    "words": re.compile(
        "(?:发言|对话|谈话|说话|讲话|访谈|转录|转写|录音)(?:的?内容|记录|文本|文字|原文)?|话语|逐字稿"
        "|speech|transcript(?:ion)?|utterances?|words|said"
    ),
    "content": re.compile("内容|文本|文字|原文|text|content"),
    "time": re.compile("(?:开始|起止|起始)?时间(?:点|戳|码)?|time(?:stamp|code| stamp)?|start(?: time)?"),
    "number": re.compile("序号|编号|行号|行|话轮|轮次|号|no[.]?|number|nr[.]?|#|id|line|turn"),
}


class Cell:
    """A cell of a table with its paragraphs."""

    __slots__ = ("_flat", "_is_record", "paragraphs")

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self._flat: Paragraph | None = None
        self._is_record: bool | None = None

    @property
    def flat(self) -> Paragraph:
        """The cell as one paragraph, in which each stretch of white space is one blank."""
        if self._flat is None:
            self._flat = flatten(self.paragraphs)
        return self._flat

    @property
    def text(self) -> str:
        """The text of the flat cell."""
        return self.flat.text

    @property
    def is_record(self) -> bool:
        """Whether it holds a talk or a record of several paragraphs, rather than one value."""
        if self._is_record is None:
            self._is_record = _is_record(self.paragraphs)
        return self._is_record


Row = list[Cell]


@dataclass(slots=True)
class TurnRow:
    """A row in which one speaker says something; ``remarks`` are its other cells under their heads."""

    speaker: str
    words: Sequence[Paragraph]
    time: str = ""
    remarks: list[tuple[str, str]] = field(default_factory=list)


def flatten(paragraphs: Sequence[Paragraph]) -> Paragraph:
    """Paragraphs as one, in which each stretch of white space is one blank.

    >>> flatten([Paragraph("第一次 "), Paragraph("举手", places=[(2, ("comment", "1"))])])
    Paragraph(text='第一次 举手', n_bold=0, places=[(6, ('comment', '1'))])
    """
    if len(paragraphs) == 1 and not paragraphs[0].places and not _BLANKS.search(paragraphs[0].text):
        return paragraphs[0]
    joined = " ".join(paragraph.text for paragraph in paragraphs)
    text = _BLANKS.sub(" ", joined).strip()
    places: list[tuple[int, NoteKey]] = []
    start = 0
    for paragraph in paragraphs:
        places.extend((start + offset, key) for offset, key in paragraph.places)
        start += len(paragraph.text) + 1
    return Paragraph(text, places=_flat_places(joined, places, len(text)))


def _flat_places(joined: str, places: list[tuple[int, NoteKey]], most: int) -> list[tuple[int, NoteKey]]:
    # From one place to the next, so that a thousand notes in a cell cost no more than one.
    flat = []
    before = length = 0
    for offset, key in sorted(places, key=lambda place: place[0]):
        piece = _BLANKS.sub(" ", joined[before:offset])
        if piece.startswith(" ") and (length == 0 or joined[before - 1].isspace()):
            piece = piece[1:]
        length += len(piece)
        before = offset
        flat.append((min(length, most), key))
    return flat


def _is_record(paragraphs: Sequence[Paragraph]) -> bool:
    if len(paragraphs) == 1 and "\n" not in paragraphs[0].text:
        return False
    filled = [line for paragraph in paragraphs for line in paragraph.text.split("\n") if line.strip()]
    if len(filled) < 2 or sum(map(len, filled)) > 2 * _LONGEST_VALUE:
        return len(filled) > 1
    labels = [label for line in filled if (label := find_label(line))]
    return sum(1 for label in labels if is_role(label.speaker) or is_name(label.speaker)) >= 2


def find_particulars(rows: list[Row]) -> tuple[list[Row], list[tuple[str, Cell]], list[Row]]:
    """Part a table into title rows, particulars and the rows below them.

    Keys stand above their values (two rows), or left of them. Without particulars all is ``rest``.

    Returns
    -------
    titles, fields, rest
    """
    if find_turn_rows(rows):
        return [], [], rows
    filled = [row for row in rows if any(cell.text for cell in row)]
    n_titles = next((place for place, row in enumerate(filled) if not _is_title(row)), len(filled))
    titles, body = filled[:n_titles], filled[n_titles:]
    fields, rest = _fields_and_rest(body)
    return (titles, fields, rest) if fields else ([], [], rows)


def _is_title(row: Row) -> bool:
    return len(row) == 1 and len(row[0].paragraphs) == 1 and len(row[0].text) <= _LONGEST_TITLE


def _fields_and_rest(rows: list[Row]) -> tuple[list[tuple[str, Cell]], list[Row]]:
    if len(rows) == 2 and len(rows[0]) == len(rows[1]) > 1:
        keys = [cell.text for cell in rows[0]]
        if all(map(is_header_key, keys)):
            return _with_value(list(zip(keys, rows[1], strict=True))), []
    # A particular is named once; who speaks stands there again and again.
    times = Counter(row[0].text for row in rows)
    ends = (place for place, row in enumerate(rows) if not _is_pairs(row) or _recurs(row[0], times))
    n_rows = next(ends, len(rows))
    rest = rows[n_rows:]
    # Rows of even length may also be the start of a record of observations, unless words follow.
    if rest and not any(cell.is_record for row in rest for cell in row) and not find_turn_rows(rest):
        return [], rows
    pairs = [
        (row[place].text.rstrip("：: "), row[place + 1]) for row in rows[:n_rows] for place in range(0, len(row), 2)
    ]
    pairs = [(key, value) for key, value in pairs if key]
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys) or not any(map(is_header_key, keys)):
        return [], rows
    return _with_value(pairs), rest


def _recurs(cell: Cell, times: Counter[str]) -> bool:
    text = cell.text
    return bool(text) and times[text] > 1


def _is_pairs(row: Row) -> bool:
    if len(row) % 2 or any(cell.is_record for cell in row):
        return False
    texts = [cell.text for cell in row]
    return all(map(_may_be_key, texts[::2])) and all(len(value) <= _LONGEST_VALUE for value in texts[1::2])


def _may_be_key(text: str) -> bool:
    return len(text) <= 12 and not re.search("[0-9。！？，]", text)


def _with_value(pairs: list[tuple[str, Cell]]) -> list[tuple[str, Cell]]:
    return [(key, value) for key, value in pairs if value.text]


def find_turn_rows(rows: Sequence[Row]) -> list[TurnRow]:
    """The turns of a table that has one in each row; empty when it is another table.

    The first row names the columns, or it has none and the columns are speaker and words, with the
    time or a running number before them.
    """
    texts = [[cell.text for cell in row] for row in rows]
    if len(rows) < 2 or len(texts[0]) < 2:
        return []
    if columns := _named_columns(texts[0]):
        first = 1
    elif columns := _plain_columns(texts):
        first = 0
    else:
        return []
    speakers = Counter(row[columns["speaker"]] for row in texts[first:] if len(row) > columns["speaker"])
    if any(len(speaker) > _LONGEST_SPEAKER for speaker in speakers) or not any(speakers):
        return []
    if "is_person" in columns and max(count for speaker, count in speakers.items() if speaker) < 2:
        return []
    heads = texts[0] if first else [""] * len(texts[0])
    return [_turn_row(row, columns, heads) for row in rows[first:] if any(cell.text for cell in row)]


def _named_columns(heads: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, head in enumerate(heads):
        for name, pattern in _HEADS.items():
            if pattern.fullmatch(head.strip("：: ").lower()):
                found.setdefault(name, place)
    if "speaker" in found and ("words" in found or "content" in found):
        found["words"] = found.get("words", found.get("content", 0))
    elif "person" in found and "words" in found:
        found["speaker"] = found["is_person"] = found["person"]
    else:
        return {}
    return {name: place for name, place in found.items() if name not in ("person", "content")}


def _plain_columns(texts: list[list[str]]) -> dict[str, int]:
    width = len(texts[0])
    if width not in (2, 3) or any(len(row) != width for row in texts):
        return {}
    columns = {"speaker": width - 2, "words": width - 1}
    if width == 3:
        firsts = [row[0] for row in texts if row[0]]
        if firsts and all(map(_TIME.fullmatch, firsts)):
            columns["time"] = 0
        elif [first.rstrip(".、") for first in firsts] == [str(number + 1) for number in range(len(texts))]:
            columns["number"] = 0
        else:
            return {}
    counts = Counter(row[-2].rstrip("：: ") for row in texts if row[-2])
    words = [row[-1] for row in texts if row[-1]]
    is_dialogue = (
        len(counts) >= 2
        and max(counts.values()) >= 2
        and all(is_role(speaker) or is_name(speaker) for speaker in counts)
        and not any(is_header_key(speaker) and counts[speaker] == 1 for speaker in counts)
        and 2 * sum(1 for line in words if re.search("[。？！，…,.?!]", line)) >= len(texts)
    )
    return columns if is_dialogue else {}


def _turn_row(row: Row, columns: dict[str, int], heads: list[str]) -> TurnRow:
    if len(row) == 1:
        return TurnRow("", row[0].paragraphs)
    turn = TurnRow("", [])
    for place, cell in enumerate(row):
        text = cell.text
        if place == columns["speaker"]:
            turn.speaker = text.rstrip("：: ")
        elif place == columns["words"]:
            turn.words = cell.paragraphs
        elif place == columns.get("time") and (match := _TIME.fullmatch(text)):
            turn.time = match[1]
        elif text and not (place == columns.get("number") and _NUMBER.fullmatch(text)):
            turn.remarks.append((heads[place] if place < len(heads) else "", text))
    return turn
