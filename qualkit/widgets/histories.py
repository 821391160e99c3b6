"""The History tab: who did what and when, newest first, in pages; the coder's last action undone or done again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from qualkit.checks import require_choice
from qualkit.widgets.channel import Answer, Message, MessageError, Send, place_in, text_in
from qualkit.widgets.document_tables import plain

if TYPE_CHECKING:
    from qualkit.project import Project
    from qualkit.project.undo import Event

PAGE = 200

#: What belongs to which kind, by the section in an action's name.
_SECTIONS = {
    "codings": ("codings",),
    "codebook": ("codes", "codebook", "dictionary", "links"),
    "documents": ("sources", "import", "observations", "responses", "surveys", "scales"),
    "memos": ("memos",),
    "people": ("cases", "consents", "sessions", "absences"),
}
_KIND_OF = {section: kind for kind, sections in _SECTIONS.items() for section in sections}
_KIND_OF_ACTION = {"codings.set_memo": "memos"}


class Histories:
    """Answers the History tab; of a long history only the page that is shown is sent."""

    def __init__(self, project: Project, _send: Send) -> None:
        self._project = project
        self._turned: dict[str, Event | None] = {}  # actions answered before, should the page ask again
        self.handlers = {
            "history": self._history,
            "undo": lambda message: self._turn_back(message, project.history.next_undo, project.undo),
            "redo": lambda message: self._turn_back(message, project.history.next_redo, project.redo),
        }

    def _history(self, message: Message) -> Answer:
        return {"ok": True, **self._page(message)}, []

    def _page(self, message: Message) -> dict[str, Any]:
        told = tell_apart(self._project.history.table())
        found = _filtered(told, message)
        skip = place_in(message, "skip") if message.get("skip") is not None else 0
        page = found.iloc[::-1].iloc[skip : skip + PAGE]
        names = {"id": "event_id", **{name: name for name in ("at", "coder", "action", "of", "summary", "undone")}}
        values = [[plain(value) for value in page[column]] for column in names.values()]
        history = self._project.history
        return {
            "events": [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)],
            "n": len(found),
            "coders": sorted(told["coder"].unique().tolist()),
            "coder": self._project.coder,
            "kinds": list(_SECTIONS),
            "undo": _wire(history.next_undo()),
            "redo": _wire(history.next_redo()),
        }

    def _turn_back(
        self, message: Message, find: Callable[[], Event | None], turn: Callable[..., Event | None]
    ) -> Answer:
        op_id, named = text_in(message, "op_id"), place_in(message, "event")
        if op_id not in self._turned:
            # The button says what it takes back; when something else would be, it is named first.
            upcoming = find()
            if upcoming is None or upcoming.event_id != named:
                return {"ok": True, "other": True, **self._page(message)}, []
            self._turned[op_id] = turn(op_id=op_id)
        return {"ok": True, "saved": True, "turned": _wire(self._turned[op_id]), **self._page(message)}, []


def tell_apart(table: pd.DataFrame) -> pd.DataFrame:
    """The history with ``undone`` (is it taken back?), ``of`` (what an undo or redo was about) and ``kind``."""
    target = table["undoes"].fillna(table["redoes"])
    turns = target.notna()
    last = table[turns].assign(target=target[turns]).drop_duplicates("target", keep="last")
    undone = last.loc[last["undoes"].notna(), "target"]
    known = table.set_index("event_id")
    of = target.map(known["action"]).where(turns, None)
    about = of.where(turns, table["action"])
    kind = about.map(_KIND_OF_ACTION).fillna(about.str.split(".").str[0].map(_KIND_OF))
    summary = target.map(known["summary"]).where(turns, table["summary"])
    return table.assign(undone=table["event_id"].isin(undone), of=of, kind=kind, summary=summary)


def _filtered(table: pd.DataFrame, message: Message) -> pd.DataFrame:
    wanted = pd.Series(data=True, index=table.index)
    if message.get("coder"):
        wanted &= table["coder"] == text_in(message, "coder")
    if message.get("kind"):
        kind = text_in(message, "kind")
        require_choice("kind", kind, tuple(_SECTIONS))
        wanted &= table["kind"] == kind
    if message.get("since"):
        # The day of the reader, as its two ends.
        at = pd.to_datetime(table["at"], utc=True, format="ISO8601")
        wanted &= (at >= _time_in(message, "since")) & (at < _time_in(message, "until"))
    return table[wanted]


def _time_in(message: Message, name: str) -> pd.Timestamp:
    try:
        time = datetime.fromisoformat(text_in(message, name, most=40))
    except ValueError as error:
        raise MessageError("VALIDATION", f"{name} should be a time.") from error
    if time.tzinfo is None:
        raise MessageError("VALIDATION", f"{name} should be a time with its zone.")
    return pd.Timestamp(time)


def _wire(event: Event | None) -> dict[str, Any] | None:
    return None if event is None else {"id": event.event_id, "action": event.action, "summary": event.summary}
