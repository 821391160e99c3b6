"""Name the kinds of files that hold no text qualkit can read, each with the way to save it so that it can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qualkit.readers.content import Content

_OLE = b"\xd0\xcf\x11\xe0"
_WIDE = "utf-16-le"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file: its endings, what its content shows, what it is called, and what to do."""

    suffixes: tuple[str, ...]
    shows: Callable[[Content], bool]
    words: str
    remedy: str


def _begins(*magic: bytes, at: int = 0) -> Callable[[Content], bool]:
    return lambda content: content.data[at:].startswith(magic)


def _in_ole(*streams: str) -> Callable[[Content], bool]:
    # The names of the streams stand in the directory of the file.
    names = [stream.encode(_WIDE) for stream in streams]
    return lambda content: content.data.startswith(_OLE) and any(name in content.data for name in names)


def _has_member(*names: str) -> Callable[[Content], bool]:
    return lambda content: any(member.endswith(name) for member in content.members for name in names)


def _never(_: Content) -> bool:
    return False


_WORD = "Open it in Word, WPS or LibreOffice and save it as .docx (另存为 → Word 文档)."
_EXCEL = "Open it in Excel, WPS or LibreOffice and save it as .xlsx; tables are read as observations or questionnaires."
_PROJECT = "Open it in its program and export the project as REFI-QDA (.qdpx), or the documents as .docx."
_SPEECH = "Have it transcribed first (讯飞听见, 飞书妙记, 通义听悟, Whisper …) and import what was said (.txt, .srt)."
_PICTURE = "Let a program with OCR (文字识别) read it, check the result, and save it as .docx or .txt."
_UNLOCK = "Open it, remove the password and save it again."
_PAGES = "Export it as Word (.docx)."
_UNPACK = "Unpack it and import what is in it."
_BOOK = "Open it and save its text as .docx or .txt."

# What a file shows counts before its ending.
_KINDS = (
    _Kind((), _in_ole("EncryptedPackage"), "protected by a password", _UNLOCK),
    _Kind((".doc", ".dot"), _in_ole("WordDocument"), "a Word file of before 2007", _WORD),
    _Kind((".xls", ".xlt"), _in_ole("Workbook", "Book"), "an Excel file of before 2007", _EXCEL),
    _Kind((".ppt", ".pps"), _in_ole("PowerPoint Document"), "a PowerPoint file of before 2007", _BOOK),
    _Kind((".msg",), _in_ole("__properties_version1.0"), "a message of Outlook", _BOOK),
    _Kind((".wps",), _never, "a file of WPS in its own format", _WORD),
    _Kind((".pages",), _has_member("Index/Document.iwa", "index.xml"), "a Pages document", _PAGES),
    _Kind((".epub",), _begins(b"application/epub+zip", at=38), "an e-book", _BOOK),
    _Kind((".pptx", ".ppt"), _has_member("ppt/presentation.xml"), "a presentation", _BOOK),
    _Kind((".xlsx", ".xlsm", ".xlsb"), _has_member("xl/workbook.xml", "xl/workbook.bin"), "an Excel file", _EXCEL),
    _Kind((".ods",), _begins(b"application/vnd.oasis.opendocument.spreadsheet", at=38), "a spreadsheet", _EXCEL),
    _Kind((".mht", ".mhtml"), _begins(b"MIME-Version:", b"From: <Saved by"), "a page saved as one file", _WORD),
    _Kind((".nvp", ".nvpx", ".nvcx"), _never, "an NVivo project", _PROJECT),
    _Kind(
        (".mx", ".mx12", ".mx18", ".mx20", ".mx22", ".mx24", ".mex", ".mex24", ".mx5"),
        _never,
        "a MAXQDA project",
        _PROJECT,
    ),
    _Kind((".atlproj", ".atlproj9", ".atlproj22", ".hpr7", ".atlcb"), _never, "an ATLAS.ti project", _PROJECT),
    _Kind((".qdpx", ".qda", ".sqlite3"), _begins(b"SQLite format 3"), "a whole project, not a text", _PROJECT),
    _Kind(
        (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".svg"),
        _begins(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM\x00", b"II*\x00", b"MM\x00*"),
        "a picture",
        _PICTURE,
    ),
    _Kind(
        (".mp3", ".wav", ".m4a", ".aac", ".wma", ".amr", ".ogg", ".opus", ".flac"),
        _begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"#!AMR", b"OggS", b"fLaC"),
        "a recording",
        _SPEECH,
    ),
    _Kind(
        (".mp4", ".mov", ".avi", ".mkv", ".wmv", ".flv", ".webm", ".m4v"),
        _begins(b"ftyp", at=4),
        "a film",
        _SPEECH,
    ),
    _Kind((), _begins(b"RIFF"), "a recording or a film", _SPEECH),
    _Kind((".rar", ".7z", ".gz", ".tar"), _begins(b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"), "a packed folder", _UNPACK),
    _Kind((".zip",), _begins(b"PK\x03\x04", b"PK\x05\x06"), "a packed folder", _UNPACK),
    _Kind((), _begins(_OLE), "a file of an Office program of before 2007, or one with a password", _WORD),
    _Kind((".exe", ".dll"), _begins(b"MZ\x90", b"\x7fELF"), "a program", "Check that the right file was chosen."),
)


def find_refusal(content: Content) -> str | None:
    """Why a file cannot be read and what to do, when its kind is known; ``None`` otherwise.

    >>> find_refusal(Content(b"ID3\\x04", "A3.mp3"))[:22]
    'A3.mp3 is a recording.'
    """
    kind = next((kind for kind in _KINDS if kind.shows(content)), None)
    # An ending that is not that of the content decides only for files that are no text.
    if kind is None and not content.is_text:
        kind = next((kind for kind in _KINDS if content.suffix in kind.suffixes), None)
    return f"{content.name} is {kind.words}. {kind.remedy}" if kind else None
