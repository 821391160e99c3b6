"""The open answers of a respondent as a text to code: each answer a turn of the case, its question above it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from qualkit.errors import ProjectError
from qualkit.model import Source, Turn
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import present
from qualkit.project.schema import sources
from qualkit.project.sources import About, add_source, remove_source, update_source
from qualkit.project.texts import read_text
from qualkit.project.versions import preview_replacement, replace_text
from qualkit.readers import Survey

_KIND = "open_answers"
_JOINTS = {"zh": ("、", "：", "（{}）"), "en": (". ", ": ", " ({})")}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAnswers:
    """What one respondent wrote: ``source`` has the name it would like to have."""

    respondent: str
    case: str | None
    source: Source
    date: str | None


def read_open_answers(
    survey: Survey, cases: Sequence[str | None], *, name: str, language: str
) -> Iterator[OpenAnswers]:
    """The text of each respondent who answered an open question; ``cases`` has the case of each."""
    open_questions = survey.questions["kind"] == "open"
    places = [place for place, is_open in enumerate(open_questions.tolist()) if is_open]
    headings = [_heading(row, language) for row in survey.questions[open_questions].to_dict("records")]
    labels, states = survey.answers["label"].tolist(), survey.answers["state"].tolist()
    n_columns = len(survey.questions)
    people = survey.respondents.to_dict("records")
    for person, (about, case) in enumerate(zip(people, cases, strict=True)):
        answered = [
            (heading, labels[row])
            for heading, row in zip(headings, (person * n_columns + place for place in places), strict=True)
            if states[row] == "answered" and isinstance(labels[row], str)
        ]
        if answered:
            speaker = case or about["respondent"]
            text, turns = _compose(answered, speaker, language)
            meta = {"format": "survey", "survey": name, "respondent": about["respondent"]}
            source = Source(name=f"survey/{name}/{speaker}", text=text, kind=_KIND, turns=turns, meta=meta)
            date = about["submitted_at"][:10] if isinstance(about["submitted_at"], str) else None
            yield OpenAnswers(respondent=about["respondent"], case=case, source=source, date=date)


def known_sources(connection: Connection, survey_id: str) -> dict[str, Row]:
    """The texts of a survey by respondent."""
    statement = select(sources).where(sources.c.kind == _KIND, present(sources)).order_by(sources.c.source_id)
    rows = connection.execute(statement).mappings()
    return {row["meta"]["respondent_id"]: dict(row) for row in rows if row["meta"].get("survey_id") == survey_id}


def carries_codings(connection: Connection, known: Row, answers: OpenAnswers) -> bool:
    """Whether the text of a respondent has codings and would change."""
    if read_text(connection, known["text_id"]) == answers.source.text:
        return False
    seen = preview_replacement(connection, known, answers.source)
    return bool(seen.n_moved + len(seen.changed) + len(seen.unplaced))


def write_open_answers(action: Action, source: Source, about: About, known: Row | None) -> str:
    """Store the text of a respondent, as a new version where there is one; its name."""
    if known is None:
        source = Source(
            name=_free_name(action.connection, source.name, about.wave, source.meta["respondent"]),
            text=source.text,
            kind=source.kind,
            turns=source.turns,
            meta=source.meta,
        )
        add_source(action, source, about)
        return source.name
    name = known["name"]
    if _stem(name) != _stem(source.name) and not _is_taken(action.connection, source.name):
        name = source.name
    update_source(action, known, {"name": name, "case": about.case, "date": about.date})
    if read_text(action.connection, known["text_id"]) != source.text:
        replace_text(action, known, source)
    return name


def remove_open_answers(action: Action, known: Row) -> str:
    """Mark the text of a respondent who has none any more as removed; what to say when codings hang on it."""
    try:
        remove_source(action, known["source_id"], what=f"The text {known['name']!r}")
    except ProjectError as error:
        return f"{known['name']} stays, though its answers are gone: {error}"
    return ""


def _heading(question: Mapping[Hashable, Any], language: str) -> str:
    joint, _, brackets = _JOINTS[language]
    part = question["part"]
    shown = f"{question['number']}{joint}{question['text'] or ''}"
    return shown + brackets.format(part) if isinstance(part, str) else shown


def _compose(answered: Sequence[tuple[str, str]], speaker: str, language: str) -> tuple[str, tuple[Turn, ...]]:
    _, colon, _ = _JOINTS[language]
    text = ""
    turns = []
    for heading, words in answered:
        text += f"{heading}\n{speaker}{colon}"
        turns.append(Turn(start=len(text), end=len(text) + len(words), speaker=speaker))
        text += f"{words}\n\n"
    return text.rstrip("\n") + "\n", tuple(turns)


def _free_name(connection: Connection, name: str, wave: str | None, respondent: str) -> str:
    # survey/家庭/A3; with the wave in it where another wave has that, with the respondent where the case has two.
    start, _, person = name.rpartition("/")
    in_wave = f"{start}/{wave}/{person}" if wave else name
    for one in (name, in_wave):
        if not _is_taken(connection, one):
            return one
    return f"{in_wave} ({respondent})"


def _is_taken(connection: Connection, name: str) -> bool:
    statement = select(sources.c.source_id).where(sources.c.name == name, present(sources))
    return connection.execute(statement).first() is not None


def _stem(name: str) -> str:
    return name.rpartition("/")[2].split(" (")[0]
