"""Read a Word file: paragraphs, tables, bold speakers, footnotes and comments, with tracked changes accepted."""

from __future__ import annotations

from lxml import etree

from qualkit.errors import ReadError
from qualkit.readers.archive import Archive
from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.layout import Layout, Said
from qualkit.readers.paragraph import NoteKey
from qualkit.readers.word_body import WordBody
from qualkit.readers.word_styles import find_bold_styles
from qualkit.readers.word_xml import W, find_main_part, parse_word_part

_OLE = b"\xd0\xcf\x11\xe0"

# Notes, as part of the archive, as element in it, and as kind.
_NOTE_PARTS = (("word/comments.xml", "comment"), ("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))


def read_word(data: bytes, name: str) -> tuple[Layout, dict[NoteKey, Said]]:
    """Read a ``.docx`` file from its bytes.

    Insertions of tracked changes count as text, deletions do not, and ``meta`` says how many there
    were. Headers, footers, hidden text and drawings are left out; a text box comes after the paragraph
    it hangs on.

    Returns
    -------
    layout, said
        What the notes say is apart from their places: ``layout.notes(said)`` joins them.
    """
    archive = Archive(data, name, kind=".docx")
    names = set(archive.names())
    main = find_main_part(names) or "word/document.xml"
    content = archive.read_xml(main)
    body = parse_word_part(content, main, name).find(f"{W}body")
    if body is None:
        raise ReadError(f"{name}: its document has no body. Open it in Word, let it be repaired and save it again.")
    styles = "word/styles.xml"
    layout = Layout(name)
    reader = WordBody(
        layout,
        lambda: find_bold_styles(_part(archive, styles, name) if styles in names else None),
        hides=b"vanish" in content,
    )
    reader.read(body)
    layout.say_changes(reader.changes)
    said: dict[NoteKey, Said] = {}
    for part, kind in _NOTE_PARTS:
        if part in names and any(key[0] == kind for key in layout.places):
            said.update(_said(_part(archive, part, name), kind))
    return layout, said


def _part(archive: Archive, part: str, name: str) -> etree._Element:
    return parse_word_part(archive.read_xml(part), part, name)


def _said(notes: etree._Element, kind: str) -> dict[NoteKey, Said]:
    said = {}
    for note in notes.iterchildren(f"{W}{kind}"):
        inner = Layout("")
        WordBody(inner, dict).read(note)
        text = inner.text.strip()
        said[kind, note.get(f"{W}id", "")] = Said(text, note.get(f"{W}author") or None)
    return said


def _recognises(content: Content) -> bool:
    # A locked or old Word file is no zip archive: its name sends it here, to be refused with the remedy.
    is_named_so = content.suffix in (".docx", ".docm") and (content.is_zip or content.data.startswith(_OLE))
    return is_named_so or find_main_part(content.members) is not None


def _read(content: Content) -> Draft:
    layout, said = read_word(content.data, content.name)
    return layout.draft(said=said)


FORMAT = Format(
    name="docx",
    label={"zh": "Word 文档", "en": "Word document"},
    suffixes=(".docx", ".docm"),
    recognises=_recognises,
    read=_read,
)
