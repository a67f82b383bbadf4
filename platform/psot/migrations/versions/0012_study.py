"""Cards of spaced repetition and learning plans."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012_study"
down_revision = "0011_sets"
branch_labels = None
depends_on = None

TABLES = (
    "study_preferences",
    "study_courses",
    "study_finishes",
    "study_readings",
    "study_cards",
    "study_reviews",
)


def upgrade() -> None:
    _memory()
    _progress()
    _courses()


def _memory() -> None:
    op.create_table(
        "study_reviews",
        sa.Column("attempt", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("quiz", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("score_ppm", sa.Integer(), nullable=False),
        sa.Column("response_ms", sa.BigInteger(), nullable=False),
        sa.Column("due_before", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("attempt", "question", name=op.f("pk_study_reviews")),
    )
    op.create_index("ix_study_reviews_card", "study_reviews", ["member", "question"])
    op.create_index("ix_study_reviews_answered_at", "study_reviews", ["member", "answered_at"])
    op.create_table(
        "study_cards",
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_score_ppm", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stability_s", sa.BigInteger(), nullable=False),
        sa.Column("difficulty_milli", sa.Integer(), nullable=False),
        sa.Column("wrong_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wrong_attempt", sa.Uuid(), nullable=True),
        sa.Column("wrong_score_ppm", sa.Integer(), nullable=True),
        sa.Column("right_first_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("right_last_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("member", "question", name=op.f("pk_study_cards")),
    )
    op.create_index("ix_study_cards_due_at", "study_cards", ["member", "due_at"])


def _progress() -> None:
    op.create_table(
        "study_readings",
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member", "topic", "read_at", name=op.f("pk_study_readings")),
    )
    op.create_table(
        "study_finishes",
        sa.Column("attempt", sa.Uuid(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("quiz", sa.String(), nullable=False),
        sa.Column("score_ppm", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("attempt", name=op.f("pk_study_finishes")),
    )
    op.create_index("ix_study_finishes_member", "study_finishes", ["member", "finished_at"])


def _courses() -> None:
    op.create_table(
        "study_courses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("renews_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_s", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("pauses", sa.Integer(), server_default="0", nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leaves", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_courses")),
    )
    current = "left_at IS NULL AND ended_at IS NULL"
    op.create_index(
        "uq_study_courses_current",
        "study_courses",
        ["member"],
        unique=True,
        postgresql_where=sa.text(current),
    )
    op.create_index("ix_study_courses_member", "study_courses", ["member", "began_at"])
    op.create_index(
        "ix_study_courses_renews_at",
        "study_courses",
        ["renews_at"],
        postgresql_where=sa.text(f"{current} AND renews_at IS NOT NULL"),
    )
    op.create_table(
        "study_preferences",
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("daily_limit", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("member", name=op.f("pk_study_preferences")),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
