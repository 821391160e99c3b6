"""What the public tables hold: one description for each, used by the documentation and the tests.

Every table is tidy: one row per observation, one value per cell, nothing rounded. Positions are code
points, half-open ``[start, end)``. Columns named here always exist; a table may have more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDescription:
    """What one row of a table is and what its columns mean."""

    name: str
    row: str
    columns: Mapping[str, str]


_CASE_AND_WAVE = {"case": "code of the case (A1)", "wave": "measurement occasion (pre, post)"}

SOURCES = TableDescription(
    name="sources",
    row="one text",
    columns={
        "source_id": "stable id",
        "name": "name in the study (pre/A1)",
        "kind": "interview, focus_group, observation, session_record, worker_log, open_answers, other",
        **_CASE_AND_WAVE,
        "session": "number of the group session, if any",
        "date": "day of the recording, ISO 8601",
        "language": "zh or en",
        "n_characters": "characters without white space and marks",
        "n_turns": "turns found",
        "sha256": "of the file's bytes",
    },
)

TURNS = TableDescription(
    name="turns",
    row="one speaker's stretch of one source",
    columns={
        "source_id": "source it stands in",
        "turn": "number in the source, from 1",
        "speaker": "label in the text",
        "case": "case who speaks; missing when the label is not mapped",
        "wave": "wave of the source",
        "kind": "kind of the source; in an observation a turn is what was seen of the case, not what it said",
        "start": "first code point of the words",
        "end": "code point after the words",
        "time_ms": "begin in the recording, milliseconds",
        "n_characters": "characters without white space and marks",
        "text": "the words",
    },
)

CASES = TableDescription(
    name="cases",
    row="one participant or informant",
    columns={
        "case": "code (A1)",
        "role": "member, comparison, guardian, teacher, worker",
        "site": "community, village or school, under a pseudonym",
    },
)

CODINGS = TableDescription(
    name="codings",
    row="one code on one segment by one coder",
    columns={
        "coding_id": "stable id",
        "source_id": "source it stands in",
        "source": "name of the source",
        "turn": "number of the turn it begins in; missing outside turns",
        "start": "first code point",
        "end": "code point after the segment",
        "text": "the segment",
        "code": "key of the code (type.withdrawal.avoidance)",
        "coder": "who coded",
        "case": "case who speaks there, else whom the source is about",
        "wave": "wave of the source",
        "weight": "0 to 4, if given",
        "memo": "note on this coding",
        "origin": "person, cue, model, import",
        "status": "accepted, suggested, rejected",
    },
)

RESPONSES = TableDescription(
    name="responses",
    row="one answer of one case to one item at one wave",
    columns={
        "scale": "id of the scale",
        **_CASE_AND_WAVE,
        "item": "number of the item",
        "value": "answer; NaN when empty",
    },
)

SCORES = TableDescription(
    name="scores",
    row="one subscale of one case at one wave",
    columns={
        "scale": "id of the scale",
        "subscale": "name of the subscale",
        **_CASE_AND_WAVE,
        "score": "in the unit of the scale; NaN when too many items are missing",
        "n_items": "items of the subscale",
        "n_answered": "items answered",
        "note": "why a score is missing or prorated",
    },
)

RELATIONS = TableDescription(
    name="relations",
    row="one relation between two cases, perhaps at one wave",
    columns={
        "case": "who is it (B1)",
        "relation": "what (奶奶, 一起玩)",
        "other": "of whom (A1)",
        "wave": "measurement occasion; missing when it always holds",
    },
)

ATTENDANCE = TableDescription(
    name="attendance",
    row="one case in one group session; what was not recorded has no row",
    columns={
        "session": "number of the session",
        "case": "code of the case (A1)",
        "attended": "whether the case was there",
        "note": "why not (请假), or what was special (迟到)",
    },
)

CONSENTS = TableDescription(
    name="consents",
    row="one use to which one case was asked to consent",
    columns={
        "consent_id": "stable id",
        "case": "code of the case (A1)",
        "use": "interview, recording, quotation, sharing",
        "status": "given, refused, withdrawn, not_asked",
        "date": "day of the signature, ISO 8601",
        "by": "who signed: guardian, child or another word",
        "note": "remark",
    },
)

ABSENCES = TableDescription(
    name="absences",
    row="one reason why material is missing",
    columns={
        "absence_id": "stable id",
        "case": "code of the case (A1)",
        "kind": "kind of material, as in completeness",
        "wave": "measurement occasion; missing when it holds for all",
        "session": "number of the group session, if any",
        "reason": "in words",
    },
)

ATTRIBUTE_TYPES = TableDescription(
    name="attribute_types",
    row="one attribute of the cases",
    columns={
        "attribute": "name, as a column of cases",
        "type": "text, category, integer, number, date, yes_no",
        "levels": "values of a category in their order",
        "label_zh": "what to call it in Chinese",
        "label_en": "what to call it in English",
        "note": "inferred, when nobody has set the type",
    },
)

COMPLETENESS = TableDescription(
    name="completeness",
    row="one case and one place of material",
    columns={
        "case": "code of the case (A1)",
        "role": "member, comparison, guardian, teacher, worker",
        "wave": "measurement occasion, if the material belongs to one",
        "session": "number of the group session, if the material belongs to one",
        "kind": "interview, informant, scale/<name>, survey/<name>, observation, attendance, consent",
        "n": "how many texts, answers, ratings or consents",
        "status": "present, missing, excused, not_expected",
        "reason": "why it is missing",
    },
)

SURVEY_QUESTIONS = TableDescription(
    name="survey_questions",
    row="one question of a questionnaire, or one row or option of it",
    columns={
        "survey": "name of the questionnaire",
        "wave": "measurement occasion, if known",
        "question": "q1, q2 …",
        "number": "number of the question",
        "text": "what was asked",
        "kind": "single, multiple, matrix, ranking, open, number, date, scale_item",
        "part": "row of a matrix or option of a multiple choice; missing otherwise",
        "options": "value → label",
    },
)

SURVEY_RESPONDENTS = TableDescription(
    name="survey_respondents",
    row="one person who answered a questionnaire",
    columns={
        "survey": "name of the questionnaire",
        **_CASE_AND_WAVE,
        "respondent": "number in the questionnaire",
        "submitted_at": "ISO 8601",
        "seconds": "time taken",
        "flags": "why the answers are to be looked at: speed, straight-lining",
    },
)

SURVEY_ANSWERS = TableDescription(
    name="survey_answers",
    row="one answer of one person to one question or part of it",
    columns={
        "survey": "name of the questionnaire",
        **_CASE_AND_WAVE,
        "respondent": "number in the questionnaire",
        "question": "q1, q2 …",
        "part": "row of a matrix or option of a multiple choice; missing otherwise",
        "value": "number behind the answer; NaN without one",
        "label": "words of the answer",
        "state": "answered, skipped, empty",
    },
)

VERSIONS = TableDescription(
    name="versions",
    row="one version of the text of a source",
    columns={
        "version": "number, from 1",
        "event_id": "event that made it",
        "at": "when, ISO 8601",
        "coder": "who made it",
        "n_characters": "characters without white space and marks",
        "n_moved": "codings that came to it with their words",
        "n_changed": "codings that came to corrected words",
        "n_unplaced": "codings that stayed on the version before",
    },
)

CARRIED = TableDescription(
    name="carried",
    row="one coding on a text that was corrected",
    columns={
        "coding_id": "stable id",
        "source": "name of the source",
        "code": "key of the code",
        "coder": "who coded",
        "outcome": "moved, changed, unplaced",
        "version": "version it was made on",
        "old_start": "first code point there",
        "old_end": "code point after it there",
        "old_text": "the words there",
        "start": "first code point in the new text, if it has a place",
        "end": "code point after it in the new text",
        "text": "the words in the new text",
    },
)

WORDS = TableDescription(
    name="words",
    row="one word that is kept whole",
    columns={"word": "the word", "kind": "name, place, kinship, dialect, term, other", "note": "in words"},
)

IMPORT_REPORT = TableDescription(
    name="import_report",
    row="one file of an import",
    columns={
        "file": "its name, in a folder the path below it",
        "kind": "interview, session record, observations, survey, participants …",
        "format": "what it was recognised as",
        "status": "imported, unchanged, changed, new version, refused",
        "detail": "what came in, what was odd, or why it was refused",
    },
)

RATINGS = TableDescription(
    name="ratings",
    row="one unit judged by one coder",
    columns={"unit": "what was judged", "coder": "who judged", "value": "the judgement"},
)

ALL = (SOURCES, TURNS, CASES, CODINGS, RESPONSES, SCORES, RATINGS)

#: Tables that a project gives by another name than that of a section.
OF_PEOPLE = (RELATIONS, ATTENDANCE, CONSENTS, ABSENCES, ATTRIBUTE_TYPES, COMPLETENESS)

#: Tables about texts, questionnaires and imports that sections give beside their own.
OF_MATERIAL = (SURVEY_QUESTIONS, SURVEY_RESPONDENTS, SURVEY_ANSWERS, VERSIONS, CARRIED, WORDS, IMPORT_REPORT)
