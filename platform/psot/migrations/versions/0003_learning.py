"""Learning: publications, attempts, answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003_learning"
down_revision = "0002_members"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learning_publications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("quiz", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("questions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_publications")),
    )
    op.create_index(
        "uq_learning_publications_open",
        "learning_publications",
        ["quiz"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "learning_attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("quiz", sa.String(), nullable=False),
        sa.Column("quiz_version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("questions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score_ppm", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_attempts")),
        sa.UniqueConstraint(
            "member", "quiz", "number", name=op.f("uq_learning_attempts_member_quiz_number")
        ),
    )
    op.create_index(
        "uq_learning_attempts_open",
        "learning_attempts",
        ["member", "quiz"],
        unique=True,
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_table(
        "learning_answers",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("question_version", sa.Integer(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chosen", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("nth", sa.Integer(), nullable=True),
        sa.Column("score_ppm", sa.Integer(), nullable=True),
        sa.Column("response_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["learning_attempts.id"], name=op.f("fk_learning_answers_attempt_id")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_learning_answers")),
        sa.UniqueConstraint(
            "attempt_id", "question", name=op.f("uq_learning_answers_attempt_id_question")
        ),
    )
    op.create_index(
        "ix_learning_answers_member", "learning_answers", ["member", "question"], unique=False
    )


def downgrade() -> None:
    op.drop_table("learning_answers")
    op.drop_table("learning_attempts")
    op.drop_table("learning_publications")
