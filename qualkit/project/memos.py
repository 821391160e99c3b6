"""Memos: typed notes on anything in a project."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.checks import require_choice
from qualkit.errors import DataError, NotFoundError
from qualkit.model import Note, Source
from qualkit.project.journal import Action, Row, fetch_row
from qualkit.project.lookups import present
from qualkit.project.schema import LIVING, memos
from qualkit.project.section import Section
from qualkit.project.values import require_unchanged, to_text
from qualkit.remarks import Remark

MEMO_KINDS = ("analytic", "method", "theory", "reflexive", "safeguarding")
ON_CODING = "analytic"  # the kind of the one memo that a coding shows

_NOTE_WORDS = {"comment": "批注", "footnote": "脚注", "endnote": "尾注", "tag": "标记"}
_MOST_QUOTED = 60
_CONTEXT = 20

_COLUMNS = dict.fromkeys(("memo_id", "kind", "target", "target_id", "text", "coder", "at"), "text")


class Memos(Section):
    """The memos of a project: ``project.memos``."""

    def add(self, target_id: str, text: str, *, kind: str = ON_CODING, op_id: str | None = None) -> str:
        """Write a memo on whatever has this id (source, case, code, coding, session …); its id."""
        require_choice("kind", kind, MEMO_KINDS)

        _require_words(text)

        def work(action: Action) -> str:
            action.summary = text[:40]
            target = _find_target(action.connection, target_id)
            return write_memo(action, target, target_id, text, kind=kind, coder=action.coder)

        return self._journal.run("memos.add", work, op_id=op_id)

    def update(self, memo: str, text: str, *, instead_of: str | None = None, op_id: str | None = None) -> None:
        """Change the text of a memo; refused when it is not the one of ``instead_of`` any more."""

        _require_words(text)

        def work(action: Action) -> None:
            row = _require_memo(action.connection, memo)
            if instead_of is not None:
                require_unchanged(row["text"], instead_of)
            action.summary = text[:40]
            action.update(memos, memo, text=text)

        self._journal.run("memos.update", work, op_id=op_id)

    def remove(self, memo: str, *, op_id: str | None = None) -> None:
        """Mark a memo as removed."""

        def work(action: Action) -> None:
            _require_memo(action.connection, memo)
            action.remove(memos, [memo])

        self._journal.run("memos.remove", work, op_id=op_id)

    def table(self) -> pd.DataFrame:
        """One row per memo, oldest first; ``target`` is the kind of thing it is on."""
        statement = select(*(memos.c[name] for name in _COLUMNS)).where(present(memos)).order_by(memos.c.memo_id)
        return self._frame(statement, _COLUMNS)


def write_memo(action: Action, target: str, target_id: str, text: str, *, kind: str, coder: str) -> str:
    """Store a memo; its id."""
    row = {
        "memo_id": action.new_id(),
        "kind": kind,
        "target": target,
        "target_id": target_id,
        "text": text,
        "coder": coder,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    action.insert(memos, [row])
    return row["memo_id"]


def write_notes(action: Action, source_id: str, source: Source) -> None:
    """Keep what a file says beside its text as memos on the source; one that is there already is not doubled."""
    if not source.notes:
        return
    known = set(
        action.connection.execute(select(memos.c.text).where(memos.c.target_id == source_id, present(memos))).scalars()
    )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    rows = []
    for note in source.notes:
        text = _note_text(note, source.text)
        if text in known or not note.text.strip():
            continue
        known.add(text)
        row = {"memo_id": action.new_id(), "kind": ON_CODING, "target": "sources", "target_id": source_id}
        rows.append({**row, "text": text, "coder": note.author or action.coder, "at": now})
    action.insert(memos, rows)


def _note_text(note: Note, text: str) -> str:
    # Which words it is about stands in the memo, so that it can be read without the place.
    about = text[note.start : note.end].strip() or text[note.start : note.start + _CONTEXT].split("\n")[0]
    quote = about if len(about) <= _MOST_QUOTED else f"{about[: _MOST_QUOTED - 1]}…"
    return (
        f"〔{_NOTE_WORDS[note.kind]}〕「{quote}」{note.text}" if quote else f"〔{_NOTE_WORDS[note.kind]}〕{note.text}"
    )


def find_coding_memo(connection: Connection, coding_id: str) -> tuple[str, str] | None:
    """Id and text of the memo that a coding shows: its first analytic one."""
    on_coding = (memos.c.target_id == coding_id) & (memos.c.kind == ON_CODING) & present(memos)
    row = connection.execute(select(memos.c.memo_id, memos.c.text).where(on_coding).order_by(memos.c.memo_id)).first()
    return None if row is None else (row.memo_id, row.text)


def set_coding_memo(action: Action, coding_id: str, text: str | None, *, coder: str) -> None:
    """Write, change or (with empty text) take away the memo that a coding shows."""
    memo = find_coding_memo(action.connection, coding_id)
    known = None if memo is None else memo[0]
    if to_text(text) is None:
        action.remove(memos, [known] if known else [])
    elif known is None:
        write_memo(action, "codings", coding_id, str(text), kind=ON_CODING, coder=coder)
    else:
        action.update(memos, known, text=str(text))


def _find_target(connection: Connection, target_id: str) -> str:
    for name, table in LIVING.items():
        row = fetch_row(connection, table, target_id)
        if row is not None and row["removed_at"] is None:
            return name
    raise NotFoundError(f"Nothing in this project has the id {target_id!r}. Take it from one of the tables.")


def _require_words(text: str) -> None:
    if not isinstance(text, str) or not text.strip():
        raise DataError(f"The memo is {text!r}. Write some text, or remove the memo with project.memos.remove.")


def _require_memo(connection: Connection, memo: str) -> Row:
    row = fetch_row(connection, memos, memo)
    if row is None or row["removed_at"] is not None:
        raise NotFoundError(
            Remark(
                f"There is no memo {memo!r}. Take the id from project.memos.table().",
                f"没有备忘 {memo!r}，可能已在别处移除。请重新查看备忘列表。",
            )
        )
    return row
