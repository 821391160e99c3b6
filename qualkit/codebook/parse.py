"""The YAML tree of a codebook becomes a Codebook, together with everything that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import asdict

from qualkit.codebook.fields import BOOK_FIELDS, CODE_FIELDS, SCHEMA, VALENCES, Fields
from qualkit.codebook.problems import Problem
from qualkit.codebook.structure import check_structure
from qualkit.model import Code, Codebook
from qualkit.yaml_files import Node, read_tree

_KEY = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_COLOR = re.compile("#[0-9a-fA-F]{6}")


def parse_codebook(data: bytes, file: str) -> tuple[Codebook | None, list[Problem]]:
    """Read a codebook from the bytes of its file.

    Returns
    -------
    codebook, problems
        The problems in the order of the lines; the codebook is ``None`` when one of them is an error.
    """
    root, found_in_yaml = read_tree(data, file)
    problems = [Problem(**asdict(problem)) for problem in found_in_yaml]
    if root is None:
        return None, problems or [_no_mapping(file, 1)]
    if not isinstance(root.value, dict):
        return None, [*problems, _no_mapping(file, root.line)]
    book = Fields(root, file=file)
    book.check_names(BOOK_FIELDS)
    _check_schema(book)
    codes, lines, code_problems = _read_codes(book, file)
    codebook = Codebook(
        id=_required(book, "id"),
        version=_required(book, "version"),
        codes=tuple(codes),
        title=book.texts("title"),
        description=book.texts("description"),
        decision_rules=_read_rules(book),
        linked_scale=_read_linked_scale(book, {code.key for code in codes}),
        document=data,
    )
    found = [*problems, *book.problems, *code_problems, *check_structure(codes, lines, file)]
    found.sort(key=lambda problem: problem.line)
    return (None if any(problem.severity == "error" for problem in found) else codebook), found


def _no_mapping(file: str, line: int) -> Problem:
    remedy = f"Begin with 'schema: {SCHEMA}', then id, version and codes."
    return Problem(file=file, line=line, problem="this is not a codebook.", remedy=remedy)


def _check_schema(book: Fields) -> None:
    schema = book.text("schema")
    if schema != SCHEMA:
        found = "there is no schema." if schema is None else f"the schema is {schema!r}, not {SCHEMA!r}."
        book.add("schema", found, f"Write 'schema: {SCHEMA}'; a file with a higher number needs a newer qualkit.")


def _required(fields: Fields, name: str) -> str:
    text = fields.text(name)
    if text is None:
        fields.add(name, f"{name} is missing.", f"Add '{name}: …'.")
    return text or ""


def _read_codes(book: Fields, file: str) -> tuple[list[Code], list[int], list[Problem]]:
    node = book.get("codes")
    if node is None or not isinstance(node.value, list) or not node.value:
        book.add("codes", "there are no codes.", "Write 'codes:' and below it one '- id: …' for each code.")
        return [], [], []
    codes: list[Code] = []
    lines: list[int] = []
    problems: list[Problem] = []
    for item in node.value:
        code, found = _read_code(item, file)
        problems.extend(found)
        if code is not None:
            codes.append(code)
            lines.append(item.line)
    return codes, lines, problems


def _read_code(node: Node, file: str) -> tuple[Code | None, list[Problem]]:
    key_node = node.value.get("id") if isinstance(node.value, dict) else None
    key = key_node.value if key_node is not None and isinstance(key_node.value, str) else ""
    fields = Fields(node, file=file, code=key)
    if not key:
        fields.add("id", "this code has no id.", "Begin it with '- id: theme.code'.")
        return None, fields.problems
    if not _KEY.fullmatch(key):
        fields.add("id", "the id holds spaces or signs.", "Use letters, digits, _ and -, with dots between levels.")
    fields.check_names(CODE_FIELDS)
    code = Code(
        key=key,
        parent=fields.text("parent"),
        label=fields.texts("label"),
        definition=fields.texts("definition"),
        include=fields.texts("include"),
        exclude=fields.texts("exclude"),
        example=fields.texts("example"),
        note=fields.texts("note"),
        color=_read_color(fields),
        valence=_read_valence(fields),
        is_assignable=fields.yes_no("assignable", default=True),
    )
    if not any(text.strip() for text in code.label.values()):
        fields.add("label", "there is no label.", "Add 'label:' with zh: or en: below it.")
    return code, fields.problems


def _read_color(fields: Fields) -> str | None:
    color = fields.text("color")
    if color is not None and not _COLOR.fullmatch(color):
        fields.add("color", f"the colour is {color!r}.", "Write it as '#cc6677', in quotes.")
    return color


def _read_valence(fields: Fields) -> str | None:
    valence = fields.text("valence")
    if valence is not None and valence not in VALENCES:
        fields.add("valence", f"the valence is {valence!r}.", f"Choose one of {', '.join(VALENCES)}.")
    return valence


def _read_rules(book: Fields) -> tuple[dict[str, str], ...]:
    node = book.get("decision_rules")
    if node is None:
        return ()
    if not isinstance(node.value, list):
        book.add("decision_rules", "decision_rules is no list.", "Begin each rule with '- zh: …'.")
        return ()
    return tuple(book.read_texts(rule, "decision_rules") for rule in node.value)


def _read_linked_scale(book: Fields, keys: set[str]) -> dict[str, object]:
    node = book.get("linked_scale")
    if node is None:
        return {}
    if not isinstance(node.value, dict) or "id" not in node.value:
        book.add("linked_scale", "linked_scale names no scale.", "Write id: and dimensions: below it.")
        return {}
    dimensions = _plain(node.value["dimensions"]) if "dimensions" in node.value else {}
    if not isinstance(dimensions, dict):
        book.add("linked_scale", "its dimensions are no mapping.", "Write 'subscale: code' for each.")
        return {}
    for dimension, key in dimensions.items():
        if key not in keys:
            problem = f"linked_scale: {dimension} is linked to {key!r}, which is not in this codebook."
            book.add("linked_scale", problem, "Correct the code's id.")
    linked = {name: _plain(value) for name, value in node.value.items()}
    return {**linked, "dimensions": dimensions}


def _plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {name: _plain(value) for name, value in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(value) for value in node.value]
    return node.value
