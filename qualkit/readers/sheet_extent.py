"""How far the cells of an Excel sheet reach, before the sheet is unfolded."""

from __future__ import annotations

import re

import numpy as np

_CELL_PLACE = re.compile(rb"(?<![\w:.-])r\s*=\s*[\"']\s*([A-Za-z]*+)([0-9]++)\s*[\"']")

_QUOTES = np.zeros(256, dtype=bool)
_QUOTES[list(b"\"'")] = True
_BLANKS = np.zeros(256, dtype=bool)
_BLANKS[list(b" \t\r\n")] = True
_LETTERS = np.zeros(256, dtype=np.int32)
_LETTERS[list(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")] = _LETTERS[list(b"abcdefghijklmnopqrstuvwxyz")] = range(1, 27)
_DIGITS = np.full(256, -1, dtype=np.int32)
_DIGITS[list(b"0123456789")] = range(10)

_MOST_LETTERS = 3
_MOST_DIGITS = 7
# What is looked at together stays in the processor's own memory.
_PIECE = 1 << 18
_BEFORE = 2
# Enough room behind the last byte to look at a whole reference.
_ROOM = bytes(_MOST_LETTERS + _MOST_DIGITS + 3)


def sheet_extent(content: bytes) -> tuple[int, int]:
    """The last row and the last column that a sheet's XML names; at least (1, 1).

    >>> sheet_extent(b'<row r="2"><c r="B2"/><c t="s" r="AA2"/></row>')
    (2, 27)
    """
    plain = _plain_extent(content)
    return _any_extent(content) if plain is None else plain


def _plain_extent(content: bytes) -> tuple[int, int] | None:
    # Where references are written as spreadsheet programs do; None for other spellings.
    n_rows = n_columns = 1
    for start in range(0, len(content), _PIECE):
        found = _piece_extent(content[max(start - _BEFORE, 0) : start + _PIECE + len(_ROOM)], is_first=start == 0)
        if found is None:
            return None
        n_rows, n_columns = max(n_rows, found[0]), max(n_columns, found[1])
    return n_rows, n_columns


def _piece_extent(piece: bytes, *, is_first: bool) -> tuple[int, int] | None:
    # All references that begin in a piece, at once; with it come the bytes before and behind that they need.
    data = np.frombuffer(piece + _ROOM, dtype=np.uint8)
    begin = 0 if is_first else _BEFORE
    equals = np.flatnonzero(data[begin : begin + _PIECE] == ord("=")) + begin
    equals = equals[equals > 1]
    if _BLANKS[data[equals - 1]].any() or _BLANKS[data[equals + 1]].any():
        return None
    named_r = equals[data[equals - 1] == ord("r")]
    before = data[named_r - 2]
    places = named_r[(_BLANKS[before] | _QUOTES[before]) & _QUOTES[data[named_r + 1]]] + 2
    columns, places = _read_number(data, places, _LETTERS, base=26, least=1, most=_MOST_LETTERS)
    rows, places = _read_number(data, places, _DIGITS, base=10, least=0, most=_MOST_DIGITS)
    if not _QUOTES[data[places]].all():
        return None
    return int(rows.max(initial=1)), int(columns.max(initial=1))


def _read_number(
    data: np.ndarray, places: np.ndarray, values: np.ndarray, *, base: int, least: int, most: int
) -> tuple[np.ndarray, np.ndarray]:
    # The number that begins at each place, and where it ends.
    numbers = np.zeros(len(places), dtype=np.int32)
    for _ in range(most):
        digits = values[data[places]]
        is_digit = digits >= least
        if not is_digit.any():
            break
        numbers = np.where(is_digit, base * numbers + digits, numbers)
        places = places + is_digit
    return numbers, places


def _any_extent(content: bytes) -> tuple[int, int]:
    n_rows = n_columns = 1
    for letters, row in _CELL_PLACE.findall(content):
        # Twelve letters and twenty digits are beyond all sheets already.
        n_rows = max(n_rows, int(row.lstrip(b"0")[:20] or b"0"))
        column = 0
        for letter in letters.upper()[:12]:
            column = 26 * column + letter - ord("A") + 1
        n_columns = max(n_columns, column)
    return n_rows, n_columns
