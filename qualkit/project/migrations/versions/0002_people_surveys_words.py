"""Types of attributes, consent, reasons for absence, surveys, and the words of the study."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LIVING = (
    "attribute_types",
    "consents",
    "absences",
    "surveys",
    "respondents",
    "survey_answers",
    "dictionary",
)

# Unique among the rows that are not marked as removed.
UNIQUE = {
    "uq_attribute_types_name": ("attribute_types", '"name"'),
    "uq_consents_case_id_use": ("consents", '"case_id", "use"'),
    "uq_absences_case_id_kind_wave_session_id": (
        "absences",
        "\"case_id\", \"kind\", coalesce(wave, ''), coalesce(session_id, '')",
    ),
    "uq_surveys_survey_wave": ("surveys", "\"survey\", coalesce(wave, '')"),
    "uq_respondents_survey_id_respondent": ("respondents", '"survey_id", "respondent"'),
    "uq_survey_answers_respondent_id_question_part": (
        "survey_answers",
        '"respondent_id", "question", coalesce(part, \'\')',
    ),
    "uq_dictionary_word": ("dictionary", '"word"'),
}


def upgrade() -> None:
    """Make the tables with their indexes and guards; say why somebody was not there."""
    op.add_column("attendance", sa.Column("note", sa.Text()))
    _make_people()
    _make_surveys()
    for name, (table, columns) in UNIQUE.items():
        op.execute(f"CREATE UNIQUE INDEX {name} ON {table} ({columns}) WHERE removed_at IS NULL")
    for table in LIVING:
        op.execute(
            f"CREATE TRIGGER {table}_refuse_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'DELETE is refused on {table}'); END"
        )


def _make_people() -> None:
    op.create_table(
        "attribute_types",
        sa.Column("attribute_type_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("removed_at", sa.Integer()),
        sa.PrimaryKeyConstraint("attribute_type_id", name="pk_attribute_types"),
    )
    op.create_table(
        "consents",
        sa.Column("consent_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("date", sa.Text()),
        sa.Column("by", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("removed_at", sa.Integer()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_consents_case_id"),
        sa.PrimaryKeyConstraint("consent_id", name="pk_consents"),
    )
    op.create_index("ix_consents_case_id", "consents", ["case_id"])
    op.create_table(
        "absences",
        sa.Column("absence_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("wave", sa.Text()),
        sa.Column("session_id", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Integer()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_absences_case_id"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.session_id"], name="fk_absences_session_id"),
        sa.PrimaryKeyConstraint("absence_id", name="pk_absences"),
    )
    op.create_index("ix_absences_case_id", "absences", ["case_id"])
    op.create_index("ix_absences_session_id", "absences", ["session_id"])
    op.create_table(
        "dictionary",
        sa.Column("word_id", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("removed_at", sa.Integer()),
        sa.PrimaryKeyConstraint("word_id", name="pk_dictionary"),
    )


def _make_surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("survey_id", sa.Text(), nullable=False),
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("wave", sa.Text()),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("n_respondents", sa.Integer(), nullable=False),
        sa.Column("meta", sa.JSON(), nullable=False),
        sa.Column("removed_at", sa.Integer()),
        sa.PrimaryKeyConstraint("survey_id", name="pk_surveys"),
    )
    op.create_table(
        "respondents",
        sa.Column("respondent_id", sa.Text(), nullable=False),
        sa.Column("survey_id", sa.Text(), nullable=False),
        sa.Column("respondent", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text()),
        sa.Column("submitted_at", sa.Text()),
        sa.Column("seconds", sa.Float()),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("removed_at", sa.Integer()),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.survey_id"], name="fk_respondents_survey_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_respondents_case_id"),
        sa.PrimaryKeyConstraint("respondent_id", name="pk_respondents"),
    )
    op.create_index("ix_respondents_survey_id", "respondents", ["survey_id"])
    op.create_index("ix_respondents_case_id", "respondents", ["case_id"])
    op.create_table(
        "survey_answers",
        sa.Column("answer_id", sa.Text(), nullable=False),
        sa.Column("respondent_id", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("part", sa.Text()),
        sa.Column("value", sa.Float()),
        sa.Column("label", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["respondent_id"], ["respondents.respondent_id"], name="fk_survey_answers_respondent_id"
        ),
        sa.PrimaryKeyConstraint("answer_id", name="pk_survey_answers"),
    )
    op.create_index("ix_survey_answers_respondent_id", "survey_answers", ["respondent_id"])
