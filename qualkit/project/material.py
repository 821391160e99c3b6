"""What material the project holds of each case: counted by wave or session and kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from qualkit.headings import find_value
from qualkit.project.lookups import present
from qualkit.project.schema import (
    absences,
    attendance,
    cases,
    consents,
    observation_ratings,
    relations,
    respondents,
    responses,
    sessions,
    sources,
    surveys,
)
from qualkit.project.settings import read_settings
from qualkit.project.withdrawn import withdrawn_cases

#: Roles of people who are asked about others; no material of their own is expected.
INFORMANTS = ("guardian", "teacher", "worker")

#: A place of material: wave and session, of which at most one is given, and its kind.
Place = tuple[str | None, int | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A case with what decides which material is expected of it."""

    case_id: str
    case: str
    role: str | None
    about_id: str | None

    @property
    def rule(self) -> str:
        """The role by which material is expected: whoever has none and speaks about nobody counts as member."""
        role = self.role and (find_value("role", self.role) or self.role)
        return role or ("member" if self.about_id is None else "guardian")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything a table of completeness is made of, read once."""

    cases: list[Person]
    waves: list[str]
    sessions: list[int]
    counts: dict[tuple[str, Place], int]
    attended: dict[tuple[str, int], tuple[bool, str | None]]
    absences: dict[tuple[str, str, str | None, int | None], str]
    consents: dict[str, list[str]]
    withdrawn: set[str]


def read_material(connection: Connection) -> Material:
    """Count all material of all cases."""
    columns = (cases.c.case_id, cases.c.case, cases.c.role, cases.c.about_id)
    people = [
        Person(**row)
        for row in connection.execute(select(*columns).where(present(cases)).order_by(cases.c.position)).mappings()
    ]
    there = {case.case_id for case in people}
    attended = _attended(connection)
    counts = {(case_id, place): n for case_id, place, n in _counted(connection, people) if case_id in there and n}
    said: dict[str, list[str]] = {}
    for row in connection.execute(select(consents.c.case_id, consents.c.status).where(present(consents))):
        said.setdefault(row.case_id, []).append(row.status)
    reasons = select(
        absences.c.case_id, absences.c.kind, absences.c.wave, sessions.c.session, absences.c.reason
    ).outerjoin(sessions, sessions.c.session_id == absences.c.session_id)
    numbers = select(sessions.c.session).where(present(sessions)).order_by(sessions.c.session)
    return Material(
        cases=people,
        waves=read_settings(connection)["waves"],
        sessions=list(connection.execute(numbers).scalars()),
        counts=counts,
        attended=attended,
        absences={tuple(row[:4]): row[4] for row in connection.execute(reasons.where(present(absences)))},
        consents=said,
        withdrawn=set(withdrawn_cases(connection)),
    )


def _counted(connection: Connection, people: Sequence[Person]) -> Iterable[tuple[str, Place, int]]:
    """Case, place and number of everything the project holds."""
    interviews = _interviews(connection)
    for (case_id, wave), n in interviews.items():
        yield case_id, (wave, None, "interview"), n
    yield from _informants(connection, people, interviews)
    n_items = func.count(responses.c.value)
    scored = select(responses.c.case_id, responses.c.wave, responses.c.scale, n_items).where(present(responses))
    for row in connection.execute(scored.group_by(responses.c.case_id, responses.c.wave, responses.c.scale)):
        yield row[0], (row[1], None, f"scale/{row[2]}"), row[3]
    asked = (
        select(respondents.c.case_id, surveys.c.wave, surveys.c.survey, func.count())
        .join(surveys, surveys.c.survey_id == respondents.c.survey_id)
        .where(present(respondents), present(surveys), respondents.c.case_id.is_not(None))
    )
    for row in connection.execute(asked.group_by(respondents.c.case_id, surveys.c.wave, surveys.c.survey)):
        yield row[0], (row[1], None, f"survey/{row[2]}"), row[3]
    rated = (
        select(observation_ratings.c.case_id, sessions.c.session, func.count(observation_ratings.c.value))
        .join(sessions, sessions.c.session_id == observation_ratings.c.session_id)
        .where(present(observation_ratings))
    )
    for row in connection.execute(rated.group_by(observation_ratings.c.case_id, sessions.c.session)):
        yield row[0], (None, row[1], "observation"), row[2]
    for (case_id, session), (was_there, _) in _attended(connection).items():
        yield case_id, (None, session, "attendance"), int(was_there)
    agreed = select(consents.c.case_id, func.count()).where(present(consents)).group_by(consents.c.case_id)
    for row in connection.execute(agreed):
        yield row[0], (None, None, "consent"), row[1]


def _interviews(connection: Connection) -> dict[tuple[str, str | None], int]:
    statement = (
        select(sources.c.case_id, sources.c.wave, func.count())
        .where(present(sources), sources.c.kind == "interview", sources.c.case_id.is_not(None))
        .group_by(sources.c.case_id, sources.c.wave)
    )
    return {(row[0], row[1]): row[2] for row in connection.execute(statement)}


def _informants(
    connection: Connection, people: Sequence[Person], interviews: Mapping[tuple[str, str | None], int]
) -> Iterable[tuple[str, Place, int]]:
    # An interview with somebody who speaks about the case, or is related to it as guardian, teacher or worker.
    speaks_about: dict[str, set[str]] = {}
    roles = {case.case_id: case.role for case in people}
    for case in people:
        if case.about_id is not None:
            speaks_about.setdefault(case.case_id, set()).add(case.about_id)
    related = select(relations.c.case_id, relations.c.other_id).where(present(relations))
    for one, other in connection.execute(related):
        for informant, child in ((one, other), (other, one)):
            if roles.get(informant) in INFORMANTS and roles.get(child) not in INFORMANTS:
                speaks_about.setdefault(informant, set()).add(child)
    counted: dict[tuple[str, str | None], int] = {}
    for (informant, wave), n in interviews.items():
        for child in speaks_about.get(informant, ()):
            counted[child, wave] = counted.get((child, wave), 0) + n
    for (child, wave), n in counted.items():
        yield child, (wave, None, "informant"), n


def _attended(connection: Connection) -> dict[tuple[str, int], tuple[bool, str | None]]:
    statement = (
        select(attendance.c.case_id, sessions.c.session, attendance.c.attended, attendance.c.note)
        .join(sessions, sessions.c.session_id == attendance.c.session_id)
        .where(present(attendance))
    )
    found: dict[Any, Any] = {(row[0], row[1]): (row[2], row[3]) for row in connection.execute(statement)}
    return found
