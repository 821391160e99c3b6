"""Write a codebook; comments and unknown fields of the file it came from are kept."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from qualkit.atomic import write_atomically
from qualkit.codebook.fields import CODE_TEXTS, SCHEMA
from qualkit.codebook.parse import parse_codebook
from qualkit.errors import CodebookError
from qualkit.model import LANGUAGES, Code, Codebook

_BLOCK_TEXT = re.compile(r"[|>][-+0-9]*$", re.MULTILINE)
_WIDTHS = (120, 110, 100, 80, 4096)


def write_codebook(codebook: Codebook, path: str | Path) -> None:
    """Write a codebook as YAML.

    A codebook that was read and not changed is written byte for byte as it was. Of a changed one
    the comments, the order and the fields qualkit does not know are kept; lines may be wrapped anew.
    A codebook that would not be read again is refused, and the file stays as it is.

    Examples
    --------
    >>> import tempfile
    >>> from qualkit.codebook import read_codebook
    >>> codebook = Codebook(id="types", version="1", codes=(Code(key="type", label={"zh": "偏差类型"}),))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_codebook(codebook, Path(folder, "types.yaml"))
    ...     read_codebook(Path(folder, "types.yaml")) == codebook
    True
    """
    path = Path(path)
    data = _compose(codebook)
    again, problems = parse_codebook(data, path.name)
    if again != codebook:
        reasons = [str(problem) for problem in problems if problem.severity == "error"]
        raise CodebookError("\n".join(reasons) or f"{path.name}: this codebook cannot be written as YAML without loss.")
    write_atomically(path, data)


def _compose(codebook: Codebook) -> bytes:
    if codebook.document:
        before, _ = parse_codebook(codebook.document, codebook.id)
        if before == codebook:
            return codebook.document
        if before is not None:
            return _revise(codebook.document, before, codebook)
    document = CommentedMap(schema=SCHEMA)
    _fill_book(document, Codebook(id="", version="", codes=()), codebook)
    return _dump(_yaml(120, offset=0), document).encode()


def _revise(data: bytes, before: Codebook, codebook: Codebook) -> bytes:
    has_bom = data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    newline = "\r\n" if "\r\n" in text else "\n"
    yaml, document = _load(text.replace("\r\n", "\n").replace("\r", "\n"))
    _fill_book(document, before, codebook)
    revised = _dump(yaml, document).replace("\n", newline)
    return (b"\xef\xbb\xbf" if has_bom else b"") + revised.encode()


def _load(text: str) -> tuple[YAML, Any]:
    # The layout under which the unchanged text comes out as it went in, so that only changes show.
    match = re.search(r"^codes:[^\n]*\n(?:\s*#[^\n]*\n|\s*\n)*( *)- ", text, re.MULTILINE)
    offset = len(match[1]) if match else 0
    for width in _WIDTHS:
        yaml = _yaml(width, offset)
        document = yaml.load(text)
        if _dump(yaml, document) == text:
            break
    return yaml, yaml.load(text)


def _yaml(width: int, offset: int) -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.allow_unicode = True
    yaml.width = width
    yaml.indent(mapping=2, sequence=2 + offset, offset=offset)
    return yaml


def _dump(yaml: YAML, document: Any) -> str:
    stream = io.StringIO()
    yaml.dump(document, stream)
    text = stream.getvalue()
    # Where ruamel wraps a line it leaves a space at its end; in a block text (| or >) spaces are content.
    return text if _BLOCK_TEXT.search(text) else "\n".join(line.rstrip(" ") for line in text.split("\n"))


def _fill_book(document: CommentedMap, before: Codebook, after: Codebook) -> None:
    _set(document, "id", before.id, after.id)
    _set(document, "version", before.version, after.version)
    _set_texts(document, "title", before.title, after.title)
    _set_texts(document, "description", before.description, after.description)
    rules = [[dict(rule) for rule in book.decision_rules] for book in (before, after)]
    _set(document, "decision_rules", *rules)
    _set(document, "linked_scale", dict(before.linked_scale), dict(after.linked_scale))
    if before.codes != after.codes:
        document["codes"] = _arrange(document.get("codes", CommentedSeq()), before, after)


def _arrange(codes: CommentedSeq, before: Codebook, after: Codebook) -> CommentedSeq:
    old = {code.key: (place, code) for place, code in enumerate(before.codes)}
    arranged = CommentedSeq()
    arranged.ca.comment = codes.ca.comment
    for code in after.codes:
        place, previous = old.get(code.key, (None, Code(key="")))
        entry = CommentedMap() if place is None else codes[place]
        if place in codes.ca.items:
            arranged.ca.items[len(arranged)] = codes.ca.items[place]
        _fill_code(entry, previous, code)
        arranged.append(entry)
    return arranged


def _fill_code(entry: CommentedMap, before: Code, after: Code) -> None:
    _set(entry, "id", before.key, after.key)
    _set(entry, "parent", before.parent, after.parent)
    for name in CODE_TEXTS:
        _set_texts(entry, name, getattr(before, name), getattr(after, name))
    _set(entry, "color", before.color, after.color)
    _set(entry, "valence", before.valence, after.valence)
    _set(entry, "assignable", before.is_assignable, after.is_assignable)


def _set(mapping: CommentedMap, name: str, before: object, after: object) -> None:
    if before == after:
        return
    if after in (None, "", [], {}):
        mapping.pop(name, None)
    else:
        mapping[name] = after


def _set_texts(mapping: CommentedMap, name: str, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    if dict(before) == dict(after):
        return
    texts = mapping.get(name)
    if not isinstance(texts, CommentedMap):
        texts = CommentedMap()
    for language in LANGUAGES:
        _set(texts, language, before.get(language) if language in texts else None, after.get(language))
    if texts:
        mapping[name] = texts
    else:
        mapping.pop(name, None)
