"""Read an OpenDocument text of LibreOffice, WPS or Word: paragraphs, lists, tables, notes and annotations."""

from __future__ import annotations

from lxml import etree

from qualkit.errors import ReadError
from qualkit.readers.archive import Archive
from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.layout import Layout
from qualkit.readers.odt_body import OFFICE, OdtBody
from qualkit.readers.odt_styles import find_bold_styles, find_hidden_styles
from qualkit.readers.office_xml import parse_part

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_CREATED = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}creation-date"
_SAVED = "{http://purl.org/dc/elements/1.1/}date"
_KIND = b"application/vnd.oasis.opendocument.text"


def read_odt(data: bytes, name: str) -> Draft:
    """Read the text of an ``.odt`` file from its bytes.

    Insertions of tracked changes count as text, deletions do not. Headers, footers and hidden text
    are left out. ``meta`` has the title and the day of the document where it names them.
    """
    archive = Archive(data, name, kind=".odt")
    names = set(archive.names())
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise ReadError(f"{name} is protected by a password. Open it, remove the password and save it again.")
    roots = [_parse(archive, part, name) for part in ("styles.xml", "meta.xml") if part in names]
    return _read_roots(_parse(archive, "content.xml", name), roots, name)


def read_flat_odt(data: bytes, name: str) -> Draft:
    """Read an OpenDocument text that is one XML file (``.fodt``)."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ReadError(f"{name} declares a document type, which can do harm. Open it and save it as .odt.")
    root = parse_part(data, "office:document", name, program="LibreOffice")
    return _read_roots(root, [root], name)


def _read_roots(content: etree._Element, others: list[etree._Element], name: str) -> Draft:
    text = content.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise ReadError(f"{name}: holds no text document. Open it in LibreOffice and save it as .odt.")
    layout = Layout(name)
    styled = [*others, content]
    body = OdtBody(layout, find_bold_styles(styled), hidden_styles=find_hidden_styles(styled))
    body.read(text)
    for root in others:
        layout.meta = {**_particulars(root), **layout.meta}
    layout.say_changes(body.changes)
    return layout.draft(said=body.said)


def _parse(archive: Archive, part: str, name: str) -> etree._Element:
    return parse_part(archive.read_xml(part), part, name, program="LibreOffice")


def _particulars(root: etree._Element) -> dict[str, str]:
    meta = root.find(f"{OFFICE}meta")
    if meta is None:
        return {}
    title = (meta.findtext(_TITLE) or "").strip()
    date = (meta.findtext(_CREATED) or meta.findtext(_SAVED) or "").strip()[:10]
    return {key: value for key, value in (("title", title), ("date", date)) if value}


def _recognises(content: Content) -> bool:
    if content.is_zip:
        # The kind stands uncompressed at the head of the archive; some programs leave it out.
        return _KIND in content.data[:200] or (content.suffix == ".odt" and "content.xml" in content.members)
    return _is_flat(content) or content.suffix in (".odt", ".ott")


def _is_flat(content: Content) -> bool:
    return b"<office:document" in content.data[:2000] and _KIND in content.data[:4000]


def _read(content: Content) -> Draft:
    return read_flat_odt(content.data, content.name) if _is_flat(content) else read_odt(content.data, content.name)


FORMAT = Format(
    name="odt",
    label={"zh": "OpenDocument 文本", "en": "OpenDocument text"},
    suffixes=(".odt", ".ott", ".fodt"),
    recognises=_recognises,
    read=_read,
)
