"""The Codebook tab: codes as a tree with their counts, their words edited where they stand; every change a revision."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qualkit.checks import require_choice
from qualkit.model import LANGUAGES
from qualkit.widgets.channel import Answer, Message, MessageError, Send, text_in
from qualkit.widgets.document_tables import plain

if TYPE_CHECKING:
    from qualkit.project import Project

LONGEST_TEXT = 20_000
_WORDS = ("label", "definition", "include", "exclude", "example", "note")


class CodebookEditor:
    """Answers the Codebook tab; each edit is one action."""

    def __init__(self, project: Project, _send: Send) -> None:
        self._project = project
        self.handlers = {
            "codebook": lambda _message: ({"ok": True, **self._codebook()}, []),
            "code.add": self._add,
            "code.set": self._set,
            "code.assignable": self._set_assignable,
            "code.remove": self._remove,
            "undo": lambda message: self._turn_back(message, self._project.undo),
            "redo": lambda message: self._turn_back(message, self._project.redo),
        }

    def _codebook(self) -> dict[str, Any]:
        # The author sees all that is there, also of people who withdrew.
        counts = self._project.codings.counts(include_withdrawn=True)
        by_code = counts.groupby("code")["n_codings"].sum()
        rows = self._project.codes.table().to_dict("records")
        return {
            "codes": [
                {
                    "key": row["code"],
                    "parent": plain(row["parent"]),
                    **{word: {one: plain(row[f"{word}_{one}"]) or "" for one in LANGUAGES} for word in _WORDS},
                    "assignable": bool(row["is_assignable"]),
                    "revision": int(row["revision"]),
                    "codings": int(by_code.get(row["code"], 0)),
                }
                for row in rows
            ]
        }

    def _add(self, message: Message) -> Answer:
        label, op_id = text_in(message, "label").strip(), text_in(message, "op_id")
        parent = text_in(message, "parent") if message.get("parent") else None
        key = text_in(message, "code")
        if not label:
            raise MessageError("VALIDATION", "A code needs a name. Write one.")
        self._project.codes.add(key, parent=parent, label=label, op_id=op_id)
        return {"ok": True, "added": key, **self._codebook()}, []

    def _set(self, message: Message) -> Answer:
        code, word, language, op_id = (text_in(message, name) for name in ("code", "word", "lang", "op_id"))
        require_choice("word", word, _WORDS)
        require_choice("language", language, LANGUAGES)
        value = text_in(message, "value", most=LONGEST_TEXT).strip()
        seen = text_in(message, "before", most=LONGEST_TEXT)
        now = self._words(code, word)
        if now[language] not in (seen, value):
            raise MessageError("CONFLICT", f"This was changed elsewhere meanwhile, to: {now[language]!r}.")
        self._project.codes.update(code, op_id=op_id, **{word: {**now, language: value}})
        return {"ok": True, **self._codebook()}, []

    def _words(self, code: str, word: str) -> dict[str, str]:
        for row in self._codebook()["codes"]:
            if row["key"] == code:
                return dict(row[word])
        raise MessageError("UNKNOWN_ID", f"There is no code {code!r} any more. Look at the codebook again.")

    def _set_assignable(self, message: Message) -> Answer:
        value = message.get("value")
        if not isinstance(value, bool):
            raise MessageError("VALIDATION", "value should be true or false.")
        self._project.codes.update(text_in(message, "code"), is_assignable=value, op_id=text_in(message, "op_id"))
        return {"ok": True, **self._codebook()}, []

    def _remove(self, message: Message) -> Answer:
        self._project.codes.remove(text_in(message, "code"), op_id=text_in(message, "op_id"))
        return {"ok": True, **self._codebook()}, []

    def _turn_back(self, message: Message, turn: Callable[..., Any]) -> Answer:
        event = turn(section="codes", op_id=text_in(message, "op_id"))
        if event is None:
            return {"ok": True, "nothing": True, **self._codebook()}, []
        return {"ok": True, "summary": event.summary, **self._codebook()}, []
