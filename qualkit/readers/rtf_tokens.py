"""Part an RTF file into its groups, control words and characters."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from qualkit.errors import ReadError

_MOST_TOKENS = 2_000_000

# A control word with its number, bytes written as \'hh, a control symbol, a brace, or plain bytes.
_TOKEN = (
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})? ?"
    rb"|(?P<hex>(?:\\'[0-9a-fA-F]{2})+)"
    rb"|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|[\r\n\x00]+"
    rb"|(?P<plain>%s)"
    rb"|\\"
)
_PLAIN = rb"[^\\{}\r\n\x00]+"
# The second byte of a Chinese character may be that of a brace or backslash.
_PLAIN_DOUBLE = rb"(?:[\x81-\xfe][\x30-\xfe]|[^\\{}\r\n\x00])+"
_DOUBLE = ("gb18030", "cp950", "cp932", "cp949")

_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}


# Kind (word, symbol, text, { or }), word or symbol, number of a word, bytes of a text.
Token = tuple[str, str, int | None, bytes]


def find_codec(data: bytes) -> str:
    """The encoding an RTF file names at its head, Western when it names none.

    >>> find_codec(rb"{\\rtf1\\ansi\\ansicpg936 ")
    'gb18030'
    """
    head = data[:2000]
    if match := re.search(rb"\\ansicpg([0-9]{1,5})", head):
        return _codec_of_page(int(match[1]))
    if re.search(rb"\\mac\b", head):
        return "mac_roman"
    return "cp437" if re.search(rb"\\pc\b", head) else "cp1252"


def codec_of_charset(number: int) -> str | None:
    """The encoding of a font's character set; ``None`` where it is that of the file."""
    return _CHARSETS.get(number)


def is_double(codec: str | None) -> bool:
    """Whether an encoding writes characters in two bytes."""
    return codec in _DOUBLE


def find_tokens(data: bytes, name: str, codec: str) -> Iterator[Token]:
    """The pieces of a file in order; binary pictures are passed over."""
    token = re.compile(_TOKEN % (_PLAIN_DOUBLE if is_double(codec) else _PLAIN))
    place = n_tokens = 0
    while match := token.match(data, place):
        place = match.end()
        n_tokens += 1
        if n_tokens > _MOST_TOKENS:
            raise ReadError(f"{name} has too much markup. Split it, one interview or record per file.")
        kind = match.lastgroup
        if kind == "word":
            yield "word", match["word"].decode(), None, b""
        elif kind == "number":
            word, number = match["word"].decode(), int(match["number"])
            if word != "bin":
                yield "word", word, number, b""
            else:
                place += max(number, 0)
        elif kind == "hex":
            yield "text", "", None, bytes.fromhex(match["hex"].replace(b"\\'", b"").decode())
        elif kind == "plain":
            yield "text", "", None, match["plain"]
        elif kind == "brace":
            yield match["brace"].decode(), "", None, b""
        elif kind == "symbol":
            yield "symbol", match["symbol"].decode("latin-1"), None, b""


def _codec_of_page(number: int) -> str:
    if number == 936:
        return "gb18030"
    name = "utf-8" if number == 65001 else f"cp{number}"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
