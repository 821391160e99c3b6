"""The tables of a project file, as SQLAlchemy Core tables.

Three families: *texts* (with turns and marks) and *code revisions* are written once and never
changed; *events* only grow; every other row may change, but only through the journal, and is
marked in ``removed_at`` (the event that removed it) instead of being deleted. The triggers that
refuse anything else are made by the migrations.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.schema import SchemaItem

SCHEMA_REVISION = "0002"
APPLICATION_ID = 0x514C4B54  # "QLKT", in the header of every project file

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _living(name: str, key: str, *columns: SchemaItem) -> Table:
    # A table whose rows are changed through the journal and marked when removed.
    return Table(name, metadata, Column(key, Text, primary_key=True), *columns, Column("removed_at", Integer))


def _text(name: str, *, required: bool = False) -> Column:
    return Column(name, Text, nullable=not required)


def _reference(name: str, target: str, *, required: bool = False) -> Column:
    return Column(name, Text, ForeignKey(target), nullable=not required, index=True)


# Columns of unique places in which "none" is a value like others.
_MAY_LACK = ("wave", "source_id", "part")


def _unique_while_present(table: str, *columns: str) -> Index:
    # Unique among the rows that are not marked as removed; missing counts as a value like others.
    missing = [*_MAY_LACK, "session_id"] if table == "absences" else _MAY_LACK
    parts = [text(f"coalesce({column}, '')") if column in missing else column for column in columns]
    name = f"uq_{table}_{'_'.join(columns)}"
    present = text("removed_at IS NULL")
    return Index(name, *parts, unique=True, sqlite_where=present, postgresql_where=present)


# ── what happened ────────────────────────────────────────────────────────────

events = Table(
    "events",
    metadata,
    Column("event_id", Integer, primary_key=True),
    Column("op_id", Text, unique=True),
    _text("at", required=True),
    _text("coder", required=True),
    _text("action", required=True),
    _text("summary", required=True),
    Column("changes", JSON, nullable=False),
    Column("result", JSON),
    Column("undoes", Integer, ForeignKey("events.event_id")),
    Column("redoes", Integer, ForeignKey("events.event_id")),
    Index("ix_events_coder_event_id", "coder", "event_id"),
    sqlite_autoincrement=True,
)

settings = _living("settings", "setting", Column("value", JSON))
imports = _living(
    "imports",
    "import_id",
    _text("path", required=True),
    _text("kind", required=True),
    _text("sha256", required=True),
    _unique_while_present("imports", "path"),
)

# ── people ───────────────────────────────────────────────────────────────────

cases = _living(
    "cases",
    "case_id",
    _text("case", required=True),
    _text("role"),
    _text("site"),
    _text("group"),
    _reference("about_id", "cases.case_id"),
    Column("position", Integer, nullable=False),
    _unique_while_present("cases", "case"),
)
attributes = _living(
    "attributes",
    "attribute_id",
    _reference("case_id", "cases.case_id", required=True),
    _text("name", required=True),
    _text("wave"),
    _text("value"),
    _unique_while_present("attributes", "case_id", "name", "wave"),
)
relations = _living(
    "relations",
    "relation_id",
    _reference("case_id", "cases.case_id", required=True),
    _text("relation", required=True),
    _reference("other_id", "cases.case_id", required=True),
    _text("wave"),
    _unique_while_present("relations", "case_id", "relation", "other_id", "wave"),
)

attribute_types = _living(
    "attribute_types",
    "attribute_type_id",
    _text("name", required=True),
    _text("type", required=True),
    Column("label", JSON, nullable=False),
    Column("levels", JSON, nullable=False),
    _text("note"),
    _unique_while_present("attribute_types", "name"),
)
consents = _living(
    "consents",
    "consent_id",
    _reference("case_id", "cases.case_id", required=True),
    _text("use", required=True),
    _text("status", required=True),
    _text("date"),
    _text("by"),
    _text("note"),
    _unique_while_present("consents", "case_id", "use"),
)

# ── group sessions ───────────────────────────────────────────────────────────

sessions = _living(
    "sessions",
    "session_id",
    Column("session", Integer, nullable=False),
    _text("date"),
    _text("name"),
    _text("aim"),
    _text("activities"),
    _text("strategy"),
    _unique_while_present("sessions", "session"),
)
attendance = _living(
    "attendance",
    "attendance_id",
    _reference("session_id", "sessions.session_id", required=True),
    _reference("case_id", "cases.case_id", required=True),
    Column("attended", Boolean, nullable=False),
    _text("note"),
    _unique_while_present("attendance", "session_id", "case_id"),
)
observation_ratings = _living(
    "observation_ratings",
    "rating_id",
    _reference("session_id", "sessions.session_id", required=True),
    _reference("case_id", "cases.case_id", required=True),
    _text("date"),
    _text("observer", required=True),
    _text("item", required=True),
    Column("value", Float),
    _text("note"),
    Column("attended", Boolean, nullable=False),
    _unique_while_present("observation_ratings", "session_id", "case_id", "observer", "item"),
)

absences = _living(
    "absences",
    "absence_id",
    _reference("case_id", "cases.case_id", required=True),
    _text("kind", required=True),
    _text("wave"),
    _reference("session_id", "sessions.session_id"),
    _text("reason", required=True),
    _unique_while_present("absences", "case_id", "kind", "wave", "session_id"),
)

# ── texts: written once ──────────────────────────────────────────────────────

texts = Table(
    "texts",
    metadata,
    Column("text_id", Text, primary_key=True),
    _text("text", required=True),
    Column("version", Integer, nullable=False),
    _reference("previous_id", "texts.text_id"),
    Column("position_map", JSON),
    Column("made_at", Integer, nullable=False),
)
turns = Table(
    "turns",
    metadata,
    Column("text_id", Text, ForeignKey("texts.text_id"), primary_key=True),
    Column("turn", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("speaker"),
    Column("time_ms", Integer),
    Column("n_characters", Integer, nullable=False),
)
marks = Table(
    "marks",
    metadata,
    Column("text_id", Text, ForeignKey("texts.text_id"), primary_key=True),
    Column("mark", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)
sources = _living(
    "sources",
    "source_id",
    _text("name", required=True),
    _text("kind", required=True),
    _reference("case_id", "cases.case_id"),
    _text("wave"),
    _reference("session_id", "sessions.session_id"),
    _text("date"),
    _text("language"),
    _reference("text_id", "texts.text_id", required=True),
    Column("n_characters", Integer, nullable=False),
    Column("n_turns", Integer, nullable=False),
    _text("sha256", required=True),
    Column("meta", JSON, nullable=False),
    _unique_while_present("sources", "name"),
)
speakers = _living(
    "speakers",
    "speaker_id",
    _reference("source_id", "sources.source_id"),
    _text("speaker", required=True),
    _reference("case_id", "cases.case_id"),
    _unique_while_present("speakers", "source_id", "speaker"),
)

# ── codes and codings ────────────────────────────────────────────────────────

codebooks = _living(
    "codebooks",
    "codebook_id",
    _text("codebook", required=True),
    _text("version", required=True),
    Column("title", JSON, nullable=False),
    Column("description", JSON, nullable=False),
    Column("decision_rules", JSON, nullable=False),
    Column("linked_scale", JSON, nullable=False),
    _unique_while_present("codebooks", "codebook"),
)
codes = _living(
    "codes",
    "code_id",
    _text("code", required=True),
    _reference("parent_id", "codes.code_id"),
    _reference("codebook_id", "codebooks.codebook_id"),
    Column("revision", Integer, nullable=False),
    _text("color"),
    _text("valence"),
    Column("is_assignable", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    _unique_while_present("codes", "code"),
)
code_revisions = Table(
    "code_revisions",
    metadata,
    Column("code_id", Text, ForeignKey("codes.code_id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    *(Column(name, JSON, nullable=False) for name in ("label", "definition", "include", "exclude", "example", "note")),
    Column("made_at", Integer, nullable=False),
)
codings = _living(
    "codings",
    "coding_id",
    _reference("source_id", "sources.source_id", required=True),
    Column("text_id", Text, ForeignKey("texts.text_id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("quote", required=True),
    _text("before", required=True),
    _text("after", required=True),
    _reference("code_id", "codes.code_id", required=True),
    Column("code_revision", Integer, nullable=False),
    _text("coder", required=True),
    _text("origin", required=True),
    _text("status", required=True),
    Column("weight", Float),
    ForeignKeyConstraint(["code_id", "code_revision"], ["code_revisions.code_id", "code_revisions.revision"]),
    CheckConstraint('start >= 0 AND start < "end"', name="range"),
)
memos = _living(
    "memos",
    "memo_id",
    _text("kind", required=True),
    _text("target", required=True),
    _text("target_id", required=True),
    _text("text", required=True),
    _text("coder", required=True),
    _text("at", required=True),
    Index("ix_memos_target_id", "target_id"),
)

# ── scales ───────────────────────────────────────────────────────────────────

scales = _living(
    "scales",
    "scale_id",
    _text("scale", required=True),
    Column("definition", JSON, nullable=False),
    _unique_while_present("scales", "scale"),
)
responses = _living(
    "responses",
    "response_id",
    _text("scale", required=True),
    _reference("case_id", "cases.case_id", required=True),
    _text("wave"),
    _text("item", required=True),
    Column("value", Float),
    _unique_while_present("responses", "scale", "case_id", "wave", "item"),
)

surveys = _living(
    "surveys",
    "survey_id",
    _text("survey", required=True),
    _text("wave"),
    Column("title", JSON, nullable=False),
    Column("questions", JSON, nullable=False),
    Column("n_respondents", Integer, nullable=False),
    Column("meta", JSON, nullable=False),
    _unique_while_present("surveys", "survey", "wave"),
)
respondents = _living(
    "respondents",
    "respondent_id",
    _reference("survey_id", "surveys.survey_id", required=True),
    _text("respondent", required=True),
    _reference("case_id", "cases.case_id"),
    _text("submitted_at"),
    Column("seconds", Float),
    Column("flags", JSON, nullable=False),
    _unique_while_present("respondents", "survey_id", "respondent"),
)
survey_answers = _living(
    "survey_answers",
    "answer_id",
    _reference("respondent_id", "respondents.respondent_id", required=True),
    _text("question", required=True),
    _text("part"),
    Column("value", Float),
    _text("label"),
    _text("state", required=True),
    _unique_while_present("survey_answers", "respondent_id", "question", "part"),
)

# ── the words of the study ───────────────────────────────────────────────────

dictionary = _living(
    "dictionary",
    "word_id",
    _text("word", required=True),
    _text("kind", required=True),
    _text("note"),
    _unique_while_present("dictionary", "word"),
)

# ── the logic chain of the intervention ──────────────────────────────────────

links = _living(
    "links",
    "link_id",
    *(_text(name) for name in ("problem", "cause", "need", "aim", "session", "strategy", "outcome")),
    Column("evidence", JSON, nullable=False),
    Column("position", Integer, nullable=False),
)

#: Tables whose rows change, and only through the journal.
LIVING = {table.name: table for table in metadata.sorted_tables if "removed_at" in table.c}


def key_column(table: Table) -> Column:
    """The one primary key column of a living table."""
    (column,) = table.primary_key.columns
    return column
