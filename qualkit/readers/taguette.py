"""Read a document that Taguette exported as HTML with its highlights: the text without the tags, the tags as notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from qualkit.errors import ReadError
from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.html import draft_page, parse_page
from qualkit.readers.layout import Said
from qualkit.readers.paragraph import NoteKey

_HIGHLIGHT = re.compile(r"<span\s[^>]{0,100}?class=[\"']?highlight[\"'\s>]")
_IS_TAGGED = re.compile(r"class=[\"']?taglist|</span>\s?\[[^\[\]<>]{0,500}\]")
_NOT_ALLOWED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAGS = re.compile(r"\s?\[([^\[\]]{0,500})\]")

# Numbers beyond those of comments that the document brought along.
_FIRST_NUMBER = 500_000
_MOST_NOTES = 100_000
# By this author tags are known again after the page was read.
_OURS = "taguette"


@dataclass(slots=True)
class _Run:
    """The highlighted stretches between two lists of tags."""

    first: etree._Element
    last: etree._Element
    sign: etree._Element | None = None


def read_highlighted(content: Content) -> Draft:
    """The document as it was, with a note of kind ``tag`` for each tag at the stretch it was put on.

    Taguette shows where a highlight ends, and its beginning only when no other reaches into it: a highlight
    inside of another is taken to begin where the outer one does.
    """
    root, encoding = parse_page(content)
    said: dict[NoteKey, Said] = {}
    run: _Run | None = None
    last: _Run | None = None
    for element, tags in list(_events(root)):
        if tags is None:
            run = _Run(run.first if run else element, element)
            continue
        if run is not None and not _has_words(run):
            run = last or run
        if run is not None:
            for tag in tags:
                _mark(run, tag, said, content.name)
        last, run = run or last, None
    for element in list(root.iter("span")):
        if _is(element, "taglist"):
            _drop(element)
    _drop_title(root)
    draft = draft_page(root, content.name, encoding, said=said)
    draft.notes = [replace(one, kind="tag", author=None) if one.author == _OURS else one for one in draft.notes]
    return draft


def _events(root: etree._Element) -> Iterator[tuple[etree._Element, list[str] | None]]:
    # In the order of the text: a highlighted stretch, or the tags of what ended before.
    has_lists = any(_is(element, "taglist") for element in root.iter("span"))
    for element in list(root.iter("span")):
        if _is(element, "highlight"):
            yield element, None
            match = None if has_lists else _TAGS.match(element.tail or "")
            if match:
                element.tail = _allowed((element.tail or "")[match.end() :])
                yield element, _split(match[1])
        elif has_lists and _is(element, "taglist"):
            match = _TAGS.fullmatch("".join(element.itertext()))
            yield element, _split(match[1]) if match else []


def _split(tags: str) -> list[str]:
    return [tag for one in tags.split(", ") if (tag := one.strip())]


def _is(element: etree._Element, name: str) -> bool:
    return name in element.get("class", "").split()


def _has_words(run: _Run) -> bool:
    return run.first is not run.last or any(text for text in run.first.itertext())


def _mark(run: _Run, tag: str, said: dict[NoteKey, Said], name: str) -> None:
    number = _FIRST_NUMBER + len(said)
    if len(said) >= _MOST_NOTES:
        raise ReadError(f"{name} has more than {_MOST_NOTES:,} tags. Split it, one interview or record per file.")
    said["comment", str(number)] = Said(tag, _OURS)
    sign = {"href": f"#_msocom_{number}"}
    before = etree.Element("a", sign)
    if run.sign is None:
        before.tail, run.first.text = _allowed(run.first.text), None
        run.first.insert(0, before)
    else:
        before.tail, run.sign.tail = run.sign.tail, None
        run.sign.addnext(before)
    run.sign = before
    etree.SubElement(run.last, "a", sign)


def _drop(element: etree._Element) -> None:
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = _allowed((before.tail or "") + (element.tail or ""))
    else:
        parent.text = _allowed((parent.text or "") + (element.tail or ""))
    parent.remove(element)


def _allowed(text: str | None) -> str | None:
    # What a page may hold and XML may not; on the page nobody sees it.
    return text and _NOT_ALLOWED.sub("\ufffd", text)


def _drop_title(root: etree._Element) -> None:
    # Taguette puts the document's name on top of its text.
    title, heading = root.find(".//title"), root.find("./body/h1")
    if title is None or heading is None or heading.getprevious() is not None:
        return
    if "".join(title.itertext()).strip() == "".join(heading.itertext()).strip():
        _drop(heading)


def _recognises(content: Content) -> bool:
    if not content.is_text or "<span" not in content.text or "<body" not in content.head:
        return False
    return bool(_HIGHLIGHT.search(content.text) and _IS_TAGGED.search(content.text))


FORMAT = Format(
    name="taguette",
    label={"zh": "Taguette 导出的文档", "en": "document of Taguette"},
    suffixes=(".html", ".htm"),
    recognises=_recognises,
    read=read_highlighted,
)
