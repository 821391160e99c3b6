"""The Documents tab: what the study holds, who speaks in it, who takes part, what is missing; all edits durable."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qualkit.checks import require_choice
from qualkit.model import SOURCE_KINDS
from qualkit.project.study_kinds import TEXT_KINDS
from qualkit.readers.formats import FORMATS
from qualkit.widgets.channel import Answer, Message, MessageError, Send, text_in
from qualkit.widgets.document_tables import (
    completeness_rows,
    document_rows,
    participant_table,
    plain,
)
from qualkit.widgets.imports import Imports
from qualkit.widgets.speakers import Speakers
from qualkit.widgets.study import count_by_source

if TYPE_CHECKING:
    from qualkit.project import Project

LONGEST_REASON = 2_000
_EDITABLE = ("name", "kind", "case", "wave", "session", "date")

# Undo in this tab takes back what this tab can do, and never a coding.
_SECTIONS = ("import", "sources", "cases", "absences")


class Documents:
    """Answers the Documents tab; each list is asked for when it is shown, each edit is one action."""

    def __init__(self, project: Project, send: Send) -> None:
        self._project = project
        self.imports = Imports(project, send)
        speakers = Speakers(project)
        self.handlers = {
            "hello": self._hello,
            "ping": lambda _message: ({"ok": True}, []),
            "documents": self._documents,
            "source.set": self._set_source,
            "source.remove": self._remove_source,
            "speakers": speakers.tell,
            "set": speakers.set,
            "participants": self._participants,
            "case.add": self._add_case,
            "case.set": self._set_case,
            "completeness": self._completeness,
            "absence.set": self._set_absence,
            "undo": lambda message: self._turn_back(message, self._project.undo),
            "redo": lambda message: self._turn_back(message, self._project.redo),
            **self.imports.handlers,
        }

    def _hello(self, _message: Message) -> Answer:
        project = self._project
        study: dict[str, Any] = {"waves": project.waves, "coder": project.coder, **self._people()}
        study |= {"kinds": list(SOURCE_KINDS), "text_kinds": list(TEXT_KINDS)}
        study["sessions"] = project.sessions.table()["session"].tolist()
        study["formats"] = {one.name: dict(one.label) for one in FORMATS}
        return {"ok": True, "study": study, **self._lists(), **self.imports.state}, []

    def _people(self) -> dict[str, Any]:
        return {"cases": self._project.cases.table(include_withdrawn=True)["case"].tolist()}

    # ── documents ────────────────────────────────────────────────────────────

    def _documents(self, _message: Message) -> Answer:
        return {"ok": True, **self._lists(), **self._people()}, []

    def _lists(self) -> dict[str, Any]:
        # The author sees all that is there, also of people who withdrew.
        sources = self._project.sources.table(include_withdrawn=True)
        counts = self._project.codings.counts(include_withdrawn=True)
        return {"documents": document_rows(sources, count_by_source(counts))}

    def _set_source(self, message: Message) -> Answer:
        source, field, op_id = (text_in(message, name) for name in ("source", "field", "op_id"))
        require_choice("field", field, _EDITABLE)
        value = _value_in(message)
        self._project.sources.update(source, **{field: value}, op_id=op_id)
        return {"ok": True, "saved": True, "document": self._document(source), **self._people()}, []

    def _document(self, source: str) -> dict[str, Any]:
        table = self._project.sources.table(include_withdrawn=True)
        (row,) = document_rows(table[table["source_id"] == source], {})
        del row["codings"]  # not counted again: an edit of a document changes none
        return row

    def _remove_source(self, message: Message) -> Answer:
        source, op_id = text_in(message, "source"), text_in(message, "op_id")
        self._project.sources.remove(source, op_id=op_id)
        return {"ok": True, "saved": True, "removed": source}, []

    # ── people ───────────────────────────────────────────────────────────────

    def _participants(self, _message: Message) -> Answer:
        project = self._project
        cases = project.cases.table(include_withdrawn=True)
        table = participant_table(cases, project.cases.attribute_types(), project.waves)
        return {"ok": True, "participants": table | {"withdrawn": project.cases.withdrawn()}}, []

    def _add_case(self, message: Message) -> Answer:
        case, op_id = text_in(message, "case").strip(), text_in(message, "op_id")
        self._project.cases.add(case, op_id=op_id)
        return {"ok": True, "saved": True, "added": case, **self._people(), **self._participants(message)[0]}, []

    def _set_case(self, message: Message) -> Answer:
        case, column, op_id = (text_in(message, name) for name in ("case", "column", "op_id"))
        if column == "case":
            raise MessageError("VALIDATION", "The code of a case stands in ids and files and is not changed here.")
        self._project.cases.update(case, op_id=op_id, **{column: _value_in(message)})
        table = self._project.cases.table(include_withdrawn=True).set_index("case")
        value = plain(table.at[case, column]) if column in table.columns else None
        return {"ok": True, "saved": True, "value": value}, []

    # ── what is missing ──────────────────────────────────────────────────────

    def _completeness(self, _message: Message) -> Answer:
        return {"ok": True, "cells": completeness_rows(self._project.completeness())}, []

    def _set_absence(self, message: Message) -> Answer:
        case, kind, op_id = (text_in(message, name) for name in ("case", "kind", "op_id"))
        wave, session, reason = (_value_in(message, name) for name in ("wave", "session", "reason"))
        if reason is not None:
            self._project.absences.add(case, kind, wave=wave, session=session, reason=reason, op_id=op_id)
        else:
            known = self._project.absences.table()
            for name, value in (("case", case), ("kind", kind), ("wave", wave), ("session", session)):
                known = known[known[name].isna() if value is None else known[name].astype(str) == value]
            for absence in known["absence_id"]:
                self._project.absences.remove(absence, op_id=op_id)
        return {"ok": True, "saved": True, **self._completeness(message)[0]}, []

    # ── undo and redo ────────────────────────────────────────────────────────

    def _turn_back(self, message: Message, turn: Callable[..., Any]) -> Answer:
        op_id = text_in(message, "op_id")
        for section in _SECTIONS:
            event = turn(section=section, op_id=op_id)
            if event is not None:
                return {
                    "ok": True,
                    "saved": True,
                    "action": event.action,
                    "summary": event.summary,
                    **self._lists(),
                }, []
        return {"ok": True, "nothing": True}, []


def _value_in(message: Message, name: str = "value") -> str | None:
    value = message.get(name)
    if value is None:
        return None
    return text_in(message, name, most=LONGEST_REASON).strip() or None
