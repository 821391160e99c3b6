"""The Memos tab: all memos with what they are on; one's own are changed and removed, new ones written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from qualkit.checks import require_choice
from qualkit.errors import NotFoundError
from qualkit.project.memos import MEMO_KINDS
from qualkit.remarks import Remark
from qualkit.widgets.channel import Answer, Message, MessageError, Send, text_in
from qualkit.widgets.coding import LONGEST_MEMO
from qualkit.widgets.document_tables import plain

if TYPE_CHECKING:
    from qualkit.project import Project

_MOST_QUOTED = 120
_TARGETS = ("sources", "codes", "cases")  # what a new memo can be written on here


class MemoList:
    """Answers the Memos tab; each edit is one action."""

    def __init__(self, project: Project, _send: Send) -> None:
        self._project = project
        self._removed: str | None = None  # the last removal, should the page ask again
        self._removal: int | None = None  # its event, the one that an undo here takes back
        self.handlers = {
            "memos": lambda _message: ({"ok": True, **self._lists()}, []),
            "targets": self._targets,
            "memo.add": self._add,
            "memo.set": self._set,
            "memo.remove": self._remove,
            "undo": self._undo,
        }

    def _lists(self) -> dict[str, Any]:
        memos = self._project.memos.table()
        names = self._names(set(memos["target"]))
        columns = ("memo_id", "kind", "target", "target_id", "text", "coder", "at")
        rows = [
            dict(zip(columns, map(plain, row), strict=True)) for row in memos[list(columns)].itertuples(index=False)
        ]
        told = [
            {
                **{name: row[name] for name in ("kind", "target", "text", "coder", "at")},
                "id": row["memo_id"],
                "on": names.get(row["target"], {}).get(row["target_id"]),
            }
            for row in reversed(rows)
        ]
        return {"memos": told, "kinds": list(MEMO_KINDS), "coder": self._project.coder, "most": LONGEST_MEMO}

    def _names(self, targets: set[str]) -> dict[str, Mapping[str, Any]]:
        # The author sees all that is there, also of people who withdrew.
        project = self._project
        names: dict[str, Mapping[str, Any]] = {}
        if "sources" in targets:
            names["sources"] = _by_id(project.sources.table(include_withdrawn=True), "source_id", "name")
        if "cases" in targets:
            names["cases"] = _by_id(project.cases.table(include_withdrawn=True), "case_id", "case")
        if "codes" in targets:
            names["codes"] = {each["id"]: each["name"] for each in self._codes()}
        if "codings" in targets:
            codings = project.codings.table(include_withdrawn=True)
            quotes = codings["text"].str.slice(0, _MOST_QUOTED)
            names["codings"] = _by_id(codings.assign(quote=quotes), "coding_id", "quote")
        return names

    def _codes(self) -> list[dict[str, Any]]:
        table = self._project.codes.table()
        columns = zip(table["code_id"], table["code"], table["label_zh"], table["label_en"], strict=True)
        return [{"id": each, "name": {"key": key, "zh": plain(zh), "en": plain(en)}} for each, key, zh, en in columns]

    def _targets(self, _message: Message) -> Answer:
        sources = self._project.sources.table(include_withdrawn=True)
        cases = self._project.cases.table(include_withdrawn=True)
        targets = {
            "sources": _entries(sources, "source_id", "name"),
            "codes": self._codes(),
            "cases": _entries(cases, "case_id", "case"),
        }
        return {"ok": True, "targets": targets}, []

    def _add(self, message: Message) -> Answer:
        op_id, target, on = (text_in(message, name) for name in ("op_id", "target", "on"))
        text, kind = text_in(message, "text", most=LONGEST_MEMO), text_in(message, "kind")
        require_choice("target", target, _TARGETS)
        memo = self._project.memos.add(on, text, kind=kind, op_id=op_id)
        return {"ok": True, "saved": True, "added": memo, **self._lists()}, []

    def _set(self, message: Message) -> Answer:
        op_id, memo = text_in(message, "op_id"), text_in(message, "memo")
        text, seen = (text_in(message, name, most=LONGEST_MEMO) for name in ("text", "before"))
        self._require_own(memo)
        self._project.memos.update(memo, text, instead_of=seen, op_id=op_id)
        return {"ok": True, "saved": True, "memo": memo, "text": text}, []

    def _remove(self, message: Message) -> Answer:
        op_id, memo = text_in(message, "op_id"), text_in(message, "memo")
        if op_id != self._removed:  # asked again, it is gone by then
            self._require_own(memo)
            self._project.memos.remove(memo, op_id=op_id)
            event = self._project.history.next_undo()
            self._removed, self._removal = op_id, None if event is None else event.event_id
        return {"ok": True, "saved": True, **self._lists()}, []

    def _undo(self, message: Message) -> Answer:
        op_id, upcoming = text_in(message, "op_id"), self._project.history.next_undo()
        if upcoming is None or upcoming.event_id != self._removal:
            return {"ok": True, "nothing": True, **self._lists()}, []
        self._project.undo(section="memos", op_id=op_id)
        return {"ok": True, "saved": True, **self._lists()}, []

    def _require_own(self, memo: str) -> None:
        memos = self._project.memos.table()
        coder = memos.loc[memos["memo_id"] == memo, "coder"]
        if coder.empty:
            raise NotFoundError(Remark(f"There is no memo {memo!r}.", f"没有备忘 {memo!r}。"))
        if coder.iloc[0] != self._project.coder:
            raise MessageError(
                "READONLY",
                Remark(
                    f"This is a memo of {coder.iloc[0]}. Only they can change it.",
                    f"这是 {coder.iloc[0]} 的备忘，只有本人可以修改。",
                ),
            )


def _by_id(table: pd.DataFrame, key: str, name: str) -> dict[str, str]:
    return dict(zip(table[key], map(str, table[name]), strict=True))


def _entries(table: pd.DataFrame, key: str, name: str) -> list[dict[str, str]]:
    return [{"id": each, "name": words} for each, words in _by_id(table, key, name).items()]
