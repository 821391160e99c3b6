"""Read an HTML page of a browser, an editor or Word; no script runs and nothing is fetched."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from lxml import etree

from qualkit.errors import ReadError
from qualkit.readers.content import Content, require_length
from qualkit.readers.decode import clean_text
from qualkit.readers.format import Draft, Format
from qualkit.readers.html_body import HtmlBody
from qualkit.readers.layout import Layout, Said
from qualkit.readers.paragraph import NoteKey

_MOST_TAGS = 400_000

_BEGIN = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,1000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_CHARSET = re.compile(rb"<(?:meta\b[^>]{0,300}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?([\w-]{2,30})", re.I)
# Older pages name an encoding of which GB18030 holds all characters.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "big5": "big5hkscs", "unicode": "utf-16"}
_PICTURE = re.compile(r"data:[\w/+.-]{0,100};base64,[A-Za-z0-9+/=\s]{100,}")
_MOST_CHARACTERS_OF_META = 500

_META = {
    "author": "author",
    "date": "date",
    "created": "date",
    "dcterms.created": "date",
    "dc.date": "date",
    "description": "description",
    "keywords": "keywords",
}


def read_html(content: Content) -> Draft:
    """The text of a page: a line for each block, what is hidden left out, title and meta as ``meta``."""
    root, encoding = parse_page(content)
    return draft_page(root, content.name, encoding)


def parse_page(content: Content) -> tuple[etree._Element, str]:
    """The elements of a page, and its encoding."""
    text, encoding = _decode(content)
    text = _PICTURE.sub("", text)
    require_length(text, content.name)
    if text.count("<") > _MOST_TAGS:
        raise ReadError(f"{content.name} has too much markup. Split it, one interview or record per file.")
    return _parse(text, content.name), encoding


def draft_page(root: etree._Element, name: str, encoding: str, *, said: Mapping[NoteKey, Said] | None = None) -> Draft:
    """The source in the elements of a page; ``said`` holds notes besides those of the page itself."""
    layout = Layout(name)
    generators = [meta.get("content", "") for meta in root.iter("meta") if meta.get("name", "").lower() == "generator"]
    body = HtmlBody(layout, takes_comments=any("LibreOffice" in generator for generator in generators))
    body.read(root)
    layout.meta = {**_particulars(root), **layout.meta}
    layout.say_changes({"deletion": body.n_deletions})
    return layout.draft(said={**body.said, **(said or {})}, encoding=encoding)


def _decode(content: Content) -> tuple[str, str]:
    # Pages are often saved anew in UTF-8 under the name of their old encoding: the bytes count before the name.
    data = content.data
    named = _CHARSET.search(data[:4096])
    if named is None or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.text, content.encoding
    try:
        return clean_text(data.decode("utf-8")), "UTF-8"
    except UnicodeDecodeError:
        pass
    name = named[1].decode().lower()
    try:
        codec = _WIDER.get(name, name)
        # Only the decoding of bytes knows which of Python's codecs are encodings of text.
        return clean_text(data.decode(codec)), codecs.lookup(codec).name.upper()
    except (LookupError, UnicodeError, ValueError):
        return content.text, content.encoding


def _parse(text: str, name: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{name}: not valid HTML ({error}). Open it in a browser and save its text.") from error
    limits = [entry.message for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"]
    if limits:
        place = "elements inside elements, more than 256 deep" if "depth" in limits[0] else "a paragraph of 10 MB"
        raise ReadError(f"{name} has {place}. Open it in a browser, copy its text into a new document and save that.")
    if root is None:
        raise ReadError(f"{name} contains no text. Check that the right file was chosen.")
    return root


def _particulars(root: etree._Element) -> dict[str, str]:
    found = {}
    title = root.find(".//title")
    if title is not None:
        found["title"] = "".join(title.itertext())
    for meta in root.iter("meta"):
        key = _META.get(meta.get("name", "").lower())
        if key:
            value = meta.get("content", "")
            found.setdefault(key, value[:10] if key == "date" and re.match(r"\d{4}-\d\d-\d\dT", value) else value)
    shown = {key: re.sub(r"\s+", " ", value).strip()[:_MOST_CHARACTERS_OF_META] for key, value in found.items()}
    return {key: value for key, value in shown.items() if value}


def _recognises(content: Content) -> bool:
    head = content.head[:4000] if content.is_text else content.data[:4000].decode("latin-1")
    is_page = bool(_BEGIN.match(head.lstrip("\ufeff")))
    return is_page or (content.suffix in (".html", ".htm", ".xhtml") and "<" in head)


FORMAT = Format(
    name="html",
    label={"zh": "网页", "en": "HTML page"},
    suffixes=(".html", ".htm", ".xhtml"),
    recognises=_recognises,
    read=read_html,
)
