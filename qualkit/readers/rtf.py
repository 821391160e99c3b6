"""Read a Rich Text Format file of Word, WPS, LibreOffice or WordPad."""

from __future__ import annotations

from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.layout import Layout
from qualkit.readers.rtf_body import RtfBody

_BEGIN = b"{\\rtf"


def read_rtf(data: bytes, name: str) -> Draft:
    """Read the text of an ``.rtf`` file from its bytes.

    Insertions of tracked changes count as text, deletions do not. Headers, footers, hidden text and
    pictures are left out; footnotes and comments become notes.
    """
    layout = Layout(name)
    body = RtfBody(layout)
    body.read(data[data.index(_BEGIN) :])
    if changes := body.describe_changes():
        layout.meta["tracked_changes"] = changes
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
