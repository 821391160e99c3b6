"""Read a CHAT file (.cha): main lines are speech, the tiers below them are notes.

The text is composed, not the file as it stands: codes such as %mor and the time bullets would else stand
between what was said, be counted as words and be coded. The words of a main line are kept with all their marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from qualkit.errors import ReadError
from qualkit.model import Note
from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.pieces import Piece, join_pieces, require_size, speaker_name

_MAIN = re.compile(r"\*([^\s:：*]{1,40})[:：][ \t]?(.*)", re.DOTALL)
_TIER = re.compile(r"%([^\s:：%]{1,40})[:：][ \t]?(.*)", re.DOTALL)
_HEADER = re.compile(r"@([^:：\t]{1,60})(?:[:：][ \t]?(.*))?", re.DOTALL)

# Start and end in ms between two signs U+0015; older files name the recording in it.
_BULLET = re.compile('\x15(?:%(?:snd|mov):"[^"\x15]{0,200}"_)?(?P<start>\\d{1,12})_\\d{1,12}-?\x15')
_DATE = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{4})")
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]

_BEGIN = re.compile(r"\s*@(?:UTF8|Begin|Font:|PID:|Window:|ColorWords:|Options:)")
_SPEECH = re.compile(r"^\*[^\s:：*]{1,40}[:：]\t", re.MULTILINE)

# What a person says of the talk is a comment, what is coded in it a tag.
_COMMENTS = ("com", "exp", "sit", "add", "act", "gpx", "int", "par")


_MOST_UTTERANCES = 100_000


@dataclass(slots=True)
class _Utterance:
    speaker: str
    words: str
    time_ms: int | None
    notes: list[tuple[str, str]] = field(default_factory=list)


def read_chat(content: Content) -> Draft:
    """The utterances as turns: neighbouring ones of a speaker are one, with the time of the first.

    The speaker is the code before the colon (CHI, MOT); who that is stays in ``meta["Participants"]``.
    """
    meta: dict[str, str] = {}
    utterances: list[_Utterance] = []
    require_size(content.text.count("\n*"), content.name, most=_MOST_UTTERANCES)
    for number, line in _logical_lines(content.text):
        if match := _MAIN.fullmatch(line):
            utterances.append(_utterance(match[1], match[2]))
        elif match := _TIER.fullmatch(line):
            if not utterances:
                raise _odd_line(content, number, line, "belongs to no utterance")
            utterances[-1].notes.append((match[1], _without_bullets(match[2])))
        elif match := _HEADER.fullmatch(line):
            _add_header(meta, utterances, match[1].strip(), _without_bullets(match[2] or ""))
        else:
            raise _odd_line(content, number, line, "is neither a header (@), speech (*CHI:) nor a tier (%com:)")
    if not any(one.words for one in utterances):
        raise ReadError(f"{content.name} has no utterance (no line *CHI: words). Check that the right file was chosen.")
    joined = join_pieces(
        [Piece(words=one.words, speaker=speaker_name(one.speaker), time_ms=one.time_ms) for one in utterances]
    )
    notes = [
        Note(start=start, end=end, text=f"{tier}: {words}", kind="comment" if tier in _COMMENTS else "tag")
        for one, (start, end) in zip(utterances, joined.places, strict=True)
        for tier, words in one.notes
        if words
    ]
    return Draft(text=joined.text, turns=joined.turns, meta=meta, notes=notes, encoding=content.encoding)


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    # A line that begins with a tab or space goes on with the one above.
    parts: list[str] = []
    first = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if line[0] in "\t " and parts:
            parts.append(line)
            continue
        if parts:
            yield first, " ".join(part.strip() for part in parts)
        parts, first = [line], number
    if parts:
        yield first, " ".join(part.strip() for part in parts)


def _utterance(speaker: str, words: str) -> _Utterance:
    bullet = _BULLET.search(words)
    return _Utterance(speaker, _without_bullets(words), int(bullet["start"]) if bullet else None)


def _without_bullets(words: str) -> str:
    return " ".join(_BULLET.sub(" ", words).replace("\x15", " ").split())


def _add_header(meta: dict[str, str], utterances: list[_Utterance], name: str, value: str) -> None:
    if not value:
        return
    if utterances and name == "Comment":
        utterances[-1].notes.append(("com", value))
        return
    if name == "Date":
        value = _iso_date(value)
    meta[name] = f"{meta[name]}; {value}" if name in meta else value


def _iso_date(value: str) -> str:
    """The day of a recording as 2031-04-12.

    >>> _iso_date("12-APR-2031")
    '2031-04-12'
    """
    match = _DATE.fullmatch(value)
    if match is None or match[2].upper() not in _MONTHS:
        return value
    return f"{match[3]}-{_MONTHS.index(match[2].upper()) + 1:02}-{int(match[1]):02}"


def _odd_line(content: Content, number: int, line: str, what: str) -> ReadError:
    return ReadError(
        f"{content.name}, line {number}: {line[:30]!r} {what}. Begin a line that goes on with the one above with a tab."
    )


def _recognises(content: Content) -> bool:
    if content.suffix == ".cha":
        return True
    return bool(_BEGIN.match(content.head) and (_SPEECH.search(content.head) or "\n@Participants" in content.head))


FORMAT = Format(
    name="cha",
    label={"zh": "CHAT 转录", "en": "CHAT transcript"},
    suffixes=(".cha",),
    recognises=_recognises,
    read=read_chat,
)
