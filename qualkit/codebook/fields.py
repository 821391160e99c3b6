"""The fields of a codebook file: their names, and how a value of each is read from the YAML tree."""

from __future__ import annotations

from qualkit.codebook.problems import Problem
from qualkit.language import language_of
from qualkit.model import LANGUAGES
from qualkit.yaml_files import Node

SCHEMA = "qualkit.codebook/1"

BOOK_FIELDS = (
    "schema", "id", "version", "title", "description", "reference_study", "theory", "unit", "applies_to",
    "level_convention", "structure_note", "links", "linked_scale", "decision_rules", "codes",
)  # fmt: skip
CODE_FIELDS = (
    "id", "parent", "label", "definition", "include", "exclude", "example", "note", "color", "valence",
    "assignable", "cues",
)  # fmt: skip
CODE_TEXTS = ("label", "definition", "include", "exclude", "example", "note")
VALENCES = ("positive", "negative", "neutral", "mixed")


class Fields:
    """Reads the values of one mapping and collects what is wrong with them."""

    def __init__(self, node: Node, *, file: str, code: str = "") -> None:
        self.line = node.line
        self.code = code
        self.problems: list[Problem] = []
        self._file = file
        self._values = node.value if isinstance(node.value, dict) else {}

    def get(self, name: str) -> Node | None:
        """The field's node, if it is given and not blank."""
        node = self._values.get(name)
        return None if node is None or node.value is None else node

    def line_of(self, name: str) -> int:
        """The line of the field, or of the mapping when it is missing."""
        return self._values[name].line if name in self._values else self.line

    def text(self, name: str) -> str | None:
        """A field that is one text."""
        node = self.get(name)
        if node is None:
            return None
        if not isinstance(node.value, str):
            self.add(name, f"{name} is a list or a mapping.", "Write one text after the colon.")
            return None
        return node.value

    def texts(self, name: str) -> dict[str, str]:
        """A field that is a text by language; a bare text belongs to the language it is written in."""
        node = self.get(name)
        return {} if node is None else self.read_texts(node, name)

    def read_texts(self, node: Node, name: str) -> dict[str, str]:
        """A text by language from its node."""
        if isinstance(node.value, str):
            return {language_of(node.value): node.value}
        if not isinstance(node.value, dict):
            self._add_at(node.line, f"{name} is a list.", "Write zh: and en: below it, each with its text.")
            return {}
        texts = {}
        for language, text in node.value.items():
            if language in LANGUAGES and isinstance(text.value, str):
                texts[language] = text.value
            elif language in LANGUAGES and text.value is not None:
                self._add_at(text.line, f"{name} in {language} is no text.", "Put it in quotes.")
            elif language not in (*LANGUAGES, "invented"):
                self.warn(
                    text.line, f"{name}: {language!r} is no known language.", "Use zh or en; it is kept but not used."
                )
        return texts

    def yes_no(self, name: str, *, default: bool) -> bool:
        """A field that is true or false."""
        text = self.text(name)
        if text is None:
            return default
        if text.lower() not in ("true", "false"):
            self.add(name, f"{name} is {text!r}.", "Write true or false.")
        return text.lower() != "false"

    def check_names(self, known: tuple[str, ...]) -> None:
        """Warn of fields that are not known: they are kept, but nothing uses them."""
        for name, node in self._values.items():
            if name not in known:
                self.warn(node.line, f"the field {name!r} is not known.", "Correct its name, or leave it: it is kept.")

    def add(self, name: str, problem: str, remedy: str) -> None:
        """Note an error at a field."""
        self._add_at(self.line_of(name), problem, remedy)

    def warn(self, line: int, problem: str, remedy: str) -> None:
        """Note something that does not keep the codebook from being read."""
        self._add_at(line, problem, remedy, severity="warning")

    def _add_at(self, line: int, problem: str, remedy: str, severity: str = "error") -> None:
        self.problems.append(
            Problem(file=self._file, line=line, code=self.code, severity=severity, problem=problem, remedy=remedy)
        )
