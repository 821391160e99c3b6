"""Read a Rich Text Format file of Word, WPS, LibreOffice or WordPad."""

from __future__ import annotations

from qualkit.errors import ReadError
from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.layout import Layout
from qualkit.readers.rtf_body import RtfBody

_BEGIN = b"{\\rtf"

# More rows and notes than any record; each costs many times as much as a letter.
_MOST = {b"\\row": 50_000, b"\\footnote": 50_000, b"\\annotation": 50_000}


def read_rtf(data: bytes, name: str) -> Draft:
    """Read the text of an ``.rtf`` file from its bytes.

    Insertions of tracked changes count as text, deletions do not. Headers, footers, hidden text and
    pictures are left out; footnotes and comments become notes.
    """
    for word, most in _MOST.items():
        if (n := data.count(word)) > most:
            raise ReadError(
                f"{name} has {n:,} times {word.decode()}; up to {most:,} are read. "
                "Split it, one interview or record per file."
            )
    layout = Layout(name)
    body = RtfBody(layout)
    body.read(data[data.index(_BEGIN) :])
    layout.say_changes(body.changes)
    return layout.draft(said=body.said)


def _recognises(content: Content) -> bool:
    # Some programs put a byte order mark or blank lines above.
    return content.data[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_BEGIN)


FORMAT = Format(
    name="rtf",
    label={"zh": "RTF 文档", "en": "RTF document"},
    suffixes=(".rtf",),
    recognises=_recognises,
    read=lambda content: read_rtf(content.data, content.name),
)
