"""Who speaks in the cues of a subtitle file: names in the words, and captions that show each line twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qualkit.readers.cue_text import strip_markup
from qualkit.readers.cues import Cue
from qualkit.readers.labels import is_phrase
from qualkit.readers.pieces import Piece, on_one_line, speaker_name
from qualkit.readers.speakers import find_speaker_labels

# Zoom writes `Name: words` into the cue, whatever name the person goes by.
_NAMED = re.compile(r"\s*(?P<name>[^\s:：。！？!?\n][^:：。！？!?\n]{0,59}): +(?=\S)")

# So many cues have to begin with a name before any text before a colon is one.
_LEAST_NAMED = 0.8

_DASH = re.compile(r"[-–—]\s*\S")
_INLINE_TIME = re.compile(r"<\d{1,4}:[\d:.]{4,12}>")


def pieces_of(cues: Sequence[Cue]) -> list[tuple[Cue, Piece]]:
    """The pieces of cues in which speakers, if any, are named in the words."""
    lines = [[strip_markup(line) for line in cue.lines] for cue in cues]
    named = [_NAMED.match(one[0]) if one else None for one in lines]
    n_filled = sum(1 for one in lines if any(map(str.strip, one)))
    n_named = sum(1 for match in named if match)
    if n_named >= 2 and n_named >= _LEAST_NAMED * n_filled:
        return [(cue, _zoom_piece(cue, match, one)) for cue, match, one in zip(cues, named, lines, strict=True)]
    return _labelled_pieces(cues, lines)


def _zoom_piece(cue: Cue, match: re.Match[str] | None, lines: Sequence[str]) -> Piece:
    # Zoom leaves the name out of some cues; they may well be somebody else's.
    words = "\n".join(lines)
    if match is None or is_phrase(match["name"]):
        return Piece(words=on_one_line(words), time_ms=cue.start_ms)
    return Piece(
        words=on_one_line(words[match.end() :]),
        speaker=speaker_name(match["name"].strip("[]【】")),
        time_ms=cue.start_ms,
    )


def _labelled_pieces(cues: Sequence[Cue], lines: Sequence[Sequence[str]]) -> list[tuple[Cue, Piece]]:
    # A line without a label goes on with the speaker before it, as in a typed transcript.
    flat = [(cue, line) for cue, one in zip(cues, lines, strict=True) for line in map(on_one_line, one) if line]
    labels = find_speaker_labels([line for _, line in flat])
    pieces: list[tuple[Cue, Piece]] = []
    speaker, part = None, 0
    for number, (cue, line) in enumerate(flat):
        # "- Hi." below "- Hello." is another person; other lines of a cue are one sentence.
        part = number if _DASH.match(line) else part
        label = labels.get(number)
        speaker = label.speaker if label else speaker
        words = (line[label.words :] if label else line).strip()
        utterance = f"{cue.line} {part}" if speaker is None else None
        pieces.append((cue, Piece(words=words, speaker=speaker, time_ms=cue.start_ms, utterance=utterance)))
    return pieces


def drop_rolled(cues: Sequence[Cue]) -> bool:
    """Leave out the lines that captions show a second time while they roll; whether there were such.

    Captions roll when words carry times of their own, or when cues of several lines begin with the
    line that the cue before ended with.
    """
    shown = [[line for line in map(_plain, cue.lines) if line] for cue in cues]
    rolled = sum(len(now) > 1 and now[0] in last[-1:] for last, now in pairwise(shown))
    have_times = any(_INLINE_TIME.search(line) for cue in cues for line in cue.lines)
    if not rolled or (not have_times and (rolled < 3 or rolled < 0.3 * len(cues))):
        return False
    before: list[str] = []
    for cue, now in zip(cues, shown, strict=True):
        cue.lines = now[_n_repeated(before, now) :]
        before = now or before
    return True


def _plain(line: str) -> str:
    return " ".join(strip_markup(line).split())


def _n_repeated(before: Sequence[str], now: Sequence[str]) -> int:
    # How many lines on top of this cue are those at the foot of the one before? Captions show two or three.
    return next((n for n in range(min(len(before), len(now), 4), 0, -1) if before[-n:] == now[:n]), 0)
