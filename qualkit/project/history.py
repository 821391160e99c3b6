"""What happened: every action with its coder and time, oldest first."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import select

from qualkit.project.schema import events
from qualkit.project.section import Section
from qualkit.project.undo import Event, next_redo, next_undo

_COLUMNS = {
    "event_id": "integer",
    **dict.fromkeys(("at", "coder", "action", "summary"), "text"),
    "undoes": "integer or missing",
    "redoes": "integer or missing",
}


class History(Section):
    """The history of a project: ``project.history``."""

    def table(self) -> pd.DataFrame:
        """One row per action; ``undoes`` and ``redoes`` name the action taken back or done again."""
        return self._frame(select(*(events.c[name] for name in _COLUMNS)).order_by(events.c.event_id), _COLUMNS)

    def next_undo(self) -> Event | None:
        """The action that ``project.undo`` would take back."""
        with self._database.read() as connection:
            return next_undo(connection, self._journal.coder)

    def next_redo(self) -> Event | None:
        """The action that ``project.redo`` would do again."""
        with self._database.read() as connection:
            return next_redo(connection, self._journal.coder)
