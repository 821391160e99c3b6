"""The answers of cases to scales, and their scores."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.errors import DataError
from qualkit.project.frames import to_frame
from qualkit.project.journal import Action
from qualkit.project.lookups import find_case, find_scale, present
from qualkit.project.scales import to_scale
from qualkit.project.schema import cases, responses, scales
from qualkit.project.section import Section
from qualkit.project.settings import require_wave
from qualkit.project.values import to_number, to_text
from qualkit.project.withdrawn import without_withdrawn
from qualkit.scales import Scale
from qualkit.scales.answers import answer_table

_COLUMNS = {**dict.fromkeys(("scale", "case", "wave", "item"), "text"), "value": "number"}
_SCORES = {
    **dict.fromkeys(("scale", "subscale", "case", "wave"), "text"),
    "score": "number",
    "n_items": "integer",
    "n_answered": "integer",
    "note": "text",
}


class Responses(Section):
    """The answers in a project: ``project.responses``."""

    def add_table(
        self, table: pd.DataFrame, *, scale: str | None = None, wave: str | None = None, op_id: str | None = None
    ) -> int:
        """Add answers, long (``case``, ``wave``, ``item``, ``value``) or wide (one column per item); how many.

        ``scale`` may be left out when the project has one scale or the table names it; an answer
        that is there already is replaced by the new one.
        """

        def work(action: Action) -> int:
            number = write_responses(action, table, scale=scale, wave=wave)
            action.summary = f"{number}"
            return number

        return self._journal.run("responses.add_table", work, op_id=op_id)

    def table(self, *, include_withdrawn: bool = False) -> pd.DataFrame:
        """One row per answer of one case to one item at one wave; NaN for an item left empty.

        People who withdrew are left out (see ``project.consents``).
        """
        with self._database.read() as connection:
            answers = read_responses(connection)
            return answers if include_withdrawn else without_withdrawn(connection, answers)


class Scores(Section):
    """The scores computed from the answers in a project: ``project.scores``."""

    def table(self, *, total: bool = False, include_withdrawn: bool = False) -> pd.DataFrame:
        """One row per subscale of one case at one wave, by the scales of the project."""
        with self._database.read() as connection:
            answers = read_responses(connection)
            if not include_withdrawn:
                answers = without_withdrawn(connection, answers)
            rows = connection.execute(select(scales).where(present(scales)).order_by(scales.c.scale_id)).mappings()
            keys = [to_scale(dict(row)) for row in rows]
        scored = [
            key.score(answers[answers["scale"] == key.id], total=total)
            for key in keys
            if (answers["scale"] == key.id).any()
        ]
        if not scored:
            return to_frame([], _SCORES)
        return pd.concat(scored, ignore_index=True)


def write_responses(action: Action, table: pd.DataFrame, *, scale: str | None, wave: str | None) -> int:
    """Store the answers of a table, all of them or none; how many."""
    connection = action.connection
    key = _find_key(connection, table, scale)
    if wave is not None:
        require_wave(connection, wave)
        table = table.assign(wave=wave)
    people, answers = answer_table(key, table)
    case_ids = _case_ids(connection, people["case"])
    known = _known(connection, key.id)
    new = []
    for (case, when), values in zip(people[["case", "wave"]].itertuples(index=False), answers, strict=True):
        when = to_text(when)
        require_wave(connection, when)
        for item, value in zip(key.items, values, strict=True):
            place = (case_ids[case], when, str(item))
            number = to_number(float(value), name=f"item {item} of {case}")
            if place in known:
                action.update(responses, known[place], value=number)
            else:
                ids = {"response_id": action.new_id(), "scale": key.id, "case_id": place[0]}
                new.append({**ids, "wave": when, "item": str(item), "value": number})
    action.insert(responses, new)
    return answers.size


def read_responses(connection: Connection) -> pd.DataFrame:
    """The present answers."""
    columns = (cases.c.case if name == "case" else responses.c[name] for name in _COLUMNS)
    statement = (
        select(*columns)
        .select_from(responses)
        .join(cases, cases.c.case_id == responses.c.case_id)
        .where(present(responses))
        .order_by(responses.c.response_id)
    )
    return to_frame(connection.execute(statement), _COLUMNS)


def _find_key(connection: Connection, table: pd.DataFrame, scale: str | None) -> Scale:
    if scale is not None:
        return to_scale(find_scale(connection, scale))
    if "scale" in table.columns and table["scale"].nunique() == 1:
        return to_scale(find_scale(connection, str(table["scale"].iloc[0])))
    rows = connection.execute(select(scales).where(present(scales))).mappings().all()
    if len(rows) != 1:
        names = ", ".join(row["scale"] for row in rows) or "none"
        raise DataError(f"Which scale are these answers to? The project has {names}. Give scale=… or add it first.")
    return to_scale(dict(rows[0]))


def _case_ids(connection: Connection, named: pd.Series) -> dict[str, str]:
    known: dict[str, str] = dict(connection.execute(select(cases.c.case, cases.c.case_id).where(present(cases))).all())
    unknown = [str(name) for name in named.unique() if name not in known]
    if len(unknown) == 1:
        find_case(connection, unknown[0])
    if unknown:
        raise DataError(f"{len(unknown)} cases are not in this project: {', '.join(unknown)}. Add them first.")
    return known


def _known(connection: Connection, scale: str) -> dict[tuple[str, str | None, str], str]:
    columns = (responses.c.case_id, responses.c.wave, responses.c.item, responses.c.response_id)
    rows = connection.execute(select(*columns).where(responses.c.scale == scale, present(responses)))
    return {(row.case_id, row.wave, row.item): row.response_id for row in rows}
