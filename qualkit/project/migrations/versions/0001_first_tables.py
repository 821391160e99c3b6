"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Rows that are changed through the journal and marked when removed.
LIVING = (
    "cases",
    "codebooks",
    "imports",
    "links",
    "memos",
    "scales",
    "sessions",
    "settings",
    "attendance",
    "attributes",
    "codes",
    "observation_ratings",
    "relations",
    "responses",
    "sources",
    "speakers",
    "codings",
)

# Rows that are written once; events only grow.
FIXED = (
    "events",
    "texts",
    "marks",
    "turns",
    "code_revisions",
)

# Unique among the rows that are not marked as removed.
UNIQUE = {
    "uq_cases_case": ("cases", '"case"'),
    "uq_codebooks_codebook": ("codebooks", '"codebook"'),
    "uq_imports_path": ("imports", '"path"'),
    "uq_scales_scale": ("scales", '"scale"'),
    "uq_sessions_session": ("sessions", '"session"'),
    "uq_attendance_session_id_case_id": ("attendance", '"session_id", "case_id"'),
    "uq_attributes_case_id_name_wave": ("attributes", '"case_id", "name", coalesce(wave, \'\')'),
    "uq_codes_code": ("codes", '"code"'),
    "uq_observation_ratings_session_id_case_id_observer_item": (
        "observation_ratings",
        '"session_id", "case_id", "observer", "item"',
    ),
    "uq_relations_case_id_relation_other_id_wave": (
        "relations",
        '"case_id", "relation", "other_id", coalesce(wave, \'\')',
    ),
    "uq_responses_scale_case_id_wave_item": ("responses", '"scale", "case_id", coalesce(wave, \'\'), "item"'),
    "uq_sources_name": ("sources", '"name"'),
    "uq_speakers_source_id_speaker": ("speakers", "coalesce(source_id, ''), \"speaker\""),
}


def upgrade() -> None:
    """Make the tables, then the indexes and triggers that guard them."""
    _make_tables()
    for name, (table, columns) in UNIQUE.items():
        op.execute(f"CREATE UNIQUE INDEX {name} ON {table} ({columns}) WHERE removed_at IS NULL")
    for table in (*LIVING, *FIXED):
        _refuse("DELETE", table)
    for table in FIXED:
        _refuse("UPDATE", table)


def _refuse(verb: str, table: str) -> None:
    # A guard in the file itself: no program, and no slip in ours, can drop or rewrite what was recorded.
    op.execute(
        f"CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{verb} is refused on {table}'); END"
    )


def _make_tables() -> None:
    op.create_table(
        "cases",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("role", sa.Text()),
        sa.Column("site", sa.Text()),
        sa.Column("group", sa.Text()),
        sa.Column("about_id", sa.Text()),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Integer()),
        sa.ForeignKeyConstraint(["about_id"], ["cases.case_id"], name="fk_cases_about_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_cases"),
    )
    op.create_index("ix_cases_about_id", "cases", ["about_id"])
    op.create_table(
        "codebooks",
        sa.Column("codebook_id", sa.Text(), nullable=False),
        sa.Column("codebook", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("description", sa.JSON(), nullable=False),
        sa.Column("decision_rules", sa.JSON(), nullable=False),
        sa.Column("linked_scale", sa.JSON(), nullable=False),
        sa.Column("removed_at", sa.Integer()),
        sa.PrimaryKeyConstraint("codebook_id", name="pk_codebooks"),
    )
    op.create_table(
        "events",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.Text()),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON()),
        sa.Column("undoes", sa.Integer()),
        sa.Column("redoes", sa.Integer()),
        sa.ForeignKeyConstraint(["redoes"], ["events.event_id"], name="fk_events_redoes"),
        sa.ForeignKeyConstraint(["undoes"], ["events.event_id"], name="fk_events_undoes"),
        sa.PrimaryKeyConstraint("event_id", name="pk_events"),
        sa.UniqueConstraint("op_id", name="uq_events_op_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_coder_event_id", "events", ["coder", "event_id"])
    op.create_table(
        "imports",
        sa.Column("import_id", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Integer()),
        sa.PrimaryKeyConstraint("import_id", name="pk_imports"),
    )
    op.create_table(
        "links",
        sa.Column("link_id", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text()),
        sa.Column("cause", sa.Text()),
        sa.Column("need", sa.Text()),
        sa.Column("aim", sa.Text()),
        sa.Column("session", sa.Text()),
        sa.Column("strategy", sa.Text()),
        sa.Column("outcome", sa.Text()),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Integer()),
        sa.PrimaryKeyConstraint("link_id", name="pk_links"),
    )
    op.create_table(
        "memos",
        sa.Column("memo_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Integer()),
        sa.PrimaryKeyConstraint("memo_id", name="pk_memos"),
    )
    op.create_index("ix_memos_target_id", "memos", ["target_id"])
    op.create_table(
        "scales",
        sa.Column("scale_id", sa.Text(), nullable=False),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("removed_at", sa.Integer()),
        sa.PrimaryKeyConstraint("scale_id", name="pk_scales"),
    )
    op.create_table(
        "sessions",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("aim", sa.Text()),
        sa.Column("activities", sa.Text()),
        sa.Column("strategy", sa.Text()),
        sa.Column("removed_at", sa.Integer()),
        sa.PrimaryKeyConstraint("session_id", name="pk_sessions"),
    )
    op.create_table(
        "settings",
        sa.Column("setting", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON()),
        sa.Column("removed_at", sa.Integer()),
        sa.PrimaryKeyConstraint("setting", name="pk_settings"),
    )
    op.create_table(
        "texts",
        sa.Column("text_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("previous_id", sa.Text()),
        sa.Column("position_map", sa.JSON()),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["previous_id"], ["texts.text_id"], name="fk_texts_previous_id"),
        sa.PrimaryKeyConstraint("text_id", name="pk_texts"),
    )
    op.create_index("ix_texts_previous_id", "texts", ["previous_id"])
    op.create_table(
        "attendance",
        sa.Column("attendance_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.Integer()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_attendance_case_id"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.session_id"], name="fk_attendance_session_id"),
        sa.PrimaryKeyConstraint("attendance_id", name="pk_attendance"),
    )
    op.create_index("ix_attendance_case_id", "attendance", ["case_id"])
    op.create_index("ix_attendance_session_id", "attendance", ["session_id"])
    op.create_table(
        "attributes",
        sa.Column("attribute_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("wave", sa.Text()),
        sa.Column("value", sa.Text()),
        sa.Column("removed_at", sa.Integer()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_attributes_case_id"),
        sa.PrimaryKeyConstraint("attribute_id", name="pk_attributes"),
    )
    op.create_index("ix_attributes_case_id", "attributes", ["case_id"])
    op.create_table(
        "codes",
        sa.Column("code_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text()),
        sa.Column("codebook_id", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("color", sa.Text()),
        sa.Column("valence", sa.Text()),
        sa.Column("is_assignable", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Integer()),
        sa.ForeignKeyConstraint(["codebook_id"], ["codebooks.codebook_id"], name="fk_codes_codebook_id"),
        sa.ForeignKeyConstraint(["parent_id"], ["codes.code_id"], name="fk_codes_parent_id"),
        sa.PrimaryKeyConstraint("code_id", name="pk_codes"),
    )
    op.create_index("ix_codes_codebook_id", "codes", ["codebook_id"])
    op.create_index("ix_codes_parent_id", "codes", ["parent_id"])
    op.create_table(
        "marks",
        sa.Column("text_id", sa.Text(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["texts.text_id"], name="fk_marks_text_id"),
        sa.PrimaryKeyConstraint("text_id", "mark", name="pk_marks"),
    )
    op.create_table(
        "observation_ratings",
        sa.Column("rating_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("date", sa.Text()),
        sa.Column("observer", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("note", sa.Text()),
        sa.Column("attended", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.Integer()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_observation_ratings_case_id"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.session_id"], name="fk_observation_ratings_session_id"),
        sa.PrimaryKeyConstraint("rating_id", name="pk_observation_ratings"),
    )
    op.create_index("ix_observation_ratings_case_id", "observation_ratings", ["case_id"])
    op.create_index("ix_observation_ratings_session_id", "observation_ratings", ["session_id"])
    op.create_table(
        "relations",
        sa.Column("relation_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=False),
        sa.Column("wave", sa.Text()),
        sa.Column("removed_at", sa.Integer()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_relations_case_id"),
        sa.ForeignKeyConstraint(["other_id"], ["cases.case_id"], name="fk_relations_other_id"),
        sa.PrimaryKeyConstraint("relation_id", name="pk_relations"),
    )
    op.create_index("ix_relations_case_id", "relations", ["case_id"])
    op.create_index("ix_relations_other_id", "relations", ["other_id"])
    op.create_table(
        "responses",
        sa.Column("response_id", sa.Text(), nullable=False),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("wave", sa.Text()),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("removed_at", sa.Integer()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_responses_case_id"),
        sa.PrimaryKeyConstraint("response_id", name="pk_responses"),
    )
    op.create_index("ix_responses_case_id", "responses", ["case_id"])
    op.create_table(
        "sources",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text()),
        sa.Column("wave", sa.Text()),
        sa.Column("session_id", sa.Text()),
        sa.Column("date", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("text_id", sa.Text(), nullable=False),
        sa.Column("n_characters", sa.Integer(), nullable=False),
        sa.Column("n_turns", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("meta", sa.JSON(), nullable=False),
        sa.Column("removed_at", sa.Integer()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_sources_case_id"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.session_id"], name="fk_sources_session_id"),
        sa.ForeignKeyConstraint(["text_id"], ["texts.text_id"], name="fk_sources_text_id"),
        sa.PrimaryKeyConstraint("source_id", name="pk_sources"),
    )
    op.create_index("ix_sources_case_id", "sources", ["case_id"])
    op.create_index("ix_sources_session_id", "sources", ["session_id"])
    op.create_index("ix_sources_text_id", "sources", ["text_id"])
    op.create_table(
        "turns",
        sa.Column("text_id", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.Text()),
        sa.Column("time_ms", sa.Integer()),
        sa.Column("n_characters", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["texts.text_id"], name="fk_turns_text_id"),
        sa.PrimaryKeyConstraint("text_id", "turn", name="pk_turns"),
    )
    op.create_table(
        "code_revisions",
        sa.Column("code_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("include", sa.JSON(), nullable=False),
        sa.Column("exclude", sa.JSON(), nullable=False),
        sa.Column("example", sa.JSON(), nullable=False),
        sa.Column("note", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["codes.code_id"], name="fk_code_revisions_code_id"),
        sa.PrimaryKeyConstraint("code_id", "revision", name="pk_code_revisions"),
    )
    op.create_table(
        "speakers",
        sa.Column("speaker_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text()),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text()),
        sa.Column("removed_at", sa.Integer()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_speakers_case_id"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.source_id"], name="fk_speakers_source_id"),
        sa.PrimaryKeyConstraint("speaker_id", name="pk_speakers"),
    )
    op.create_index("ix_speakers_case_id", "speakers", ["case_id"])
    op.create_index("ix_speakers_source_id", "speakers", ["source_id"])
    op.create_table(
        "codings",
        sa.Column("coding_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("code_id", sa.Text(), nullable=False),
        sa.Column("code_revision", sa.Integer(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("weight", sa.Float()),
        sa.Column("removed_at", sa.Integer()),
        sa.CheckConstraint('start >= 0 AND start < "end"', name="ck_codings_range"),
        sa.ForeignKeyConstraint(
            ["code_id", "code_revision"],
            ["code_revisions.code_id", "code_revisions.revision"],
            name="fk_codings_code_id_code_revision",
        ),
        sa.ForeignKeyConstraint(["code_id"], ["codes.code_id"], name="fk_codings_code_id"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.source_id"], name="fk_codings_source_id"),
        sa.ForeignKeyConstraint(["text_id"], ["texts.text_id"], name="fk_codings_text_id"),
        sa.PrimaryKeyConstraint("coding_id", name="pk_codings"),
    )
    op.create_index("ix_codings_code_id", "codings", ["code_id"])
    op.create_index("ix_codings_source_id", "codings", ["source_id"])
