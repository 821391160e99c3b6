"""The Codebook tab: codes as a tree with their counts, their words edited where they stand; every change a revision."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qualkit.checks import require_choice
from qualkit.model import LANGUAGES
from qualkit.remarks import Remark
from qualkit.widgets.channel import Answer, Message, MessageError, Send, text_in
from qualkit.widgets.study import by_language, wire_codes

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
        table = self._project.codes.table()
        return {
            "codes": [
                {
                    **code,
                    "note": by_language(row, "note"),
                    "revision": int(row["revision"]),
                    "codings": int(by_code.get(row["code"], 0)),
                }
                for code, row in zip(wire_codes(table), table.to_dict("records"), strict=True)
            ]
        }

    def _add(self, message: Message) -> Answer:
        label, op_id = text_in(message, "label").strip(), text_in(message, "op_id")
        parent = text_in(message, "parent") if message.get("parent") else None
        key = text_in(message, "code")
        if not label:
            raise MessageError("VALIDATION", Remark("A code needs a name. Write one.", "编码要有名称，请填写。"))
        self._project.codes.add(key, parent=parent, label=label, op_id=op_id)
        return {"ok": True, "added": key, **self._codebook()}, []

    def _set(self, message: Message) -> Answer:
        code, word, language, op_id = (text_in(message, name) for name in ("code", "word", "lang", "op_id"))
        require_choice("word", word, _WORDS)
        require_choice("language", language, LANGUAGES)
        value = text_in(message, "value", most=LONGEST_TEXT).strip()
        seen = text_in(message, "before", most=LONGEST_TEXT)
        now = self._words(code, word)
        # Both languages are compared inside the transaction: somebody may be writing the other one.
        known = {one: now.get(one, "") for one in LANGUAGES} | {language: seen}
        self._project.codes.update(code, instead_of={word: known}, op_id=op_id, **{word: {**now, language: value}})
        return {"ok": True, **self._codebook()}, []

    def _words(self, code: str, word: str) -> dict[str, str]:
        table = self._project.codes.table()
        for row in table[table["code"] == code].to_dict("records"):
            return by_language(row, word)
        message = f"There is no code {code!r} any more. Look at the codebook again."
        raise MessageError("UNKNOWN_ID", Remark(message, f"编码 {code} 已不存在。请重新查看编码手册。"))

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
