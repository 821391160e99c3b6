"""Find the cells of an Excel sheet that have no value to read: errors, and formulas that were never calculated."""

from __future__ import annotations

import posixpath
import re

from qualkit.errors import ReadError

_SOME_SHOWN = 5

# Tokens without "<" inside, so that each byte is looked at once.
_TOKEN = re.compile(rb"<(?:\w+:)?(row|c|f|v)(?=[\s/>])([^<>]*)>([^<]{0,20})|<(/)(?:\w+:)?c\s*>")
_MAY_LACK = re.compile(rb"<(?:\w+:)?f[\s/>]|\st\s*=\s*[\"']e[\"']")
_FIRST_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*?\b\w{1,20}:id\s*=\s*[\"']([^\"'<>]*)[\"']")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")


def first_sheet(workbook: bytes, relations: bytes) -> str | None:
    """The archive's part with the first sheet, by the workbook and its relations; ``None`` when they do not say."""
    sheet = _FIRST_SHEET.search(workbook)
    for relation in _RELATION.finditer(relations) if sheet else ():
        if sheet and _attribute(relation[1], "Id") == sheet[1]:
            target = _attribute(relation[1], "Target").decode("utf-8", "replace")
            return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return None


def require_values(content: bytes, name: str) -> None:
    """Raise ``ReadError`` with the places of cells that show an error or hold a formula without its value.

    Read as blank they would count as "not answered".
    """
    if not _MAY_LACK.search(content):
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


def _attribute(attributes: bytes, name: str) -> bytes:
    match = re.search(rb"(?<![\w:.-])" + name.encode() + rb"\s*=\s*[\"']([^\"'<>]*)[\"']", attributes)
    return match[1].strip() if match else b""


def _some(places: list[str]) -> str:
    more = f" and {len(places) - _SOME_SHOWN:,} more" if len(places) > _SOME_SHOWN else ""
    return ", ".join(places[:_SOME_SHOWN]) + more
