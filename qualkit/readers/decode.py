"""Bytes become text: UTF-8 and UTF-16, then GB18030, then Big5; never Korean, never Western."""

from __future__ import annotations

import codecs
import re

from qualkit.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with BOM"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)

_OTHER_KINDS = (
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0", "an old or password-protected Office file"),
    (b"%PDF", "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)

_REMEDY = "Open it in the program that wrote it and save it again as UTF-8 text."

# Enough to tell one encoding from another.
_PROBE = 20_000

_MOST_LINES = 100_000

_PLAIN_ASCII = re.compile(r"[\t\r\n -~]+")

_ASCII_LETTER = re.compile("[A-Za-z]")
_ACCENTED = re.compile("[\u00c0-\u024f]")

_HANGUL = re.compile("[\uac00-\ud7a3]")
_FEW = 20

_SURROGATE = re.compile("[\ud800-\udfff]")

# Control characters, signs without width, and those that turn the direction of writing.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def decode_text(data: bytes, name: str) -> tuple[str, str]:
    """Decode a text file; ``name`` is used in messages.

    Tried in this order: byte order mark, UTF-8, GB18030 when it gives everyday Chinese, Big5 or
    UTF-16 when they clearly do, GB18030. Line ends become ``\\n``, the byte order mark goes, NUL
    and lone surrogates become U+FFFD; nothing else is changed.

    Returns
    -------
    text, encoding
        ``encoding`` is one of UTF-8, UTF-8 with BOM, UTF-16, UTF-32, GB18030, Big5.

    >>> decode_text("你好\\r\\n".encode("gb18030"), "A1.txt")
    ('你好\\n', 'GB18030')
    """
    for magic, kind in _OTHER_KINDS:
        if data.startswith(magic):
            raise ReadError(f"{name} is {kind}, not a text file. Give it the ending of its kind, or save it as text.")
    for bom, codec, label in _BOMS:
        if data.startswith(bom):
            return clean_text(_decode(data[len(bom) :], codec, name, offset=len(bom), label=label)), label
    codec, label = _guess(data, name)
    return clean_text(_decode(data, codec, name, offset=0, label=label)), label


def clean_text(text: str) -> str:
    """Line ends as ``\\n``, NUL and lone surrogates as U+FFFD; all other characters stay.

    >>> clean_text("a\\r\\nb\\rc\\x00")
    'a\\nb\\nc\\ufffd'
    """
    if _SURROGATE.search(text):
        # A pair written as two halves is one character; a lone half has no meaning.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")


def drop_invisible(text: str) -> str:
    """``text`` without the characters that nobody sees: two names that look alike are one.

    >>> drop_invisible("A\u200b3\u202e")
    'A3'
    """
    return text if text.isascii() and text.isprintable() else _INVISIBLE.sub("", text)


def looks_chinese(data: bytes) -> bool:
    """Whether bytes are valid GB18030 and mostly everyday Chinese where they are not ASCII.

    >>> looks_chinese("性别".encode("gbk")), looks_chinese("Frühstück".encode("latin-1"))
    (True, False)
    """
    return _first_error(data, "gb18030") is None and _commonness(data, "gb18030") >= 0.8


def _decode(data: bytes, codec: str, name: str, *, offset: int, label: str) -> str:
    try:
        return data.decode(codec, "surrogatepass" if codec.startswith("utf") else "strict")
    except UnicodeDecodeError as error:
        raise ReadError(f"{name}, byte {error.start + offset}: not valid {label}. {_REMEDY}") from error


def _guess(data: bytes, name: str) -> tuple[str, str]:
    utf8 = _first_error(data, "utf-8")
    chinese = _first_error(data, "gb18030")
    commonness = _commonness(data, "gb18030") if chinese is None else 0.0
    if utf8 is None and not _looks_like_spaced_ascii(data) and not (chinese is None and _is_no_language(data)):
        return "utf-8", "UTF-8"
    if commonness >= 0.8:
        return "gb18030", "GB18030"
    rivals = [("big5", "Big5", "big5"), ("utf-16-le", "UTF-16", "gb2312"), ("utf-16-be", "UTF-16", "gb2312")]
    for codec, label, everyday in rivals:
        rival = 0.0 if _first_error(data, codec) is not None else _commonness(data, codec, everyday)
        if rival >= 0.9 and rival > commonness + 0.2:
            return codec, label
    _refuse_two_encodings(data, name)
    if chinese is None:
        return "gb18030", "GB18030"
    place = max(utf8 or 0, chinese)
    raise ReadError(f"{name}, byte {place}: neither UTF-8 nor GB18030 text. {_REMEDY}")


def _refuse_two_encodings(data: bytes, name: str) -> None:
    # Two files put together with one program or another: some lines are Chinese in UTF-8, some in GB18030.
    first: str | None = None
    for number, line in enumerate(data.splitlines(), start=1):
        if line.isascii() or number > _MOST_LINES:
            continue
        label = "UTF-8" if _first_error(line, "utf-8") is None else "GB18030"
        if _first_error(line, label) is not None or _commonness(line, label) < 0.8:
            continue
        first = first or label
        if label != first:
            raise ReadError(
                f"{name}, line {number}: {label}, while the lines above are {first}: two files in one. "
                "Open each part in the program that wrote it and save it as UTF-8 text."
            )


def _first_error(data: bytes, codec: str) -> int | None:
    try:
        data.decode(codec, "surrogatepass" if codec.startswith("utf") else "strict")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _looks_like_spaced_ascii(data: bytes) -> bool:
    # "a\0b\0" is valid UTF-8 and yet UTF-16: every other byte is NUL.
    probe = data[:_PROBE]
    return len(data) % 2 == 0 and max(probe[::2].count(0), probe[1::2].count(0)) > 0.3 * len(probe)


def _is_no_language(data: bytes) -> bool:
    # The two bytes of 强 are also those of ǿ in UTF-8. Accented letters without any plain one are no language;
    # nor is a word or two of Hangul, which may be two rare characters as well.
    text = data[:_PROBE].decode("utf-8", "ignore")
    is_short = len(text) < _FEW
    if is_short and _HANGUL.search(text):
        return True
    return bool(_ACCENTED.search(text)) and (is_short or max(text) <= "\u07ff") and not _ASCII_LETTER.search(text)


def _commonness(data: bytes, codec: str, everyday: str = "gb2312") -> float:
    # Leaving plain ASCII aside: which share is punctuation or a first-level (everyday) Han character?
    text = _PLAIN_ASCII.sub("", data[:_PROBE].decode(codec, "ignore"))
    return sum(_is_common(character, everyday) for character in text) / len(text) if text else 1.0


def _is_common(character: str, everyday: str) -> bool:
    if "\u3000" <= character <= "\u301f" or "\uff01" <= character <= "\uff5e" or character in "—…“”‘’·":
        return True
    try:
        encoded = character.encode(everyday)
    except UnicodeEncodeError:
        return False
    first, last = (0xB0, 0xD7) if everyday == "gb2312" else (0xA4, 0xC6)
    return len(encoded) == 2 and first <= encoded[0] <= last
