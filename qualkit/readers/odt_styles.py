"""Which styles of an OpenDocument text are bold or hidden."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_WEIGHT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}font-weight"
_DISPLAY = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}display"
_MOST_LEVELS = 30


def find_bold_styles(roots: Iterable[etree._Element]) -> dict[str, bool | None]:
    """Whether each style is bold, by family and name joined by a blank; ``None`` where it says nothing."""
    own: dict[str, bool | None] = {}
    parents: dict[str, str] = {}
    for root in roots:
        for style in root.iter(f"{_STYLE}style"):
            family = style.get(f"{_STYLE}family", "")
            key = f"{family} {style.get(f'{_STYLE}name', '')}"
            properties = style.find(f"{_STYLE}text-properties")
            weight = None if properties is None else properties.get(_WEIGHT)
            own[key] = None if weight is None else weight in ("bold", "600", "700", "800", "900")
            parents[key] = f"{family} {style.get(f'{_STYLE}parent-style-name', '')}"
    return {key: _inherit(key, own, parents) for key in own}


def find_hidden_styles(roots: Iterable[etree._Element]) -> set[str]:
    """The styles that are not shown, by family and name joined by a blank."""
    return {
        f"{style.get(f'{_STYLE}family', '')} {style.get(f'{_STYLE}name', '')}"
        for root in roots
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iterchildren(f"{_STYLE}text-properties")
        if properties.get(_DISPLAY) == "none"
    }


def _inherit(key: str, own: dict[str, bool | None], parents: dict[str, str]) -> bool | None:
    for _ in range(_MOST_LEVELS):
        if key not in own or own[key] is not None:
            return own.get(key)
        key = parents[key]
    return None
