"""How the cases of a study are related: who is whose grandmother, who plays with whom, by wave."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from qualkit.errors import DataError, ReadError
from qualkit.project.journal import Action
from qualkit.project.lookups import find_case, present
from qualkit.project.schema import cases, relations
from qualkit.project.settings import read_settings, require_wave
from qualkit.project.values import to_text
from qualkit.readers.named_table import read_named
from qualkit.readers.problems import Problems
from qualkit.readers.waves import find_wave
from qualkit.remarks import Remark, join_remarks

Related = tuple[str, str, str, str | None]


def add_relation(action: Action, case: str, relation: str, other: str, *, wave: str | None = None) -> str:
    """Write a relation between two cases, once; its id."""
    connection = action.connection
    require_wave(connection, wave)
    case_id, other_id = (find_case(connection, one)["case_id"] for one in (case, other))
    word = to_text(relation)
    if word is None:
        raise DataError(f"relation={relation!r} is empty. Say what {case} is to {other}, such as 奶奶 or 一起玩.")
    return write_relations(action, [(case_id, word, other_id, wave)])[0]


def write_relations(action: Action, given: Sequence[Related]) -> list[str]:
    """Store relations by the ids of their cases, each once; the ids of all of them."""
    known = _known(action.connection)
    new = []
    for one in dict.fromkeys(given):
        if one not in known:
            known[one] = action.new_id()
            row = dict(zip(("case_id", "relation", "other_id", "wave"), one, strict=True))
            new.append({"relation_id": known[one], **row})
    action.insert(relations, new)
    return [known[one] for one in given]


def import_relation_table(action: Action, path: Path) -> str:
    """Add the relations of a table: ``case`` is the ``relation`` of ``other``, perhaps at a ``wave``."""
    connection = action.connection
    table = read_named(path, ["case", "relation", "other", "wave"], required=["case", "relation", "other"])
    waves = read_settings(connection)["waves"]
    case_ids: dict[str, str] = dict(
        connection.execute(select(cases.c.case, cases.c.case_id).where(present(cases))).all()
    )
    problems = Problems(path)
    given: list[Related] = []
    for row in table.rows:
        with problems.at(row.number):
            given.append(_related(connection, row.values, case_ids, waves))
    problems.refuse()
    known = len(_known(connection))
    write_relations(action, given)
    n_new = len(_known(connection)) - known
    known = len(given) - n_new
    there = Remark(f"{known} already there", f"{known} 条已有") if known else ""
    return join_remarks([Remark(f"{n_new} relations", f"{n_new} 条关系"), there])


def _related(connection: Connection, values: dict[str, str], case_ids: dict[str, str], waves: Any) -> Related:
    for name in ("case", "other"):
        if not values[name]:
            raise ReadError(f"{name} is blank. Enter the code of a case.")
        if values[name] not in case_ids:
            find_case(connection, values[name])
    if not values["relation"]:
        raise ReadError(f"what is {values['case']} to {values['other']}? Enter the relation, such as 奶奶 or 一起玩.")
    when = values.get("wave", "")
    wave = find_wave(when, waves)
    if when and wave is None:
        raise ReadError(f"{when!r} is not a wave of this study. Write one of {', '.join(waves)}.")
    return case_ids[values["case"]], values["relation"], case_ids[values["other"]], wave


def _known(connection: Connection) -> dict[Related, str]:
    columns = (relations.c[name] for name in ("case_id", "relation", "other_id", "wave", "relation_id"))
    return {
        (row[0], row[1], row[2], row[3]): row[4]
        for row in connection.execute(select(*columns).where(present(relations)))
    }
