"""Coding one text: what the browser asks of the kernel, alone in a widget or as a tab of the workbench."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from qualkit.remarks import Remark
from qualkit.widgets.channel import (
    PROTOCOL,
    Answer,
    Message,
    MessageError,
    Send,
    explain,
    list_in,
    place_in,
    text_in,
)
from qualkit.widgets.coding_table import KnownCodings, to_codings
from qualkit.widgets.study import project_id, welcome, wire_codes, wire_document, wire_sources

if TYPE_CHECKING:
    from qualkit.project import Project
    from qualkit.project.sources import StoredSource

MOST_OPERATIONS = 5_000
LONGEST_MEMO = 100_000
_SECTIONS = ("codings", "codes")

# The text was corrected since it was opened: places in the new one mean nothing in the one on screen.
_STALE: dict[str, Any] = {"upserts": [], "removed": [], "stale": True}


class Coding:
    """The texts of a project, opened one at a time, and the codings its coder puts on them.

    ``source`` is the id of the text that was opened last; ``show`` says whose codings are shown at first.
    """

    def __init__(self, project: Project, send: Send, *, source: str | None = None, show: str = "own") -> None:
        self._project = project
        self._send = send
        self._show = show
        self._session = uuid4().hex
        self._lock = threading.RLock()
        self._texts: dict[str, StoredSource] = {}
        self._known: dict[str, KnownCodings] = {}
        self._made: dict[str, str] = {}  # action → coding it made
        self._seen = project.last_event  # up to which action of anybody the views were told
        self._codes = wire_codes(project.codes.table())
        self.source = self._first_source(source)
        self.handlers = {
            "hello": self._hello,
            "ping": self._ping,
            "follow": self._follow,
            "sources": self._sources,
            "document": self._document,
            "ops": self._operations,
        }

    def refresh(self) -> None:
        """Tell the views what was coded elsewhere since, and how the codebook reads now."""
        with self._lock:
            self._seen = self._project.last_event
            self._tell_codes()
            for source in list(self._known):
                self._tell_changes(source)

    def _tell_changes(self, source: str) -> None:
        changes = self._reread(source)
        if changes["upserts"] or changes["removed"] or changes.get("stale"):
            self._send({"v": PROTOCOL, "t": "done", "ok": True, "op_id": "", "source": source, **changes})

    def _tell_codes(self) -> None:
        codes = wire_codes(self._project.codes.table())
        if codes != self._codes:
            self._codes = codes
            self._send({"v": PROTOCOL, "t": "codes", "codes": codes})

    def _first_source(self, source: str | None) -> str | None:
        if source is not None:
            return self._text(source).source_id
        ids = self._project.sources.table()["source_id"]
        return ids.iloc[0] if len(ids) else None

    # ── opening ──────────────────────────────────────────────────────────────

    def _hello(self, message: Message) -> Answer:
        with self._lock:
            if message.get("source") is not None:
                self.source = self._text(text_in(message, "source")).source_id
            elif self.source is None:
                self.source = self._first_source(None)
            greeting = welcome(self._project) | {
                "project": project_id(self._project),
                "session": self._session,
                "show": self._show,
                "read_only": False,
            }
            answer: dict[str, Any] = {"ok": True, "welcome": greeting}
            if self.source is None:
                return answer, []
            document, text = self._open(self.source)
            return answer | {"document": document}, [text]

    def _ping(self, _message: Message) -> Answer:
        return {"ok": True}, []

    def _follow(self, _message: Message) -> Answer:
        # Asked every few seconds by a view on screen. What another notebook, program or person did goes to all views.
        with self._lock:
            if self._project.last_event != self._seen:
                self.refresh()
        return {"ok": True}, []

    def _sources(self, message: Message) -> Answer:
        # Asked when the view comes to the front again: documents may have come, gone or changed meanwhile.
        with self._lock:
            sources = wire_sources(
                self._project.sources.table(include_withdrawn=True),
                self._project.codings.counts(include_withdrawn=True),
            )
            opened = message.get("source")
            if opened is not None and opened not in {source["id"] for source in sources}:
                self.source = None
                return {"ok": True, "sources": sources, "gone": True}, []
            is_stale = opened is not None and self._has_changed(str(opened))
            if opened is not None and not is_stale:
                self._tell_changes(str(opened))
            return {"ok": True, "sources": sources, "stale": is_stale}, []

    def _has_changed(self, source: str) -> bool:
        known = self._texts.get(source)
        return known is None or known.text_id != self._project.sources.text_id(source)

    def _document(self, message: Message) -> Answer:
        with self._lock:
            document, text = self._open(text_in(message, "source"))
            self.source = document["id"]
            return {"ok": True, "document": document}, [text]

    def _open(self, source: str) -> tuple[dict[str, Any], bytes]:
        self._texts.pop(source, None)  # there may be a new version
        stored = self._text(source)
        self._known[stored.source_id] = KnownCodings(self._read(stored.source_id))
        return wire_document(stored, self._known[stored.source_id].codings.values()), stored.text.encode()

    def _text(self, source: str) -> StoredSource:
        # Read once: a text does not change, and when its source has a new one, what is coded on this is refused.
        if source not in self._texts:
            stored = self._project.sources.get(source)
            self._texts[stored.source_id] = stored
            return stored
        return self._texts[source]

    def _read(self, source: str) -> dict[str, dict[str, Any]]:
        return to_codings(self._project.codings.table(source=source, include_withdrawn=True))

    def _everything(self, source: str, before: set[str]) -> dict[str, Any]:
        if self._has_changed(source):
            return dict(_STALE)
        codings = self._read(source)
        self._codings(source).replace(codings)
        return {"upserts": list(codings.values()), "removed": [each for each in before if each not in codings]}

    def _reread(self, source: str) -> dict[str, Any]:
        if self._has_changed(source):
            return dict(_STALE)
        return self._codings(source).replace(self._read(source))

    def _codings(self, source: str) -> KnownCodings:
        if source not in self._known:
            self._known[source] = KnownCodings(self._read(source))
        return self._known[source]

    # ── actions ──────────────────────────────────────────────────────────────

    def _operations(self, message: Message) -> Answer:
        # Each action is a transaction of its own and answered on its own, to all views of this widget.
        for operation in list_in(message, "ops", most=MOST_OPERATIONS):
            self._send({"v": PROTOCOL, "t": "done", **self._carry_out(operation, message)})
        return {}, []

    def _carry_out(self, operation: Message, message: Message) -> dict[str, Any]:
        told = {name: operation.get(name) for name in ("op_id", "kind", "source")}
        try:
            op_id = text_in(operation, "op_id", most=64)
            work = self._works().get(text_in(operation, "kind"))
            if work is None:
                raise MessageError("PROTO", "This action is not known. Reload the page.")
            with self._lock:
                source = self._text(text_in(operation, "source")).source_id
                before = set(self._codings(source).codings)
                last = self._project.last_event
                changes = work(operation, op_id, source)
                if self._seen == last and self._project.last_event == last + 1:
                    self._seen = last + 1  # nobody else did anything: there is nothing to follow
                if message.get("again") is True:
                    # It may have been done long ago and undone since: the browser gets the state as it is.
                    changes |= self._everything(source, before | set(changes.get("removed", ())))
                return {"ok": True, **told, **changes}
        except Exception as error:  # noqa: BLE001 - every action gets its answer
            return {**explain(error, message["language"]), **told}

    def _works(self) -> dict[str, Any]:
        return {
            "coding.add": self._add,
            "coding.remove": self._remove,
            "coding.move": self._move,
            "memo.set": self._set_memo,
            "code.add": self._add_code,
            "undo": self._undo,
            "redo": self._redo,
        }

    def _add(self, operation: Message, op_id: str, source: str) -> dict[str, Any]:
        start, end = place_in(operation, "start"), place_in(operation, "end")
        code = text_in(operation, "code")
        memo = text_in(operation, "memo", most=LONGEST_MEMO) if operation.get("memo") else None
        self._check_quote(operation, source, start, end)
        coding_id = self._project.codings.add(
            source, start, end, code, memo=memo, text_id=self._text(source).text_id, op_id=op_id
        )
        self._made[op_id] = coding_id
        coder = self._project.coder
        coding = {"id": coding_id, "start": start, "end": end, "code": code, "coder": coder, "memo": memo or ""}
        return {"made": coding_id, **self._codings(source).put(coding)}

    def _check_quote(self, operation: Message, source: str, start: int, end: int) -> None:
        # The browser counts other units than Python; a slip must never code the wrong words.
        quote = self._text(source).text[start:end]
        fits = len(quote) == end - start == place_in(operation, "n") > 0
        ends = (text_in(operation, "head", most=8), text_in(operation, "tail", most=8))
        if not fits or (quote[:8], quote[-8:]) != ends:
            raise MessageError(
                "OFFSET_MISMATCH",
                Remark(
                    "The passage does not fit the text. Reload the page and select it again.",
                    "选中的文字与文本对不上。请刷新页面后重新选择。",
                ),
            )

    def _add_code(self, operation: Message, op_id: str, _source: str) -> dict[str, Any]:
        label = text_in(operation, "label").strip()
        parent = text_in(operation, "parent") if operation.get("parent") else None
        self._project.codes.add(text_in(operation, "code"), parent=parent, label=label, op_id=op_id)
        self._tell_codes()
        return {"upserts": [], "removed": []}

    def _remove(self, operation: Message, op_id: str, source: str) -> dict[str, Any]:
        coding_id, _ = self._own_coding(operation, source)
        self._project.codings.remove(coding_id, op_id=op_id)
        return self._codings(source).drop(coding_id)

    def _move(self, operation: Message, op_id: str, source: str) -> dict[str, Any]:
        start, end = place_in(operation, "start"), place_in(operation, "end")
        self._check_quote(operation, source, start, end)
        if self._has_changed(source):
            raise MessageError(
                "CONFLICT",
                Remark(
                    "The text was corrected since it was opened. Look at the passage again.",
                    "文本打开后又改过。请重新查看这段文字。",
                ),
            )
        coding_id, coding = self._own_coding(operation, source)
        self._project.codings.place(coding_id, start, end, op_id=op_id)
        moved = {"start": start, "end": end}
        return self._reread(source) if coding is None else self._codings(source).put({**coding, **moved})

    def _set_memo(self, operation: Message, op_id: str, source: str) -> dict[str, Any]:
        memo = text_in(operation, "memo", most=LONGEST_MEMO)
        seen = text_in(operation, "before", most=LONGEST_MEMO) if "before" in operation else None
        coding_id, coding = self._own_coding(operation, source)
        self._project.codings.set_memo(coding_id, memo, instead_of=seen, op_id=op_id)
        return self._reread(source) if coding is None else self._codings(source).put({**coding, "memo": memo})

    def _own_coding(self, operation: Message, source: str) -> tuple[str, dict[str, Any] | None]:
        # The browser names a coding by the action that made it until it has heard the id. One that is not there
        # is left to the project, which knows whether this very action took it away before.
        named = text_in(operation, "coding")
        coding_id = self._made.get(named.removeprefix("op:"), named)
        coding = self._codings(source).codings.get(coding_id) or self._read(source).get(coding_id)
        if coding is not None and coding["coder"] != self._project.coder:
            raise MessageError(
                "READONLY",
                Remark(
                    f"This is a coding of {coding['coder']}. Only they can change it.",
                    f"这是 {coding['coder']} 的编码，只有本人可以修改。",
                ),
            )
        return coding_id, coding

    def _undo(self, _operation: Message, op_id: str, source: str) -> dict[str, Any]:
        return self._turn_back(self._project.undo, op_id, source)

    def _redo(self, _operation: Message, op_id: str, source: str) -> dict[str, Any]:
        return self._turn_back(self._project.redo, op_id, source)

    def _turn_back(self, turn: Callable[..., Any], op_id: str, source: str) -> dict[str, Any]:
        # What is done beside the text is taken back here too, an import is not.
        event = next((found for one in _SECTIONS if (found := turn(section=one, op_id=op_id)) is not None), None)
        if event is None:
            return {"nothing": True}
        self._tell_codes()
        return {"summary": f"{event.action} {event.summary}".strip(), **self._reread(source)}
