"""Parse a part of an office document, bounded before it is done."""

from __future__ import annotations

import re

from lxml import etree

from qualkit.errors import ReadError

_MOST_PARAGRAPHS = 200_000
# An attribute takes twice the memory of a tag; together they stay below 400 MB.
_MOST_MARKUP = 3_000_000
_PARAGRAPH = re.compile(rb"<(?:\w{1,20}:)?p[\s/>]")


def parse_part(content: bytes, part: str, name: str, *, program: str) -> etree._Element:
    """The root of one XML part; ``ReadError`` when it is broken or far too large. Entities stay unresolved."""
    _require_size(content, name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(
            f"{name}, part {part!r}: not valid XML ({error}). Open it in {program} and save it again."
        ) from error


def _require_size(content: bytes, name: str) -> None:
    # Before parsing, which needs many times the memory.
    n_tags = content.count(b"<")
    n_paragraphs = len(_PARAGRAPH.findall(content)) if n_tags > _MOST_PARAGRAPHS else 0
    if n_paragraphs > _MOST_PARAGRAPHS or n_tags + 2 * content.count(b"=") > _MOST_MARKUP:
        size = f"{n_paragraphs:,} paragraphs" if n_paragraphs > _MOST_PARAGRAPHS else "too much markup"
        raise ReadError(
            f"{name} has {size}; documents up to {_MOST_PARAGRAPHS:,} paragraphs are read. "
            "Split it, one interview or record per file."
        )
