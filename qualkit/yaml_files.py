"""YAML becomes a tree of texts, lists and mappings that know their line; nothing is ever constructed or expanded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from qualkit.errors import ReadError

_MOST_BYTES = 1_000_000
_MOST_VALUES = 50_000
_DEEPEST = 12

# Longer numbers stay text: they are ids, not quantities.
_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]{1,30}|[0-9]{1,30}\.[0-9]{0,30}|[0-9]{1,30}(?=[eE]))([eE][-+]?[0-9]{1,5})?")
_NOT_FINITE = re.compile(r"([-+]?)\.(inf|nan)", re.IGNORECASE)


@dataclass(slots=True)
class Node:
    """A value of the file: text, list, mapping or nothing, and the line it begins in."""

    line: int
    value: str | list[Node] | dict[str, Node] | None
    is_quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlProblem:
    """What is wrong with a file as YAML, in which line, and what to do."""

    file: str
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.problem} {self.remedy}"


class _Refused(Exception):
    def __init__(self, problem: YamlProblem) -> None:
        super().__init__(problem.problem)
        self.problem = problem


def read_yaml_bytes(path: Path, *, error: type[ReadError] = ReadError) -> bytes:
    """The bytes of a YAML file; ``error`` when it is missing, empty or no file."""
    try:
        if not path.is_file() and not path.is_dir() and path.exists():
            raise error(f"{path} is a device or a pipe, not a file. Save its content as a file first.")
        with path.open("rb") as file:
            # One byte too many, for read_tree to refuse.
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError as cause:
        raise error(f"{path} does not exist. Check the name and the folder.") from cause
    except (OSError, ValueError) as cause:
        raise error(f"{path} cannot be opened ({cause}). Name a YAML file that you may read.") from cause
    if not data.strip():
        raise error(f"{path.name} is empty. Check that the right file was chosen.")
    return data


def read_tree(data: bytes, file: str) -> tuple[Node | None, list[YamlProblem]]:
    """Read the bytes of a YAML file.

    Returns
    -------
    root, problems
        All plain values are text (``version: 1.0`` is ``"1.0"``). A key that stands twice in one
        mapping is a problem, its first value holds. What is not YAML, has anchors, aliases or
        tags, is too large or nested too deeply gives no root. An empty file gives neither.

    >>> root, problems = read_tree(b"id: a\\nid: b\\n", "x.yaml")
    >>> root.value["id"].value, [(problem.line, problem.problem) for problem in problems]
    ('a', [(2, "'id' is given twice (first in line 1).")])
    """
    try:
        text = _decode(data, file)
        builder = _Builder(file)
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.add(event)
    except _Refused as refused:
        return None, [refused.problem]
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return None, [_not_yaml(file, line, " ".join(str(error.problem or error.context).split()))]
    except (YAMLError, ValueError, OverflowError) as error:
        return None, [_not_yaml(file, 1, " ".join(str(error).split())[:200])]
    return builder.root, builder.problems


def to_plain(node: Node) -> Any:
    """Texts, numbers, yes and no, lists and dicts of a tree; what stands in quotes is text.

    >>> to_plain(read_tree(b"range: [1, 2.5]\\nid: '1'\\nday: 2031-04-19\\nfair: true\\n", "x.yaml")[0])
    {'range': [1, 2.5], 'id': '1', 'day': '2031-04-19', 'fair': True}
    """
    if isinstance(node.value, dict):
        return {name: to_plain(value) for name, value in node.value.items()}
    if isinstance(node.value, list):
        return [to_plain(value) for value in node.value]
    if node.value is None or node.is_quoted:
        return node.value
    return _plain_scalar(node.value)


def line_of(root: Node, place: tuple[str, ...]) -> int:
    """The line of the innermost name on the way that is written in the file; the root's when none is."""
    line, node = root.line, root
    for name in place:
        if not isinstance(node.value, dict) or name not in node.value:
            break
        node = node.value[name]
        line = node.line
    return line


def _plain_scalar(text: str) -> Any:
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if found := _NOT_FINITE.fullmatch(text):
        return float(found[1] + found[2])
    return text


def _not_yaml(file: str, line: int, reason: str) -> YamlProblem:
    return YamlProblem(
        file=file,
        line=line,
        problem=f"not valid YAML ({reason}).",
        remedy="Check indentation, colons and quotes here and in the line above.",
    )


def _decode(data: bytes, file: str) -> str:
    if len(data) > _MOST_BYTES:
        problem = f"the file has more than {_MOST_BYTES:,} bytes."
        raise _Refused(YamlProblem(file=file, line=1, problem=problem, remedy="Split it into several files."))
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"byte {error.start} is not UTF-8."
        raise _Refused(YamlProblem(file=file, line=line, problem=problem, remedy="Save the file as UTF-8.")) from error


class _Builder:
    """Builds the tree from the parser's events, so that depth and aliases are seen before anything grows."""

    def __init__(self, file: str) -> None:
        self.root: Node | None = None
        self.problems: list[YamlProblem] = []
        self._file = file
        self._open: list[Node] = []
        self._keys: list[Node | None] = []
        self._n_values = 0

    def add(self, event: Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, DocumentStartEvent) and self.root is not None:
            self._refuse(
                line, "a second YAML document begins here.", "Keep one document per file: remove the line ---."
            )
        if isinstance(event, NodeEvent):
            self._refuse_references(event, line)
            self._n_values += 1
            if self._n_values > _MOST_VALUES:
                self._refuse(line, f"more than {_MOST_VALUES:,} names and values.", "Split it into several files.")
        if isinstance(event, ScalarEvent):
            self._place(Node(line, _text(event), is_quoted=event.style is not None))
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self._enter(Node(line, {} if isinstance(event, MappingStartEvent) else []))
        elif isinstance(event, CollectionEndEvent):
            self._open.pop()
            self._keys.pop()

    def _enter(self, node: Node) -> None:
        if len(self._open) >= _DEEPEST:
            self._refuse(
                node.line, f"nested more than {_DEEPEST} levels deep.", "Check its brackets and its indentation."
            )
        if self._open and isinstance(self._open[-1].value, dict) and self._keys[-1] is None:
            self._refuse(
                node.line,
                "a list or mapping stands where a name belongs.",
                "Put names that begin with [ or { in quotes.",
            )
        self._place(node)
        self._open.append(node)
        self._keys.append(None)

    def _place(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1].value
        if isinstance(parent, list):
            parent.append(node)
        elif isinstance(parent, dict):
            key, self._keys[-1] = self._keys[-1], None
            if key is None:
                self._keys[-1] = node
            else:
                self._put(parent, key, node)

    def _put(self, mapping: dict[str, Node], key: Node, node: Node) -> None:
        name = key.value if isinstance(key.value, str) else ""
        if name in mapping:
            problem = f"{name!r} is given twice (first in line {mapping[name].line})."
            self.problems.append(
                YamlProblem(file=self._file, line=key.line, problem=problem, remedy="Remove one of them.")
            )
        else:
            # The line of a value is that of its name: there a reader looks for it.
            node.line = key.line
            mapping[name] = node

    def _refuse_references(self, event: NodeEvent, line: int) -> None:
        if isinstance(event, AliasEvent) or event.anchor:
            sign = "*" if isinstance(event, AliasEvent) else "&"
            self._refuse(
                line,
                f"{sign}{event.anchor} (a YAML reference) is not read.",
                "Write the text out, or put it in quotes.",
            )
        tag = getattr(event, "tag", None)
        if tag:
            self._refuse(line, f"the YAML tag {tag} is not read.", "Remove it, or put the text in quotes.")

    def _refuse(self, line: int, problem: str, remedy: str) -> None:
        raise _Refused(YamlProblem(file=self._file, line=line, problem=problem, remedy=remedy))


def _text(event: ScalarEvent) -> str | None:
    is_plain = event.style is None
    return None if is_plain and event.value in ("", "~", "null", "Null", "NULL") else event.value
