"""The logic chain of the intervention: problem, cause, need, aim, session, strategy, outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from sqlalchemy import func, select

from qualkit.errors import DataError
from qualkit.project.journal import Action
from qualkit.project.lookups import present
from qualkit.project.schema import links
from qualkit.project.section import Section
from qualkit.project.values import to_text

LINK_FIELDS = ("problem", "cause", "need", "aim", "session", "strategy", "outcome")
_COLUMNS = dict.fromkeys(("link_id", *LINK_FIELDS), "text")


class Links(Section):
    """The logic chain of a project: ``project.links``."""

    def add(self, *, evidence: Sequence[str] = (), op_id: str | None = None, **values: str) -> str:
        """Add one chain (``problem=…, cause=…, need=…``), with the codings that support it; its id."""

        def work(action: Action) -> str:
            (link_id,) = write_links(action, [values], evidence=evidence)
            return link_id

        return self._journal.run("links.add", work, op_id=op_id)

    def remove(self, link: str, *, op_id: str | None = None) -> None:
        """Mark a chain as removed."""
        self._journal.run("links.remove", lambda action: action.remove(links, [link]), op_id=op_id)

    def table(self) -> pd.DataFrame:
        """One row per chain, in order; an empty place is a missing link."""
        statement = select(*(links.c[name] for name in _COLUMNS)).where(present(links)).order_by(links.c.position)
        return self._frame(statement, _COLUMNS)


def write_links(action: Action, rows: Sequence[Mapping[str, str]], *, evidence: Sequence[str] = ()) -> list[str]:
    """Store chains after those that are there; their ids."""
    position = action.connection.execute(select(func.coalesce(func.max(links.c.position), 0))).scalar_one()
    new = []
    for number, values in enumerate(rows, start=1):
        unknown = [name for name in values if name not in LINK_FIELDS]
        if unknown:
            raise DataError(f"A chain has no {', '.join(unknown)}. Its parts are {', '.join(LINK_FIELDS)}.")
        cells = {name: to_text(value) for name, value in values.items()}
        if not any(cells.values()):
            raise DataError(f"Chain {number} is empty. Name at least one of {', '.join(LINK_FIELDS)}.")
        new.append({"link_id": action.new_id(), **cells, "evidence": list(evidence), "position": position + number})
    action.summary = f"{len(new)}"
    action.insert(links, new)
    return [row["link_id"] for row in new]


def replace_links(action: Action, rows: Sequence[Mapping[str, str]]) -> int:
    """Put these chains in the place of all others; how many."""
    old = action.connection.execute(select(links.c.link_id).where(present(links))).scalars().all()
    action.remove(links, old)
    return len(write_links(action, rows))
