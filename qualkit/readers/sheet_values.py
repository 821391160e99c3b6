"""Look at the XML of an Excel sheet: cells that have no value to read, and rows that are hidden."""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise

from qualkit.errors import ReadError

_SOME_SHOWN = 5

# Tokens without "<" inside, so that each byte is looked at once.
_TOKEN = re.compile(rb"<(?:\w+:)?(row|c|f|v)(?=[\s/>])([^<>]*)>([^<]{0,20})|<(/)(?:\w+:)?c\s*>")
# One letter is found ten times faster than a pattern: most sheets have few of these.
_LETTERS = (b"e", b"f")
_FEW = 20_000
_MAY_LACK = re.compile(rb"<(?:\w+:)?f[\s/>]|\st\s*=\s*[\"']e[\"']")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*?\b\w{1,20}:id\s*=\s*[\"']([^\"'<>]*)[\"']")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^<>]*)>")


def sheet_parts(workbook: bytes, relations: bytes) -> list[str | None]:
    """The archive's part of each sheet, by the workbook and its relations; ``None`` where they do not say."""
    targets = {_attribute(one[1], "Id"): _attribute(one[1], "Target") for one in _RELATION.finditer(relations)}
    found = (targets.get(sheet[1]) for sheet in _SHEET.finditer(workbook))
    return [None if target is None else _in_archive(target.decode("utf-8", "replace")) for target in found]


def hidden_rows(content: bytes) -> frozenset[int]:
    """The rows of a sheet that its author hid, counted from 0."""
    number, hidden = 0, set()
    for row in _ROW.finditer(content) if b"hidden" in content else ():
        given = _attribute(row[1], "r")
        number = int(given) if given.isdigit() and len(given) < 9 else number + 1
        if _attribute(row[1], "hidden") in (b"1", b"true"):
            hidden.add(number - 1)
    return frozenset(hidden)


def require_values(content: bytes, name: str) -> None:
    """Raise ``ReadError`` with the places of cells that show an error or hold a formula without its value.

    Read as blank they would count as "not answered".
    """
    if not _may_lack(content):
        return
    errors: list[str] = []
    uncalculated: list[str] = []
    row = column = 0
    place, kind, has_formula, value = "", b"", False, None
    for token in _TOKEN.finditer(content):
        if token[1] == b"row":
            row, column = row + 1, 0
        elif token[1] == b"c":
            column += 1
            kind, has_formula, value = _attribute(token[2], "t"), False, None
            place = _attribute(token[2], "r").decode("ascii", "replace") or f"cell {column} of row {row}"
            if kind == b"e":
                errors.append(place)
        elif token[1] == b"f":
            has_formula = True
        elif token[1] == b"v":
            value = token[3].strip()
            if kind == b"e" and errors and value:
                errors[-1] = f"{place} ({value.decode('utf-8', 'replace')})"
        elif has_formula and kind != b"e" and (value is None or (not value and kind != b"str")):
            uncalculated.append(place)
    if errors:
        raise ReadError(
            f"{name}: an error stands in {_some(errors)}. Correct it in Excel, or empty the cell if there is no value."
        )
    if uncalculated:
        raise ReadError(
            f"{name}: the formula in {_some(uncalculated)} has no stored value. "
            "Open the file in Excel, which calculates it, and save it again."
        )


def _may_lack(content: bytes) -> bool:
    if all(content.count(letter) < _FEW for letter in _LETTERS):
        before_f = {piece[-1:] for piece in content.split(b"f")}
        around_e = {(piece[-1:], following[:1]) for piece, following in pairwise(content.split(b"e"))}
        if before_f.isdisjoint((b"<", b":")) and around_e.isdisjoint(((b'"', b'"'), (b"'", b"'"))):
            return False
    return _MAY_LACK.search(content) is not None


def _in_archive(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _attribute(attributes: bytes, name: str) -> bytes:
    match = re.search(rb"(?<![\w:.-])" + name.encode() + rb"\s*=\s*[\"']([^\"'<>]*)[\"']", attributes)
    return match[1].strip() if match else b""


def _some(places: list[str]) -> str:
    more = f" and {len(places) - _SOME_SHOWN:,} more" if len(places) > _SOME_SHOWN else ""
    return ", ".join(places[:_SOME_SHOWN]) + more
