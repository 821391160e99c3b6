"""The formats that are read as sources, in the order in which they are asked whether a file is theirs."""

from __future__ import annotations

from qualkit.errors import ReadError
from qualkit.readers import (
    cha,
    deepgram,
    docx,
    eaf,
    feishu,
    funasr,
    html,
    iflyrec,
    json_other,
    markdown,
    odt,
    otter,
    pdf,
    rtf,
    speechmatics,
    srt,
    taguette,
    teams_text,
    tencent_meeting,
    textgrid,
    tongyi,
    txt,
    watson,
    webvtt,
    whisper,
    whisper_table,
    youtube_json,
)
from qualkit.readers.content import Content
from qualkit.readers.format import Format
from qualkit.readers.refused import find_refusal
from qualkit.remarks import Remark

# A format that could take another's files for its own stands below it; plain text is last.
FORMATS: tuple[Format, ...] = (
    docx.FORMAT,
    odt.FORMAT,
    rtf.FORMAT,
    pdf.FORMAT,
    eaf.FORMAT,
    cha.FORMAT,
    textgrid.FORMAT,
    webvtt.FORMAT,
    srt.FORMAT,
    youtube_json.FORMAT,
    deepgram.FORMAT,
    speechmatics.FORMAT,
    watson.FORMAT,
    funasr.FORMAT,
    whisper.FORMAT,
    whisper_table.FORMAT,
    json_other.FORMAT,
    feishu.FORMAT,
    iflyrec.FORMAT,
    tongyi.FORMAT,
    otter.FORMAT,
    teams_text.FORMAT,
    tencent_meeting.FORMAT,
    taguette.FORMAT,
    html.FORMAT,
    markdown.FORMAT,
    txt.FORMAT,
)

_NO_TEXT = (".docm", ".docx", ".odt", ".ott", ".pdf", ".rtf")
SOURCE_SUFFIXES = tuple(sorted({suffix for one in FORMATS for suffix in one.suffixes}))


def find_format(content: Content) -> Format:
    """The format of a file, by what it holds; ``ReadError`` when it is none of them."""
    for one in FORMATS:
        if one.recognises(content):
            return one
    if refusal := find_refusal(content):
        raise ReadError(refusal)
    if content.suffix in SOURCE_SUFFIXES and content.suffix not in _NO_TEXT:
        # Says why it is no text: too long, or bytes of no encoding.
        content.require_text()
    if content.suffix in SOURCE_SUFFIXES:
        raise ReadError(
            Remark(
                f"{content.name} is not a {content.suffix} file: what it holds is of another kind, or damaged. "
                "Open it in the program that wrote it and save it again.",
                f"{content.name} 的内容不是 {content.suffix} 文件，或已损坏。请用原来的程序打开，再另存一次。",
            )
        )
    ending = content.suffix or "(no ending)"
    raise ReadError(
        Remark(
            f"{content.name}: files of the kind {ending} cannot be read as a source. "
            f"Save it as one of {', '.join(SOURCE_SUFFIXES)}.",
            f"{content.name}：不能读入这类文件（{content.suffix or '没有扩展名'}）。请另存为 .docx、.txt 等再导入。",
        )
    )
