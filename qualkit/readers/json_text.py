"""JSON of a speech recogniser: the value in a file, and numbers and words in it that may be of any kind."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from qualkit.errors import ReadError
from qualkit.readers.content import Content

# The value of a file that several formats ask for is worked out once.
_VALUES: WeakKeyDictionary[Content, Any] = WeakKeyDictionary()


def load_json(content: Content) -> Any:
    """The value of a JSON file; ``None`` when it holds something else or is broken.

    >>> load_json(Content(b'{"segments": []}', "a.json")), load_json(Content(b"{", "a.json"))
    ({'segments': []}, None)
    """
    if content not in _VALUES:
        try:
            _VALUES[content] = parse_json(content) if content.head.lstrip()[:1] in ("{", "[") else None
        except ReadError:
            _VALUES[content] = None
    return _VALUES[content]


def parse_json(content: Content) -> Any:
    """The value of a JSON file; ``ReadError`` with the place where it is broken."""
    try:
        return json.loads(content.text)
    except json.JSONDecodeError as error:
        raise ReadError(
            f"{content.name}, line {error.lineno}: not valid JSON ({error.msg}). Export the transcript again."
        ) from error
    except (RecursionError, ValueError) as error:
        raise ReadError(f"{content.name}: this JSON is no transcript. Export the transcript again as SRT.") from error


def objects(value: object, *keys: str) -> Iterator[dict[str, Any]]:
    """The objects in a list, or in the list under ``keys``; whatever else stands there is passed over.

    >>> list(objects({"results": [{"a": 1}, None]}, "results"))
    [{'a': 1}]
    """
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def text_of(value: object) -> str:
    """A string as it is, anything else as no words."""
    return value if isinstance(value, str) else ""


def number_of(value: object) -> float | None:
    """A finite number, also when it is written as a string.

    >>> number_of(1.5), number_of("2"), number_of(True), number_of(float("nan"))
    (1.5, 2.0, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def milliseconds(value: object, *, per_unit: int = 1000) -> int | None:
    """A time in milliseconds; ``per_unit`` is 1 where the file counts in them already.

    >>> milliseconds(7.5), milliseconds("40", per_unit=1), milliseconds(None)
    (7500, 40, None)
    """
    number = number_of(value)
    if number is None or abs(number) > 1e12:
        return None
    return max(0, round(number * per_unit))
