"""YAML becomes a tree of texts, lists and mappings that know their line; nothing is ever constructed or expanded."""

from __future__ import annotations

from dataclasses import dataclass

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

from qualkit.codebook.problems import Problem

_MOST_BYTES = 1_000_000
_DEEPEST = 12


@dataclass(slots=True)
class Node:
    """A value of the file: text, list, mapping or nothing, and the line it begins in."""

    line: int
    value: str | list[Node] | dict[str, Node] | None


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.problem)
        self.problem = problem


def read_tree(data: bytes, file: str) -> tuple[Node | None, list[Problem]]:
    """Read the bytes of a YAML file.

    Returns
    -------
    root, problems
        All plain values are text (``version: 1.0`` is ``"1.0"``). A key that stands twice in one
        mapping is a problem, its first value holds. What is not YAML, has anchors, aliases or
        tags, is too large or nested too deeply gives no root.

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


def _not_yaml(file: str, line: int, reason: str) -> Problem:
    return Problem(
        file=file,
        line=line,
        problem=f"not valid YAML ({reason}).",
        remedy="Check indentation, colons and quotes here and in the line above.",
    )


def _decode(data: bytes, file: str) -> str:
    if len(data) > _MOST_BYTES:
        problem = f"the file has {len(data):,} bytes; codebooks up to {_MOST_BYTES:,} are read."
        raise _Refused(Problem(file=file, line=1, problem=problem, remedy="Split it into several codebooks."))
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"byte {error.start} is not UTF-8."
        raise _Refused(Problem(file=file, line=line, problem=problem, remedy="Save the file as UTF-8.")) from error


class _Builder:
    """Builds the tree from the parser's events, so that depth and aliases are seen before anything grows."""

    def __init__(self, file: str) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._file = file
        self._open: list[Node] = []
        self._keys: list[Node | None] = []

    def add(self, event: Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, DocumentStartEvent) and self.root is not None:
            self._refuse(
                line, "a second YAML document begins here.", "Keep one codebook per file: remove the line ---."
            )
        if isinstance(event, NodeEvent):
            self._refuse_references(event, line)
        if isinstance(event, ScalarEvent):
            self._place(Node(line, _text(event)))
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self._enter(Node(line, {} if isinstance(event, MappingStartEvent) else []))
        elif isinstance(event, CollectionEndEvent):
            self._open.pop()
            self._keys.pop()

    def _enter(self, node: Node) -> None:
        if len(self._open) >= _DEEPEST:
            self._refuse(
                node.line, f"nested more than {_DEEPEST} levels deep.", "A codebook needs four; check the indentation."
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
            self.problems.append(Problem(file=self._file, line=key.line, problem=problem, remedy="Remove one of them."))
        else:
            # The line of a value is that of its name: there a reader looks for it.
            node.line = key.line
            mapping[name] = node

    def _refuse_references(self, event: NodeEvent, line: int) -> None:
        if isinstance(event, AliasEvent) or event.anchor:
            sign = "*" if isinstance(event, AliasEvent) else "&"
            self._refuse(
                line,
                f"{sign}{event.anchor} (a YAML reference) is not read in codebooks.",
                "Write the text out, or put it in quotes.",
            )
        tag = getattr(event, "tag", None)
        if tag:
            self._refuse(line, f"the YAML tag {tag} is not read in codebooks.", "Remove it, or put the text in quotes.")

    def _refuse(self, line: int, problem: str, remedy: str) -> None:
        raise _Refused(Problem(file=self._file, line=line, problem=problem, remedy=remedy))


def _text(event: ScalarEvent) -> str | None:
    is_plain = event.style is None
    return None if is_plain and event.value in ("", "~", "null", "Null", "NULL") else event.value
