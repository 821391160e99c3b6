"""Ticks, crosses and boxes that Word keeps as characters of a symbol font."""

from __future__ import annotations

# Of the fonts Wingdings and Wingdings 2, by the character's code without the 0xF000 that Word adds.
_SYMBOLS = {
    "wingdings": {
        0x6C: "●",
        0x6E: "■",
        0x6F: "□",
        0xA8: "□",
        0xAB: "★",
        0xE0: "→",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
        0x4A: "☺",
        0x4C: "☹",
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"},
}


def find_symbol(font: str, code: str) -> str:
    """The character that looks like a symbol; empty for one that has no like.

    >>> find_symbol("Wingdings", "F0FC"), find_symbol("Wingdings 2", "F052"), find_symbol("Arial", "2713")
    ('✓', '☑', '✓')
    """
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    table = _SYMBOLS.get(font.lower())
    if table is not None:
        return table.get(number & 0xFF, "")
    is_plain = 0x20 <= number < 0xD800 or 0xF900 <= number < 0xFFFE
    return chr(number) if is_plain else ""
