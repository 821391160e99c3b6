"""Name the kinds of files that hold no text qualkit can read, each with the way to save it so that it can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qualkit.readers.content import Content
from qualkit.remarks import Remark

_OLE = b"\xd0\xcf\x11\xe0"
_WIDE = "utf-16-le"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file: its endings, what its content shows, what it is called, and what to do."""

    suffixes: tuple[str, ...]
    shows: Callable[[Content], bool]
    words: Remark
    remedy: Remark


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


_WORD = Remark(
    "Open it in Word, WPS or LibreOffice and save it as .docx (另存为 → Word 文档).",
    "请用 Word、WPS 或 LibreOffice 打开，另存为 .docx（Word 文档）。",
)
_EXCEL = Remark(
    "Open it in Excel, WPS or LibreOffice and save it as .xlsx; tables are read as observations or questionnaires.",
    "请用 Excel、WPS 或 LibreOffice 打开，另存为 .xlsx；表格按观察记录或问卷读入。",
)
_PROJECT = Remark(
    "Open it in its program and export the project as REFI-QDA (.qdpx), or the documents as .docx.",
    "请在原来的软件中打开，把项目导出为 REFI-QDA（.qdpx），或把文档导出为 .docx。",
)
_SPEECH = Remark(
    "Have it transcribed first (讯飞听见, 飞书妙记, 通义听悟, Whisper …) and import what was said (.txt, .srt).",
    "请先转写成文字（讯飞听见、飞书妙记、通义听悟、Whisper 等），再导入文稿（.txt、.srt）。",
)
_PICTURE = Remark(
    "Let a program with OCR (文字识别) read it, check the result, and save it as .docx or .txt.",
    "请先用文字识别（OCR）软件识别，核对后存为 .docx 或 .txt。",
)
_UNLOCK = Remark(
    "Open it, remove the password and save it again.",
    "请打开它，去掉密码后再保存。",
)
_PAGES = Remark(
    "Export it as Word (.docx).",
    "请导出为 Word（.docx）。",
)
_UNPACK = Remark(
    "Unpack it and import what is in it.",
    "请解压后导入其中的文件。",
)
_BOOK = Remark(
    "Open it and save its text as .docx or .txt.",
    "请打开它，把文字存为 .docx 或 .txt。",
)

# What a file shows counts before its ending.
_KINDS = (
    _Kind((), _in_ole("EncryptedPackage"), Remark("protected by a password", "有密码保护的文件"), _UNLOCK),
    _Kind(
        (".doc", ".dot"),
        _in_ole("WordDocument"),
        Remark("a Word file of before 2007", "2007 年以前的 Word 文件"),
        _WORD,
    ),
    _Kind(
        (".xls", ".xlt"),
        _in_ole("Workbook", "Book"),
        Remark("an Excel file of before 2007", "2007 年以前的 Excel 文件"),
        _EXCEL,
    ),
    _Kind(
        (".ppt", ".pps"),
        _in_ole("PowerPoint Document"),
        Remark("a PowerPoint file of before 2007", "2007 年以前的 PowerPoint 文件"),
        _BOOK,
    ),
    _Kind((".msg",), _in_ole("__properties_version1.0"), Remark("a message of Outlook", "Outlook 邮件"), _BOOK),
    _Kind((".wps",), _never, Remark("a file of WPS in its own format", "WPS 自有格式的文件"), _WORD),
    _Kind(
        (".pages",), _has_member("Index/Document.iwa", "index.xml"), Remark("a Pages document", "Pages 文稿"), _PAGES
    ),
    _Kind((".epub",), _begins(b"application/epub+zip", at=38), Remark("an e-book", "电子书"), _BOOK),
    _Kind((".pptx", ".ppt"), _has_member("ppt/presentation.xml"), Remark("a presentation", "演示文稿"), _BOOK),
    _Kind(
        (".xlsx", ".xlsm", ".xlsb"),
        _has_member("xl/workbook.xml", "xl/workbook.bin"),
        Remark("an Excel file", "Excel 文件"),
        _EXCEL,
    ),
    _Kind(
        (".ods",),
        _begins(b"application/vnd.oasis.opendocument.spreadsheet", at=38),
        Remark("a spreadsheet", "电子表格"),
        _EXCEL,
    ),
    _Kind(
        (".mht", ".mhtml"),
        _begins(b"MIME-Version:", b"From: <Saved by"),
        Remark("a page saved as one file", "存为单个文件的网页"),
        _WORD,
    ),
    _Kind((".nvp", ".nvpx", ".nvcx"), _never, Remark("an NVivo project", "NVivo 项目"), _PROJECT),
    _Kind(
        (".mx", ".mx12", ".mx18", ".mx20", ".mx22", ".mx24", ".mex", ".mex24", ".mx5"),
        _never,
        Remark("a MAXQDA project", "MAXQDA 项目"),
        _PROJECT,
    ),
    _Kind(
        (".atlproj", ".atlproj9", ".atlproj22", ".hpr7", ".atlcb"),
        _never,
        Remark("an ATLAS.ti project", "ATLAS.ti 项目"),
        _PROJECT,
    ),
    _Kind(
        (".qdpx", ".qda", ".sqlite3"),
        _begins(b"SQLite format 3"),
        Remark("a whole project, not a text", "整个项目，不是文本"),
        _PROJECT,
    ),
    _Kind(
        (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".svg"),
        _begins(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM\x00", b"II*\x00", b"MM\x00*"),
        Remark("a picture", "图片"),
        _PICTURE,
    ),
    _Kind(
        (".mp3", ".wav", ".m4a", ".aac", ".wma", ".amr", ".ogg", ".opus", ".flac"),
        _begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"#!AMR", b"OggS", b"fLaC"),
        Remark("a recording", "录音"),
        _SPEECH,
    ),
    _Kind(
        (".mp4", ".mov", ".avi", ".mkv", ".wmv", ".flv", ".webm", ".m4v"),
        _begins(b"ftyp", at=4),
        Remark("a film", "录像"),
        _SPEECH,
    ),
    _Kind((), _begins(b"RIFF"), Remark("a recording or a film", "录音或录像"), _SPEECH),
    _Kind(
        (".rar", ".7z", ".gz", ".tar"),
        _begins(b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"),
        Remark("a packed folder", "压缩包"),
        _UNPACK,
    ),
    _Kind((".zip",), _begins(b"PK\x03\x04", b"PK\x05\x06"), Remark("a packed folder", "压缩包"), _UNPACK),
    _Kind(
        (),
        _begins(_OLE),
        Remark(
            "a file of an Office program of before 2007, or one with a password",
            "2007 年以前的 Office 文件，或有密码保护的文件",
        ),
        _WORD,
    ),
    _Kind(
        (".exe", ".dll"),
        _begins(b"MZ\x90", b"\x7fELF"),
        Remark("a program", "程序文件"),
        Remark("Check that the right file was chosen.", "请检查是否选错了文件。"),
    ),
)


def find_refusal(content: Content) -> Remark | None:
    """Why a file cannot be read and what to do, when its kind is known; ``None`` otherwise.

    >>> find_refusal(Content(b"ID3\\x04", "A3.mp3"))[:22]
    'A3.mp3 is a recording.'
    """
    kind = next((kind for kind in _KINDS if kind.shows(content)), None)
    # An ending that is not that of the content decides only for files that are no text.
    if kind is None and not content.is_text:
        kind = next((kind for kind in _KINDS if content.suffix in kind.suffixes), None)
    if kind is None:
        return None
    gap = " " if kind.words.zh[0].isascii() else ""
    return Remark(
        f"{content.name} is {kind.words}. {kind.remedy}",
        f"{content.name} 是{gap}{kind.words.zh}。{kind.remedy.zh}",
    )
