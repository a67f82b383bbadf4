"""Questions of the community: threads, answers, wordings, thanks, reports."""

import sqlalchemy as sa
from alembic import op

revision = "0015_community"
down_revision = "0014_workplace"
branch_labels = None
depends_on = None


def _taken_down() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("decisions", sa.Integer(), server_default="0", nullable=False),
        sa.Column("down_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("down_reason", sa.String(), server_default="", nullable=False),
        sa.Column("down_note", sa.String(), server_default="", nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "community_threads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("answers", sa.Integer(), server_default="0", nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted", sa.Uuid(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expert", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        *_taken_down(),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "accepted IS NOT NULL OR NOT expert",
            name=op.f("ck_community_threads_expert_accepts_something"),
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"],
            ["community_threads.id"],
            name=op.f("fk_community_threads_merged_into_community_threads"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_threads")),
    )
    op.create_index("ix_community_threads_active", "community_threads", ["active_at"])
    op.create_index("ix_community_threads_author", "community_threads", ["author"])
    op.create_index("ix_community_threads_topic", "community_threads", ["topic", "active_at"])
    op.create_table(
        "community_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread", sa.Uuid(), nullable=False),
        sa.Column("author", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("thanks", sa.Integer(), server_default="0", nullable=False),
        *_taken_down(),
        sa.ForeignKeyConstraint(
            ["thread"],
            ["community_threads.id"],
            name=op.f("fk_community_answers_thread_community_threads"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_answers")),
    )
    op.create_index("ix_community_answers_thread", "community_answers", ["thread", "given_at"])
    op.create_table(
        "community_wordings",
        sa.Column("post", sa.Uuid(), nullable=False),
        sa.Column("nth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("post", "nth", name=op.f("pk_community_wordings")),
    )
    op.create_table(
        "community_thanks",
        sa.Column("answer", sa.Uuid(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("thanked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer"],
            ["community_answers.id"],
            name=op.f("fk_community_thanks_answer_community_answers"),
        ),
        sa.PrimaryKeyConstraint("answer", "member", name=op.f("pk_community_thanks")),
    )
    op.create_table(
        "community_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Uuid(), nullable=True),
        sa.Column("post", sa.Uuid(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["thread"],
            ["community_threads.id"],
            name=op.f("fk_community_reports_thread_community_threads"),
        ),
        sa.ForeignKeyConstraint(
            ["answer"],
            ["community_answers.id"],
            name=op.f("fk_community_reports_answer_community_answers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_reports")),
    )
    op.create_index("ix_community_reports_post", "community_reports", ["post"])
    op.create_index(
        "uq_community_reports_open",
        "community_reports",
        ["post", "member"],
        unique=True,
        postgresql_where=sa.text("settled_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("community_reports")
    op.drop_table("community_thanks")
    op.drop_table("community_wordings")
    op.drop_table("community_answers")
    op.drop_table("community_threads")
    # What the search has of them would lead nowhere.
    op.execute("DELETE FROM library_passages WHERE kind = 'thread'")
