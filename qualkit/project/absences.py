"""Why something is missing: a child was ill at the second interview, a guardian could not be reached."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import select

from qualkit.errors import DataError, NotFoundError
from qualkit.headings import find_value
from qualkit.project.journal import Action, fetch_row
from qualkit.project.lookups import find_case, find_session_id, present
from qualkit.project.schema import absences, cases, sessions
from qualkit.project.section import Section
from qualkit.project.settings import require_wave
from qualkit.project.values import to_text

_COLUMNS = {
    **dict.fromkeys(("absence_id", "case", "kind", "wave"), "text"),
    "session": "integer or missing",
    "reason": "text",
}


class Absences(Section):
    """The reasons for what is missing in a project: ``project.absences``."""

    def add(
        self,
        case: str,
        kind: str,
        *,
        wave: str | None = None,
        session: str | int | None = None,
        reason: str,
        op_id: str | None = None,
    ) -> str:
        """Say why a material is missing; its id. The reason that was given for it before is replaced.

        ``kind`` is that of ``project.completeness()`` (``interview``, ``scale/<name>``, ``attendance`` …);
        without ``wave`` the reason holds for all waves, without ``session`` for all sessions.
        """
        word = to_text(reason)
        material = to_text(kind)
        if word is None or material is None:
            raise DataError(
                f"kind={kind!r}, reason={reason!r}: say what is missing and why, such as 'interview', '转学'."
            )
        material = find_value("kind", material) or material

        def work(action: Action) -> str:
            row = find_case(action.connection, case)
            action.summary = f"{row['case']} {material}: {word}"
            return _write(action, row["case_id"], material, wave, session, word)

        return self._journal.run("absences.add", work, op_id=op_id)

    def remove(self, absence: str, *, op_id: str | None = None) -> None:
        """Mark a reason as removed."""

        def work(action: Action) -> None:
            row = fetch_row(action.connection, absences, absence)
            if row is None or row["removed_at"] is not None:
                raise NotFoundError(f"There is no absence {absence!r}. Take the id from project.absences.table().")
            action.remove(absences, [absence])

        self._journal.run("absences.remove", work, op_id=op_id)

    def table(self) -> pd.DataFrame:
        """One row per reason, in the order of the cases."""
        columns = {"case": cases.c.case, "session": sessions.c.session}
        statement = (
            select(*(columns[name] if name in columns else absences.c[name] for name in _COLUMNS))
            .join(cases, cases.c.case_id == absences.c.case_id)
            .outerjoin(sessions, sessions.c.session_id == absences.c.session_id)
            .where(present(absences))
            .order_by(cases.c.position, absences.c.absence_id)
        )
        return self._frame(statement, _COLUMNS)


def _write(action: Action, case_id: str, kind: str, wave: str | None, session: str | int | None, reason: str) -> str:
    require_wave(action.connection, wave)
    place = {
        "case_id": case_id,
        "kind": kind,
        "wave": wave,
        "session_id": find_session_id(action.connection, session),
    }
    same = [absences.c[name].is_not_distinct_from(value) for name, value in place.items()]
    known = action.connection.execute(select(absences.c.absence_id).where(*same, present(absences))).scalar()
    if known is not None:
        action.update(absences, known, reason=reason)
        return known
    absence_id = action.new_id()
    action.insert(absences, [{"absence_id": absence_id, **place, "reason": reason}])
    return absence_id
