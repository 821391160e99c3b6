"""What the people of a study agreed to: taking part, recording, being quoted, sharing of the data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.checks import require_choice
from qualkit.headings import find_value
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import find_case, present
from qualkit.project.schema import cases, consents
from qualkit.project.section import Section
from qualkit.project.values import to_iso_date, to_text
from qualkit.readers.consents import STATUSES, USES, read_consents
from qualkit.readers.problems import Problems
from qualkit.remarks import Remark, join_remarks
from qualkit.spreadsheets import write_table

_COLUMNS = dict.fromkeys(("consent_id", "case", "use", "status", "date", "by", "note"), "text")


class Consents(Section):
    """What the cases of a project agreed to: ``project.consents``.

    Who has withdrawn appears in no output: every table that feeds one leaves out the case, what it
    says, texts and scores about it, and the informants who speak about it. A case is withdrawn when any use has
    the status ``withdrawn`` or taking part (``interview``) was ``refused``; nothing is removed, and a later
    ``given`` brings everything back. Where only ``quotation`` was refused, the codings count and a note
    stands in the place of the words. ``include_withdrawn=True`` shows the author all that is there.
    """

    def set(
        self,
        case: str,
        use: str,
        status: str,
        *,
        date: Any = None,
        by: str | None = None,
        note: str | None = None,
        op_id: str | None = None,
    ) -> str:
        """Say what a case agreed to; its id. What was said of this use before is replaced.

        Parameters
        ----------
        use : {"interview", "recording", "quotation", "sharing"}
        status : {"given", "refused", "withdrawn", "not_asked"}
            Use and status are understood in Chinese too: 引用, 撤回.
        date : optional
            Day of the signature.
        by : str, optional
            Who signed: ``guardian`` (监护人), ``child`` (本人) or another word.
        """
        values = {
            "use": _known("use", use, USES),
            "status": _known("status", status, STATUSES),
            "date": to_iso_date(date),
            "by": _word("by", by),
            "note": to_text(note),
        }

        def work(action: Action) -> str:
            row = find_case(action.connection, case)
            action.summary = f"{row['case']} {values['use']}: {values['status']}"
            return write_consents(action, [{"case_id": row["case_id"], **values}])[0]

        return self._journal.run("consents.set", work, op_id=op_id)

    def table(self) -> pd.DataFrame:
        """One row per case and use, in the order of the cases; also of those who withdrew."""
        statement = (
            select(*(cases.c.case if name == "case" else consents.c[name] for name in _COLUMNS))
            .join(cases, cases.c.case_id == consents.c.case_id)
            .where(present(consents))
            .order_by(cases.c.position, consents.c.consent_id)
        )
        return self._frame(statement, _COLUMNS)

    def import_table(self, path: str | Path, *, op_id: str | None = None) -> str:
        """Store the consents of a ``.csv`` or ``.xlsx`` file as ``qk.readers.read_consents`` reads them."""

        def work(action: Action) -> str:
            action.summary = Path(path).name
            return import_consent_table(action, Path(path))

        return self._journal.run("consents.import_table", work, op_id=op_id)

    def export(self, path: str | Path, *, language: str = "zh") -> Path:
        """Write the consents to a ``.csv`` or ``.xlsx`` file that ``import_table`` reads back."""
        return write_table(self.table().drop(columns="consent_id"), path, language=language)


def write_consents(action: Action, given: Sequence[Row]) -> list[str]:
    """Store consents by the ids of their cases; the ids of all of them."""
    known = _read_known(action.connection)
    new, changed = [], {}
    for row in given:
        place = (row["case_id"], row["use"])
        if place in known:
            changed[known[place]] = row
            continue
        known[place] = action.new_id()
        new.append({"consent_id": known[place], **row})
    action.update_many(consents, changed)
    action.insert(consents, new)
    return [known[row["case_id"], row["use"]] for row in given]


def import_consent_table(action: Action, path: Path) -> str:
    """Store the consents of a table; how many, and who has withdrawn."""
    read = read_consents(path)
    problems = Problems(path)
    given = []
    for one in read:
        with problems.at(one.number):
            values = {name: to_text(getattr(one, name)) for name in ("use", "status", "date", "by", "note")}
            given.append({"case_id": find_case(action.connection, one.case)["case_id"], **values})
    problems.refuse()
    write_consents(action, given)
    gone = dict.fromkeys(one.case for one in read if one.status == "withdrawn")
    out = ", ".join(gone)
    withdrawn = Remark(f"withdrawn, in no output: {out}", f"已撤回同意、不进入任何结果：{out}") if gone else ""
    return join_remarks([Remark(f"{len(given)} consents", f"{len(given)} 条知情同意"), withdrawn])


def _known(name: str, given: str, accepted: Sequence[str]) -> str:
    value = _word(name, given)
    require_choice(name, value, accepted)
    return str(value)


def _word(name: str, given: str | None) -> str | None:
    text = to_text(given)
    return None if text is None else find_value(name, text) or text


def _read_known(connection: Connection) -> dict[tuple[str, str], str]:
    columns = (consents.c.case_id, consents.c.use, consents.c.consent_id)
    rows = connection.execute(select(*columns).where(present(consents)))
    return {(row.case_id, row.use): row.consent_id for row in rows}
