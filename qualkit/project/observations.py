"""What observers rated and wrote down in the group sessions."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import select

from qualkit.project.journal import Action
from qualkit.project.lookups import find_source, present
from qualkit.project.observation_ratings import write_observations
from qualkit.project.observation_records import make_sessions, store_record
from qualkit.project.schema import cases, observation_ratings, sessions
from qualkit.project.section import Section
from qualkit.readers.observation import ObservationRecord

_COLUMNS = {
    "session": "integer",
    **dict.fromkeys(("date", "case"), "text"),
    "attended": "yes or no",
    **dict.fromkeys(("observer", "item"), "text"),
    "value": "number",
    "key_event": "text",
}


class Observations(Section):
    """The observers' ratings and records of a project: ``project.observations``."""

    def add_table(self, table: pd.DataFrame, *, op_id: str | None = None) -> int:
        """Add ratings as ``qk.readers.read_observations`` gives them; how many.

        A rating that is there already is replaced by the new one.
        """

        def work(action: Action) -> int:
            action.summary = f"{len(table)}"
            return write_observations(action, table)

        return self._journal.run("observations.add_table", work, op_id=op_id)

    def add_record(self, record: ObservationRecord, *, op_id: str | None = None) -> list[str]:
        """Add what ``qk.readers.read_observation_record`` read: ratings, a text per session, attendance.

        The texts are sources named by their session (``observation/3``); where another file has the name,
        with the observer or the file's name behind it. Sessions that are not there yet are made. A text of
        the same file gets a new version, to which its codings move. All of it comes in, or nothing.

        Returns
        -------
        list of str
            The ids of the texts.
        """

        def work(action: Action) -> list[str]:
            make_sessions(action, record)
            stored = store_record(action, record, changed="accept")
            action.summary = ", ".join(stored.names)
            return [find_source(action.connection, name)["source_id"] for name in stored.names]

        return self._journal.run("observations.add_record", work, op_id=op_id)

    def table(self, *, include_withdrawn: bool = False) -> pd.DataFrame:
        """One row per rating of a case by an observer in a session; NaN when absent or not rated.

        People who withdrew are left out (see ``project.consents``).
        """
        columns: dict[str, Any] = {"session": sessions.c.session, "case": cases.c.case}
        columns["key_event"] = observation_ratings.c.note
        statement = (
            select(*(columns[name] if name in columns else observation_ratings.c[name] for name in _COLUMNS))
            .select_from(observation_ratings)
            .join(sessions, sessions.c.session_id == observation_ratings.c.session_id)
            .join(cases, cases.c.case_id == observation_ratings.c.case_id)
            .where(present(observation_ratings))
            .order_by(sessions.c.session, observation_ratings.c.rating_id)
        )
        return self._outward(statement, _COLUMNS, include_withdrawn)
