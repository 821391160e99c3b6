"""Refuse JSON that is no transcript qualkit knows, with the reason."""

from __future__ import annotations

from qualkit.errors import ReadError
from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.json_text import load_json, parse_json


def refuse_json(content: Content) -> Draft:
    """Say where the JSON is broken, or which keys it has instead of those of a speech recogniser."""
    value = load_json(content)
    if value is None:
        # Only reading it again tells where it is broken.
        value = parse_json(content)
    keys = ", ".join(map(repr, list(value)[:6])) if isinstance(value, dict) else f"a {type(value).__name__}"
    raise ReadError(
        f"{content.name}: this JSON is of no speech recogniser known here (it holds {keys[:200]}). "
        "Export the transcript as SRT, WebVTT or text."
    )


def _recognises(content: Content) -> bool:
    return content.suffix == ".json"


FORMAT = Format(
    name="json",
    label={"zh": "其他 JSON", "en": "other JSON"},
    suffixes=(".json",),
    recognises=_recognises,
    read=refuse_json,
)
