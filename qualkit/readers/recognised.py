"""The draft of a source from pieces of speech, with comments where the recogniser's words may be wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualkit.errors import ReadError
from qualkit.readers.content import Content
from qualkit.readers.doubts import describe_doubts, doubt_notes, find_doubts
from qualkit.readers.format import Draft
from qualkit.readers.pieces import Piece, join_pieces, require_size

# A recogniser may list each word: these are thirty hours of speech.
_MOST_PIECES = 300_000


def draft_pieces(
    content: Content,
    pieces: Sequence[Piece],
    *,
    meta: Mapping[str, str] | None = None,
    odd: Sequence[str] = (),
    stock_phrases: bool = True,
) -> Draft:
    """Join the pieces to turns; ``meta["odd"]`` says what was odd and what to compare with the recording."""
    pieces = [piece for piece in pieces if piece.words]
    if not pieces:
        raise ReadError(f"{content.name} has no words in it. Export the transcript again.")
    require_size(len(pieces), content.name, most=_MOST_PIECES)
    joined = join_pieces(pieces)
    doubts = find_doubts(pieces, stock_phrases=stock_phrases)
    remarks = [*odd, *([describe_doubts(doubts)] if doubts else [])]
    known = {key: value for key, value in (meta or {}).items() if value}
    if remarks:
        known["odd"] = "; ".join(remarks)
    return Draft(
        text=joined.text,
        turns=joined.turns,
        meta=known,
        notes=doubt_notes(doubts, joined),
        encoding=content.encoding,
    )
