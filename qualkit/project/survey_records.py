"""Store a questionnaire whole: its questions, who answered, every answer, and the open ones as texts."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.errors import DataError, OptionError
from qualkit.project.cases import add_case
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import present
from qualkit.project.schema import cases, respondents, survey_answers, surveys
from qualkit.project.settings import read_settings, require_wave
from qualkit.project.sources import About
from qualkit.project.study_sources import TAKE_IT, Outcome
from qualkit.project.survey_sources import (
    OpenAnswers,
    carries_codings,
    known_sources,
    read_open_answers,
    remove_open_answers,
    write_open_answers,
)
from qualkit.project.values import to_text
from qualkit.readers import Survey
from qualkit.readers.survey_people import match_cases
from qualkit.remarks import Remark, join_remarks

_MOST_ANSWERS = 500_000
_FEW = 10
_ANSWER = ("value", "label", "state")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSurvey(Outcome):
    """What became of a questionnaire."""

    survey_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    # A respondent of the file, and the row of the project that is the same person.
    respondent: str
    case: str | None
    case_id: str | None
    known: Row | None


def store_survey(action: Action, survey: Survey, *, name: str, wave: str | None, changed: str) -> StoredSurvey:
    """Store a questionnaire, or bring one of the same name and wave up to date.

    A respondent who is there already (the same case, or the same number) is replaced, others stay. Where
    codings hang on an open answer that reads otherwise, nothing is stored unless ``changed`` accepts it.
    """
    connection = action.connection
    name = _require_name(name)
    require_wave(connection, wave)
    if len(survey.answers) > _MOST_ANSWERS:
        raise DataError(
            f"{name} has {len(survey.answers):,} answers; up to {_MOST_ANSWERS:,} are kept in a project. Leave out "
            "columns that are not needed, or analyse it with qk.read_survey alone."
        )
    known = _find_survey(connection, name, wave)
    people, odd = _link_people(action, survey, None if known is None else known["survey_id"])
    texts = {} if known is None else known_sources(connection, known["survey_id"])
    answers = list(
        read_open_answers(
            survey, [one.case for one in people], name=name, language=read_settings(connection)["language"]
        )
    )
    offered = [] if changed == "accept" else _offered(connection, answers, people, texts)
    if offered or (changed == "keep" and known is not None):
        return StoredSurvey(status="changed", detail=_offer(name, offered), format=survey.format)
    survey_id = _write_survey(action, survey, known, name=name, wave=wave)
    ids = _write_people(action, survey, people, survey_id)
    _write_answers(action, survey, people, ids)
    odd += _write_texts(action, answers, ids, texts, survey_id=survey_id, wave=wave)
    said = [
        *survey.notes[1:],
        Remark(f"open answers of {len(answers)}", f"{len(answers)} 人的开放题回答") if answers else "",
        *odd,
    ]
    return StoredSurvey(
        status="imported" if known is None else "new version",
        detail=join_remarks(said),
        format=survey.format,
        survey_id=survey_id,
    )


def _offered(
    connection: Connection, answers: Sequence[OpenAnswers], people: Sequence[_Person], texts: Mapping[str, Row]
) -> list[str]:
    # The texts with codings that would read otherwise.
    known = {one.respondent: one.known["respondent_id"] for one in people if one.known is not None}
    found = [(texts.get(known.get(one.respondent, "")), one) for one in answers]
    return [text["name"] for text, one in found if text is not None and carries_codings(connection, text, one)]


def _write_texts(
    action: Action,
    answers: Sequence[OpenAnswers],
    ids: Mapping[str, str],
    texts: dict[str, Row],
    *,
    survey_id: str,
    wave: str | None,
) -> list[str]:
    # What respondents wrote; what to say of texts that cannot go though their answers are gone.
    for one in answers:
        respondent_id = ids[one.respondent]
        meta = {**one.source.meta, "survey_id": survey_id, "respondent_id": respondent_id}
        about = About(case=one.case, wave=wave, date=one.date)
        write_open_answers(action, dataclasses.replace(one.source, meta=meta), about, texts.pop(respondent_id, None))
    gone = [row for respondent_id, row in texts.items() if respondent_id in set(ids.values())]
    return [said for row in gone if (said := remove_open_answers(action, row))]


def find_surveys(connection: Connection, name: str | None, wave: str | None) -> list[Row]:
    """The surveys of this name and wave, or all."""
    statement = select(surveys).where(present(surveys)).order_by(surveys.c.survey_id)
    rows = [dict(row) for row in connection.execute(statement).mappings()]
    found = [
        row
        for row in rows
        if (name is None or name in (row["survey"], row["survey_id"])) and (wave is None or wave == row["wave"])
    ]
    if not found and name is not None:
        known = ", ".join(f"{row['survey']} ({row['wave']})" if row["wave"] else row["survey"] for row in rows)
        raise OptionError(f"survey={name!r}: the project has {known or 'none'}. Add it with project.surveys.add.")
    return found


def _require_name(name: str) -> str:
    found = to_text(name)
    if found is None or "/" in found:
        raise OptionError(
            f"name={name!r} cannot name a questionnaire. Give a word without a slash, such as '家庭问卷'."
        )
    return found


def _offer(name: str, offered: Sequence[str]) -> str:
    if not offered:
        return Remark(f"{name}: the earlier answers were kept", f"{name}：保留原来的作答")
    return Remark(
        f"{name}: the file has changed, and codings hang on {_some(offered)}. Nothing was taken over. {TAKE_IT}",
        f"{name}：文件已改动，而 {_some(offered)} 上有编码，因此未更新。{TAKE_IT.zh}",
    )


def _find_survey(connection: Connection, name: str, wave: str | None) -> Row | None:
    same = (surveys.c.survey == name, surveys.c.wave.is_not_distinct_from(wave), present(surveys))
    row = connection.execute(select(surveys).where(*same)).mappings().one_or_none()
    return None if row is None else dict(row)


def _link_people(action: Action, survey: Survey, survey_id: str | None) -> tuple[list[_Person], list[str]]:
    connection = action.connection
    given = [case if isinstance(case, str) else None for case in survey.respondents["case"]]
    known: dict[str, str] = dict(connection.execute(select(cases.c.case, cases.c.case_id).where(present(cases))).all())
    if not known:
        # The first thing that comes into a project makes its cases.
        known = {case: add_case(action, case, {}) for case in dict.fromkeys(one for one in given if one)}
    meant = match_cases(dict.fromkeys(one for one in given if one), known)
    unknown = list(dict.fromkeys(one for one in given if one and one not in meant))
    linked = [meant.get(one) if one else None for one in given]
    there = _known_people(connection, survey_id)
    people = [
        _Person(respondent=respondent, case=case, case_id=known[case] if case else None, known=row)
        for respondent, case, row in zip(
            survey.respondents["respondent"].tolist(),
            linked,
            _same_people(
                survey.respondents["respondent"].tolist(), [known[one] if one else None for one in linked], there
            ),
            strict=True,
        )
    ]
    return people, _about_unknown(unknown)


def _about_unknown(unknown: Sequence[str]) -> list[str]:
    if not unknown:
        return []
    return [
        Remark(
            f"no such case: {_some(unknown)}; their answers stay without a case",
            f"没有这些个案：{_some(unknown)}；其作答暂不归入任何个案",
        )
    ]


def _known_people(connection: Connection, survey_id: str | None) -> list[Row]:
    if survey_id is None:
        return []
    statement = select(respondents).where(respondents.c.survey_id == survey_id, present(respondents))
    return [dict(row) for row in connection.execute(statement.order_by(respondents.c.respondent_id)).mappings()]


def _same_people(names: Sequence[str], case_ids: Sequence[str | None], there: Sequence[Row]) -> list[Row | None]:
    # The case tells who somebody is, where it has one respondent; else the number does, unless it is another case's.
    n_there, n_here = Counter(row["case_id"] for row in there), Counter(case_ids)
    by_case = {row["case_id"]: row for row in there if row["case_id"] and n_there[row["case_id"]] == 1}
    by_name = {row["respondent"]: row for row in there}
    found: list[Row | None] = [
        by_case.get(case_id) if case_id and n_here[case_id] == 1 else None for case_id in case_ids
    ]
    taken = {row["respondent_id"] for row in found if row}
    for place, (name, case_id) in enumerate(zip(names, case_ids, strict=True)):
        row = by_name.get(name)
        if found[place] is not None or row is None or row["respondent_id"] in taken:
            continue
        if row["case_id"] is None or case_id is None or row["case_id"] == case_id:
            found[place] = row
            taken.add(row["respondent_id"])
    return found


def _write_survey(action: Action, survey: Survey, known: Row | None, *, name: str, wave: str | None) -> str:
    questions = survey.questions.astype(object).where(survey.questions.notna(), None).to_dict("records")
    dropped = [f"{row.column}: {row.reason}" for row in survey.dropped.itertuples()]
    values: Row = {
        "questions": [{str(key): value for key, value in row.items()} for row in questions],
        "n_respondents": len(survey.respondents),
        "meta": {"format": survey.format, "file": survey.name, "notes": list(survey.notes), "dropped": dropped},
    }
    if known is not None:
        action.update(surveys, known["survey_id"], **values)
        return known["survey_id"]
    survey_id = action.new_id()
    action.insert(surveys, [{"survey_id": survey_id, "survey": name, "wave": wave, "title": {}, **values}])
    return survey_id


def _write_people(action: Action, survey: Survey, people: Sequence[_Person], survey_id: str) -> dict[str, str]:
    # The id of each respondent of the file.
    taken = {row["respondent"] for row in _known_people(action.connection, survey_id)}
    ids: dict[str, str] = {}
    new: list[Row] = []
    renewed: dict[str, Row] = {}
    for one, about in zip(people, survey.respondents.to_dict("records"), strict=True):
        values: Row = {
            "case_id": one.case_id,
            "submitted_at": about["submitted_at"] if isinstance(about["submitted_at"], str) else None,
            "seconds": None if about["seconds"] != about["seconds"] else float(about["seconds"]),
            "flags": about["flags"].split("; ") if about["flags"] else [],
        }
        if one.known is not None:
            ids[one.respondent] = one.known["respondent_id"]
            renewed[one.known["respondent_id"]] = values
            continue
        ids[one.respondent] = action.new_id()
        name = _free(one.respondent, taken)
        taken.add(name)
        new.append({"respondent_id": ids[one.respondent], "survey_id": survey_id, "respondent": name, **values})
    action.update_many(respondents, renewed)
    action.insert(respondents, new)
    return ids


def _write_answers(action: Action, survey: Survey, people: Sequence[_Person], ids: Mapping[str, str]) -> None:
    renewed = [one.known["respondent_id"] for one in people if one.known is not None]
    there = _known_answers(action.connection, renewed)
    new: list[Row] = []
    changed: dict[str, Row] = {}
    answers = survey.answers
    columns = [answers[name].tolist() for name in ("respondent", "question", "part", *_ANSWER)]
    for respondent, question, part, value, label, state in zip(*columns, strict=True):
        values: Row = {"value": _or_none(value), "label": _or_none(label), "state": state}
        key = (ids[respondent], question, _or_none(part))
        answer_id = there.pop(key, None)
        if answer_id is not None:
            changed[answer_id] = values
        else:
            place = {"respondent_id": key[0], "question": question, "part": key[2]}
            new.append({"answer_id": action.new_id(), **place, **values})
    action.update_many(survey_answers, changed)
    action.update_many(survey_answers, {one: {"removed_at": action.event_id} for one in there.values()})
    action.insert(survey_answers, new)


def _known_answers(connection: Connection, respondent_ids: Sequence[str]) -> dict[tuple[str, str, str | None], str]:
    found: dict[tuple[str, str, str | None], str] = {}
    columns = [survey_answers.c[name] for name in ("respondent_id", "question", "part", "answer_id")]
    for start in range(0, len(respondent_ids), 500):
        some = respondent_ids[start : start + 500]
        statement = select(*columns).where(survey_answers.c.respondent_id.in_(some), present(survey_answers))
        found |= {(row[0], row[1], row[2]): row[3] for row in connection.execute(statement)}
    return found


def _free(name: str, taken: set[str]) -> str:
    number = 2
    free = name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _or_none(value: Any) -> Any:
    return None if pd.isna(value) else value


def _some(things: Sequence[str]) -> str:
    more = f" and {len(things) - _FEW:,} more" if len(things) > _FEW else ""
    return ", ".join(things[:_FEW]) + more
