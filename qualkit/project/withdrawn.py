"""Leave out of a table whatever is of people who have withdrawn: the one place where that is decided.

A case is *withdrawn* when consent to any use has the status ``withdrawn``, or when taking part
(``interview``) was ``refused``. With it go the informants who speak about it (``about``), since all of
their words are about that child. Somebody who agrees to take part but not to a single use has
``refused`` that use, which is no withdrawal: their codings count, but where ``quotation`` was refused a
note stands in the place of their words. What others say of the case in their own texts stays.
"""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, and_, or_, select

from qualkit.project.lookups import present
from qualkit.project.schema import cases, consents, sources
from qualkit.project.settings import read_settings

_NAMED_IN = ("case", "other", "about")

#: What stands in the place of words that may not be quoted.
NOT_QUOTED = {"zh": "（未同意引用原话）", "en": "(not to be quoted)"}


def withdrawn_cases(connection: Connection) -> list[str]:
    """The codes of the cases that appear in no output, in their order."""
    gone = (
        select(consents.c.case_id)
        .where(
            present(consents),
            or_(
                consents.c.status == "withdrawn",
                and_(consents.c.use == "interview", consents.c.status == "refused"),
            ),
        )
        .scalar_subquery()
    )
    statement = select(cases.c.case).where(present(cases), or_(cases.c.case_id.in_(gone), cases.c.about_id.in_(gone)))
    return list(connection.execute(statement.order_by(cases.c.position)).scalars())


def without_withdrawn(connection: Connection, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table that name no withdrawn case and stand in no source about one."""
    gone = withdrawn_cases(connection)
    if not gone:
        return table
    hidden = pd.Series(False, index=table.index)
    for column in _NAMED_IN:
        if column in table.columns:
            hidden |= table[column].isin(gone)
    if "source_id" in table.columns:
        about = select(sources.c.source_id).join(cases, cases.c.case_id == sources.c.case_id)
        hidden |= table["source_id"].isin(list(connection.execute(about.where(cases.c.case.in_(gone))).scalars()))
    return table[~hidden].reset_index(drop=True)


def without_unquotable(connection: Connection, codings: pd.DataFrame) -> pd.DataFrame:
    """The codings with a note in the place of the words of people who refused to be quoted."""
    refused = (
        select(cases.c.case)
        .join(consents, consents.c.case_id == cases.c.case_id)
        .where(present(consents), consents.c.use == "quotation", consents.c.status == "refused")
    )
    hidden = codings["case"].isin(list(connection.execute(refused).scalars()))
    if not hidden.any():
        return codings
    note = NOT_QUOTED[read_settings(connection)["language"]]
    return codings.assign(text=codings["text"].mask(hidden, note))
