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
    Table,
    Text,
)

from qualkit.project.living import living, metadata, reference, text_column

SCHEMA_REVISION = "0002"
APPLICATION_ID = 0x514C4B54  # "QLKT", in the header of every project file

# ── what happened ────────────────────────────────────────────────────────────

events = Table(
    "events",
    metadata,
    Column("event_id", Integer, primary_key=True),
    Column("op_id", Text, unique=True),
    text_column("at", required=True),
    text_column("coder", required=True),
    text_column("action", required=True),
    text_column("summary", required=True),
    Column("changes", JSON, nullable=False),
    Column("result", JSON),
    Column("undoes", Integer, ForeignKey("events.event_id")),
    Column("redoes", Integer, ForeignKey("events.event_id")),
    Index("ix_events_coder_event_id", "coder", "event_id"),
    sqlite_autoincrement=True,
)

settings = living("settings", "setting", Column("value", JSON))
imports = living(
    "imports",
    "import_id",
    text_column("path", required=True),
    text_column("kind", required=True),
    text_column("sha256", required=True),
    unique=("path",),
)

# ── people ───────────────────────────────────────────────────────────────────

cases = living(
    "cases",
    "case_id",
    text_column("case", required=True),
    text_column("role"),
    text_column("site"),
    text_column("group"),
    reference("about_id", "cases.case_id"),
    Column("position", Integer, nullable=False),
    unique=("case",),
)
attributes = living(
    "attributes",
    "attribute_id",
    reference("case_id", "cases.case_id", required=True),
    text_column("name", required=True),
    text_column("wave"),
    text_column("value"),
    unique=("case_id", "name", "wave"),
)
relations = living(
    "relations",
    "relation_id",
    reference("case_id", "cases.case_id", required=True),
    text_column("relation", required=True),
    reference("other_id", "cases.case_id", required=True),
    text_column("wave"),
    unique=("case_id", "relation", "other_id", "wave"),
)

attribute_types = living(
    "attribute_types",
    "attribute_type_id",
    text_column("name", required=True),
    text_column("type", required=True),
    Column("label", JSON, nullable=False),
    Column("levels", JSON, nullable=False),
    text_column("note"),
    unique=("name",),
)
consents = living(
    "consents",
    "consent_id",
    reference("case_id", "cases.case_id", required=True),
    text_column("use", required=True),
    text_column("status", required=True),
    text_column("date"),
    text_column("by"),
    text_column("note"),
    unique=("case_id", "use"),
)

# ── group sessions ───────────────────────────────────────────────────────────

sessions = living(
    "sessions",
    "session_id",
    Column("session", Integer, nullable=False),
    text_column("date"),
    text_column("name"),
    text_column("aim"),
    text_column("activities"),
    text_column("strategy"),
    unique=("session",),
)
attendance = living(
    "attendance",
    "attendance_id",
    reference("session_id", "sessions.session_id", required=True),
    reference("case_id", "cases.case_id", required=True),
    Column("attended", Boolean, nullable=False),
    text_column("note"),
    unique=("session_id", "case_id"),
)
observation_ratings = living(
    "observation_ratings",
    "rating_id",
    reference("session_id", "sessions.session_id", required=True),
    reference("case_id", "cases.case_id", required=True),
    text_column("date"),
    text_column("observer", required=True),
    text_column("item", required=True),
    Column("value", Float),
    text_column("note"),
    Column("attended", Boolean, nullable=False),
    unique=("session_id", "case_id", "observer", "item"),
)

absences = living(
    "absences",
    "absence_id",
    reference("case_id", "cases.case_id", required=True),
    text_column("kind", required=True),
    text_column("wave"),
    reference("session_id", "sessions.session_id"),
    text_column("reason", required=True),
    unique=("case_id", "kind", "wave", "session_id"),
)

# ── texts: written once ──────────────────────────────────────────────────────

texts = Table(
    "texts",
    metadata,
    Column("text_id", Text, primary_key=True),
    text_column("text", required=True),
    Column("version", Integer, nullable=False),
    reference("previous_id", "texts.text_id"),
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
    text_column("speaker"),
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
sources = living(
    "sources",
    "source_id",
    text_column("name", required=True),
    text_column("kind", required=True),
    reference("case_id", "cases.case_id"),
    text_column("wave"),
    reference("session_id", "sessions.session_id"),
    text_column("date"),
    text_column("language"),
    reference("text_id", "texts.text_id", required=True),
    Column("n_characters", Integer, nullable=False),
    Column("n_turns", Integer, nullable=False),
    text_column("sha256", required=True),
    Column("meta", JSON, nullable=False),
    unique=("name",),
)
speakers = living(
    "speakers",
    "speaker_id",
    reference("source_id", "sources.source_id"),
    text_column("speaker", required=True),
    reference("case_id", "cases.case_id"),
    unique=("source_id", "speaker"),
)

# ── codes and codings ────────────────────────────────────────────────────────

codebooks = living(
    "codebooks",
    "codebook_id",
    text_column("codebook", required=True),
    text_column("version", required=True),
    Column("title", JSON, nullable=False),
    Column("description", JSON, nullable=False),
    Column("decision_rules", JSON, nullable=False),
    Column("linked_scale", JSON, nullable=False),
    unique=("codebook",),
)
codes = living(
    "codes",
    "code_id",
    text_column("code", required=True),
    reference("parent_id", "codes.code_id"),
    reference("codebook_id", "codebooks.codebook_id"),
    Column("revision", Integer, nullable=False),
    text_column("color"),
    text_column("valence"),
    Column("is_assignable", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    unique=("code",),
)
code_revisions = Table(
    "code_revisions",
    metadata,
    Column("code_id", Text, ForeignKey("codes.code_id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    *(Column(name, JSON, nullable=False) for name in ("label", "definition", "include", "exclude", "example", "note")),
    Column("made_at", Integer, nullable=False),
)
codings = living(
    "codings",
    "coding_id",
    reference("source_id", "sources.source_id", required=True),
    Column("text_id", Text, ForeignKey("texts.text_id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    text_column("quote", required=True),
    text_column("before", required=True),
    text_column("after", required=True),
    reference("code_id", "codes.code_id", required=True),
    Column("code_revision", Integer, nullable=False),
    text_column("coder", required=True),
    text_column("origin", required=True),
    text_column("status", required=True),
    Column("weight", Float),
    ForeignKeyConstraint(["code_id", "code_revision"], ["code_revisions.code_id", "code_revisions.revision"]),
    CheckConstraint('start >= 0 AND start < "end"', name="range"),
)
memos = living(
    "memos",
    "memo_id",
    text_column("kind", required=True),
    text_column("target", required=True),
    text_column("target_id", required=True),
    text_column("text", required=True),
    text_column("coder", required=True),
    text_column("at", required=True),
    Index("ix_memos_target_id", "target_id"),
)

# ── scales ───────────────────────────────────────────────────────────────────

scales = living(
    "scales",
    "scale_id",
    text_column("scale", required=True),
    Column("definition", JSON, nullable=False),
    unique=("scale",),
)
responses = living(
    "responses",
    "response_id",
    text_column("scale", required=True),
    reference("case_id", "cases.case_id", required=True),
    text_column("wave"),
    text_column("item", required=True),
    Column("value", Float),
    unique=("scale", "case_id", "wave", "item"),
)

surveys = living(
    "surveys",
    "survey_id",
    text_column("survey", required=True),
    text_column("wave"),
    Column("title", JSON, nullable=False),
    Column("questions", JSON, nullable=False),
    Column("n_respondents", Integer, nullable=False),
    Column("meta", JSON, nullable=False),
    unique=("survey", "wave"),
)
respondents = living(
    "respondents",
    "respondent_id",
    reference("survey_id", "surveys.survey_id", required=True),
    text_column("respondent", required=True),
    reference("case_id", "cases.case_id"),
    text_column("submitted_at"),
    Column("seconds", Float),
    Column("flags", JSON, nullable=False),
    unique=("survey_id", "respondent"),
)
survey_answers = living(
    "survey_answers",
    "answer_id",
    reference("respondent_id", "respondents.respondent_id", required=True),
    text_column("question", required=True),
    text_column("part"),
    Column("value", Float),
    text_column("label"),
    text_column("state", required=True),
    unique=("respondent_id", "question", "part"),
)

# ── the words of the study ───────────────────────────────────────────────────

dictionary = living(
    "dictionary",
    "word_id",
    text_column("word", required=True),
    text_column("kind", required=True),
    text_column("note"),
    unique=("word",),
)

# ── the logic chain of the intervention ──────────────────────────────────────

links = living(
    "links",
    "link_id",
    *(text_column(name) for name in ("problem", "cause", "need", "aim", "session", "strategy", "outcome")),
    Column("evidence", JSON, nullable=False),
    Column("position", Integer, nullable=False),
)

#: Tables whose rows change, and only through the journal.
LIVING = {table.name: table for table in metadata.sorted_tables if "removed_at" in table.c}
