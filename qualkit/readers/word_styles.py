"""Which styles of a Word file are bold."""

from __future__ import annotations

from lxml import etree

from qualkit.readers.word_xml import W

_VAL = f"{W}val"
_OFF = ("0", "false", "off")


def is_on(element: etree._Element | None) -> bool | None:
    """The value of a switch such as ``<w:b/>``; ``None`` when it is not there."""
    return None if element is None else element.get(_VAL, "1") not in _OFF


def find_bold_styles(styles: etree._Element | None) -> dict[str | None, bool]:
    """Whether each style is bold, by its id; ``None`` stands for paragraphs without one."""
    if styles is None:
        return {}
    own: dict[str, bool | None] = {}
    based_on: dict[str, str | None] = {}
    usual = None
    for style in styles.iterchildren(f"{W}style"):
        style_id = style.get(f"{W}styleId", "")
        own[style_id] = is_on(style.find(f"{W}rPr/{W}b"))
        base = style.find(f"{W}basedOn")
        based_on[style_id] = None if base is None else base.get(_VAL)
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
            usual = style_id
    bold: dict[str | None, bool] = {style_id: _inherit(style_id, own, based_on) for style_id in own}
    bold[None] = bold.get(usual, False)
    return bold


def _inherit(style_id: str, own: dict[str, bool | None], based_on: dict[str, str | None]) -> bool:
    # Word allows eleven levels; a style based on itself ends there too.
    current: str | None = style_id
    for _ in range(11):
        if current is None or current not in own:
            return False
        value = own[current]
        if value is not None:
            return value
        current = based_on[current]
    return False
