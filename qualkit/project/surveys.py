"""The questionnaires of a project: questions, respondents and answers as tables."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Select, select

from qualkit.checks import require_choice
from qualkit.errors import DataError, ProjectError
from qualkit.project.frames import to_frame
from qualkit.project.journal import Action
from qualkit.project.lookups import present
from qualkit.project.schema import cases, respondents, survey_answers, surveys
from qualkit.project.section import Section
from qualkit.project.study_sources import CHANGED
from qualkit.project.survey_records import find_surveys, store_survey
from qualkit.project.survey_sources import known_sources, remove_open_answers
from qualkit.readers import Survey

_TABLE = {
    **dict.fromkeys(("survey_id", "survey", "wave", "format"), "text"),
    "n_respondents": "integer",
    "n_questions": "integer",
    "notes": "text",
}
_QUESTIONS = {
    **dict.fromkeys(("survey", "wave", "question"), "text"),
    "number": "integer",
    **dict.fromkeys(("text", "kind", "part"), "text"),
    "part_number": "integer",
    "options": "any",
    "place": "text",
}
_RESPONDENTS = {
    **dict.fromkeys(("survey", "wave", "respondent", "case", "submitted_at"), "text"),
    "seconds": "number",
    "flags": "text",
}
_ANSWERS = {
    **dict.fromkeys(("survey", "wave", "respondent", "case", "question", "part"), "text"),
    "value": "number",
    "label": "text",
    "state": "text",
}


class Surveys(Section):
    """The questionnaires of a project: ``project.surveys``."""

    def add(
        self,
        survey: Survey,
        name: str | None = None,
        wave: str | None = None,
        *,
        changed: str = "offer",
        op_id: str | None = None,
    ) -> str:
        """Add a questionnaire read by ``qk.read_survey``; its id.

        Cases are recognised however their codes were typed; in a project without cases they are made,
        in others a code that is no case leaves its answers without one. What somebody wrote becomes a
        source (``survey/<name>/<case>``) whose turns are of that case. Added again under the same name and
        wave, respondents who are there already are replaced.

        Parameters
        ----------
        survey : Survey
            The questionnaire with its answers.
        name : str, optional
            What to call it; the file's name when left out.
        wave : str, optional
            The measurement occasion.
        changed : {"offer", "accept", "keep"}
            What to do where codings hang on an open answer that reads otherwise now: refuse with
            the names of the texts, take the new words (codings move with them), or keep all as it is.
        """
        require_choice("changed", changed, CHANGED)
        if not isinstance(survey, Survey):
            raise DataError(f"survey is a {type(survey).__name__}. Give what qk.read_survey returns.")

        def work(action: Action) -> str | None:
            stored = store_survey(action, survey, name=name or survey.name, wave=wave, changed=changed)
            if stored.status == "changed" and changed == "offer":
                raise ProjectError(stored.detail)
            action.summary = f"{name or survey.name}: {len(survey.respondents)}"
            return stored.survey_id

        found = self._journal.run("surveys.add", work, op_id=op_id)
        return found or self._id_of(name or survey.name, wave)

    def remove(self, survey: str, wave: str | None = None, *, op_id: str | None = None) -> None:
        """Mark a questionnaire with its answers and texts as removed; refused while codings hang on a text."""

        def work(action: Action) -> None:
            for row in find_surveys(action.connection, survey, wave):
                _remove(action, row["survey_id"])
            action.summary = survey if wave is None else f"{survey} ({wave})"

        self._journal.run("surveys.remove", work, op_id=op_id)

    def table(self) -> pd.DataFrame:
        """One row per questionnaire and wave; ``notes`` says what was understood when it was read."""
        with self._database.read() as connection:
            rows = [
                (
                    *(row[name] for name in ("survey_id", "survey", "wave")),
                    row["meta"].get("format"),
                    row["n_respondents"],
                    len({one["question"] for one in row["questions"]}),
                    "\n".join(row["meta"].get("notes", [])),
                )
                for row in find_surveys(connection, None, None)
            ]
        return to_frame(rows, _TABLE)

    def questions(self, survey: str | None = None, wave: str | None = None) -> pd.DataFrame:
        """One row per question, or per row or option of one; see ``Survey.questions``."""
        with self._database.read() as connection:
            rows = [
                (row["survey"], row["wave"], *(one.get(name) for name in list(_QUESTIONS)[2:]))
                for row in find_surveys(connection, survey, wave)
                for one in row["questions"]
            ]
        return to_frame(rows, _QUESTIONS)

    def respondents(
        self, survey: str | None = None, wave: str | None = None, *, include_withdrawn: bool = False
    ) -> pd.DataFrame:
        """One row per respondent; ``flags`` says why answers are to be looked at, blank when there is no reason.

        People who withdrew are left out (see ``project.consents``).
        """
        columns: dict[str, Any] = {"survey": surveys.c.survey, "wave": surveys.c.wave, "case": cases.c.case}
        statement = (
            select(*(columns[name] if name in columns else respondents.c[name] for name in _RESPONDENTS))
            .select_from(_people())
            .where(present(respondents), present(surveys))
        )
        table = self._outward(
            self._of(statement.order_by(respondents.c.respondent_id), survey, wave),
            {**_RESPONDENTS, "flags": "any"},
            include_withdrawn,
        )
        return table.assign(flags=pd.Series(["; ".join(one) for one in table["flags"]], index=table.index, dtype="str"))

    def answers(
        self, survey: str | None = None, wave: str | None = None, *, include_withdrawn: bool = False
    ) -> pd.DataFrame:
        """One row per respondent and question or part; see ``Survey.answers``.

        People who withdrew are left out (see ``project.consents``).
        """
        columns: dict[str, Any] = {
            "survey": surveys.c.survey,
            "wave": surveys.c.wave,
            "respondent": respondents.c.respondent,
            "case": cases.c.case,
        }
        statement = (
            select(*(columns[name] if name in columns else survey_answers.c[name] for name in _ANSWERS))
            .select_from(_people().join(survey_answers, survey_answers.c.respondent_id == respondents.c.respondent_id))
            .where(present(survey_answers), present(respondents), present(surveys))
            .order_by(respondents.c.respondent_id, survey_answers.c.answer_id)
        )
        return self._outward(self._of(statement, survey, wave), _ANSWERS, include_withdrawn)

    def _of(self, statement: Select[Any], survey: str | None, wave: str | None) -> Select[Any]:
        if survey is None and wave is None:
            return statement
        with self._database.read() as connection:
            ids = [row["survey_id"] for row in find_surveys(connection, survey, wave)]
        return statement.where(surveys.c.survey_id.in_(ids))

    def _id_of(self, name: str, wave: str | None) -> str:
        with self._database.read() as connection:
            return find_surveys(connection, name, wave)[0]["survey_id"]


def _people() -> Any:
    of_survey = respondents.join(surveys, surveys.c.survey_id == respondents.c.survey_id)
    return of_survey.outerjoin(cases, cases.c.case_id == respondents.c.case_id)


def _remove(action: Action, survey_id: str) -> None:
    connection = action.connection
    for row in known_sources(connection, survey_id).values():
        if said := remove_open_answers(action, row):
            raise ProjectError(said)
    people = select(respondents.c.respondent_id).where(respondents.c.survey_id == survey_id, present(respondents))
    answers = select(survey_answers.c.answer_id).where(
        survey_answers.c.respondent_id.in_(people), present(survey_answers)
    )
    action.remove(survey_answers, connection.execute(answers).scalars().all())
    action.remove(respondents, connection.execute(people).scalars().all())
    action.remove(surveys, [survey_id])
