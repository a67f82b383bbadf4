"""Attempts of every mode, responses of every kind."""

import sqlalchemy as sa
from alembic import op

revision = "0011_sets"
down_revision = "0010_items"
branch_labels = None
depends_on = None

# Each question with the version that was answered; one not yet answered was asked in its first.
_FREEZE = """
UPDATE learning_attempts a SET questions = coalesce((
    SELECT jsonb_agg(jsonb_build_array(q.id, coalesce(n.question_version, 1)) ORDER BY q.position)
    FROM jsonb_array_elements_text(a.questions) WITH ORDINALITY AS q (id, position)
    LEFT JOIN learning_answers n ON n.attempt_id = a.id AND n.position = q.position), '[]')
"""
_THAW = """
UPDATE learning_attempts a SET questions = coalesce((
    SELECT jsonb_agg(q.pair -> 0 ORDER BY q.position)
    FROM jsonb_array_elements(a.questions) WITH ORDINALITY AS q (pair, position)), '[]')
"""


def upgrade() -> None:
    op.execute(_FREEZE)
    op.alter_column("learning_answers", "chosen", new_column_name="response")
    op.add_column(
        "learning_attempts",
        sa.Column("mode", sa.String(), nullable=False, server_default="practice"),
    )
    op.alter_column("learning_attempts", "mode", server_default=None)
    op.add_column("learning_attempts", sa.Column("ends_at", sa.DateTime(timezone=True)))
    op.add_column("learning_attempts", sa.Column("pass_ppm", sa.Integer()))
    op.create_index(
        "ix_learning_attempts_ends_at",
        "learning_attempts",
        ["ends_at"],
        postgresql_where=sa.text("finished_at IS NULL AND ends_at IS NOT NULL"),
    )
    op.create_index(
        "ix_learning_attempts_member_started_at", "learning_attempts", ["member", "started_at"]
    )


def downgrade() -> None:
    op.drop_index("ix_learning_attempts_member_started_at", "learning_attempts")
    op.drop_index("ix_learning_attempts_ends_at", "learning_attempts")
    op.drop_column("learning_attempts", "pass_ppm")
    op.drop_column("learning_attempts", "ends_at")
    op.drop_column("learning_attempts", "mode")
    op.alter_column("learning_answers", "response", new_column_name="chosen")
    op.execute(_THAW)
