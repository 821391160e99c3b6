"""Walk through an SPSS file by its records before it is read: a damaged or hostile one is refused here."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from qualkit.errors import ReadError

_MAGIC = (b"$FL2", b"$FL3")
_HEADER = 176
_VARIABLE, _LABELS, _LABELLED, _DOCUMENT, _EXTENSION, _END = 2, 3, 4, 6, 7, 999
_CODE_PAGE_RECORD, _ENCODING_RECORD = 3, 20

_MOST_VARIABLES = 20_000
_MOST_RECORDS = 100_000
_MOST_CELLS = 2_500_000
_MOST_UNPACKED = 200_000_000
_LONGEST_LABEL = 65_536
_MOST_LABELS = 100_000

_REMEDY = "Open it in SPSS, PSPP or JASP and save it again, or export it as .csv."


@dataclass(frozen=True, slots=True, kw_only=True)
class SavLayout:
    """What the records of an SPSS file say: how many variables and cases, and in which encoding."""

    n_variables: int
    n_cases: int
    encoding: str

    @property
    def most_rows(self) -> int:
        """How many rows may be read at most; one more shows that the file has too many."""
        return _MOST_CELLS // max(self.n_variables, 1) + 1


def is_sav(data: bytes) -> bool:
    """Whether the bytes begin as an SPSS system file.

    >>> is_sav(b"$FL2@(#) SPSS"), is_sav(b"a,b")
    (True, False)
    """
    return data.startswith(_MAGIC)


def read_layout(data: bytes, name: str) -> SavLayout:
    """The layout of a ``.sav`` or ``.zsav`` file; ``ReadError`` with the byte where its records make no sense."""
    return _Walk(data, name).layout()


def require_few_cells(n_rows: int, n_variables: int, name: str) -> None:
    """Raise ``ReadError`` for more answers than any study has."""
    if n_rows * n_variables > _MOST_CELLS:
        raise ReadError(
            f"{name} has {n_variables:,} variables for {n_rows:,} people or more; up to {_MOST_CELLS:,} answers are "
            "read. Save only the variables you need."
        )


class _Walk:
    # The place in the file goes forward with every read and never beyond the end.
    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.name = name
        self.place = 0
        self.order = "<"
        self.n_slots = 0
        self.n_variables = 0
        self.encoding = ""
        self.code_page = 0

    def layout(self) -> SavLayout:
        compression, n_cases = self._header()
        for _ in range(_MOST_RECORDS):
            kind = self._int("the kind of a record")
            if kind == _END:
                self._int("the end of the dictionary")
                break
            self._record(kind)
        else:
            raise self._damaged(f"more than {_MOST_RECORDS:,} records")
        if not self.n_variables:
            raise self._damaged("no variables")
        self._check_data(compression, n_cases)
        encoding = self.encoding or {936: "gb18030", 950: "big5", 65001: "utf-8", 1252: "windows-1252"}.get(
            self.code_page, ""
        )
        return SavLayout(n_variables=self.n_variables, n_cases=n_cases, encoding=encoding)

    def _header(self) -> tuple[int, int]:
        if len(self.data) < _HEADER:
            raise self._damaged("the file ends within its header")
        if struct.unpack_from("<i", self.data, 64)[0] not in (2, 3):
            self.order = ">"
        layout, _, compression, _, n_cases = struct.unpack_from(f"{self.order}5i", self.data, 64)
        if layout not in (2, 3) or compression not in (0, 1, 2) or n_cases < -1:
            raise self._damaged("its header makes no sense", 64)
        self.place = _HEADER
        return compression, n_cases

    def _record(self, kind: int) -> None:
        if kind == _VARIABLE:
            self._variable()
        elif kind == _LABELS:
            for _ in range(self._count("value labels", _MOST_LABELS)):
                self._skip(8, "a value")
                length = self._take(1, "a value label")[0]
                self._skip((length + 8) // 8 * 8 - 1, "a value label")
        elif kind == _LABELLED:
            self._skip(4 * self._count("labelled variables", _MOST_VARIABLES * 100), "the labelled variables")
        elif kind == _DOCUMENT:
            self._skip(80 * self._count("lines of a note", _MOST_LABELS), "a note")
        elif kind == _EXTENSION:
            self._extension()
        else:
            raise self._damaged(f"a record of the kind {kind}", self.place - 4)

    def _variable(self) -> None:
        width = self._int("the type of a variable")
        has_label = self._int("a variable")
        n_missing = self._int("a variable")
        if not -1 <= width <= 255 or has_label not in (0, 1) or not -3 <= n_missing <= 3:
            raise self._damaged("a variable that makes no sense", self.place - 12)
        self._skip(16, "a variable")
        if has_label:
            self._skip((self._count("letters in a label", _LONGEST_LABEL) + 3) // 4 * 4, "a label")
        self._skip(8 * abs(n_missing), "missing values")
        self.n_slots += 1
        self.n_variables += width >= 0
        if self.n_slots > 50 * _MOST_VARIABLES or self.n_variables > _MOST_VARIABLES:
            raise self._damaged(f"more than {_MOST_VARIABLES:,} variables")

    def _extension(self) -> None:
        kind = self._int("an extension")
        size = self._count("the size of an extension", len(self.data))
        content = self._take(size * self._count("parts of an extension", len(self.data)), "an extension")
        if kind == _ENCODING_RECORD:
            self.encoding = content[:40].decode("ascii", "ignore").strip(" \0")
        elif kind == _CODE_PAGE_RECORD and len(content) == 32:
            self.code_page = struct.unpack_from(f"{self.order}i", content, 28)[0]

    def _check_data(self, compression: int, n_cases: int) -> None:
        left = len(self.data) - self.place
        require_few_cells(max(n_cases, 0), self.n_variables, self.name)
        if compression == 2:
            self._check_blocks()
        elif n_cases > 0 and left < n_cases * self.n_slots * (8 if compression == 0 else 1):
            raise self._damaged(f"the answers of {n_cases:,} people do not fit into what is left of the file")

    def _check_blocks(self) -> None:
        # The packed blocks are listed at the end, each with its size before and after.
        _, trailer, length = struct.unpack(f"{self.order}3q", self._take(24, "the packed answers"))
        if trailer < self.place or length < 24 or trailer + length > len(self.data):
            raise self._damaged("the list of the packed answers lies outside of the file")
        self.place = trailer
        self._skip(20, "the list of the packed answers")
        n_blocks = self._count("packed blocks", _MOST_RECORDS)
        if 24 * (n_blocks + 1) != length:
            raise self._damaged("the list of the packed answers has another length")
        unpacked = 0
        for _ in range(n_blocks):
            _, start, size, packed = struct.unpack(f"{self.order}2q2i", self._take(24, "a packed block"))
            if size < 0 or packed < 0 or start < 0 or start + packed > len(self.data):
                raise self._damaged("a packed block lies outside of the file")
            unpacked += size
        if unpacked > _MOST_UNPACKED:
            raise ReadError(
                f"{self.name} would unpack to {unpacked:,} bytes, more than {_MOST_UNPACKED:,}: refused as a zip bomb. "
                "Save only the variables you need."
            )

    def _int(self, what: str) -> int:
        return struct.unpack(f"{self.order}i", self._take(4, what))[0]

    def _count(self, what: str, most: int) -> int:
        number = self._int(what)
        if not 0 <= number <= most:
            raise self._damaged(f"{number:,} {what}", self.place - 4)
        return number

    def _skip(self, length: int, what: str) -> None:
        if self.place + length > len(self.data):
            raise self._damaged(f"the file ends within {what}")
        self.place += length

    def _take(self, length: int, what: str) -> bytes:
        start = self.place
        self._skip(length, what)
        return self.data[start : self.place]

    def _damaged(self, what: str, place: int | None = None) -> ReadError:
        place = self.place if place is None else place
        return ReadError(f"{self.name}, byte {place:,}: damaged ({what}). {_REMEDY}")
