"""Recordings and what was watched of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009_recordings"
down_revision = "0008_library"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _what_can_be_watched()
    _what_was_watched()


def downgrade() -> None:
    for table in (
        "recordings_checks",
        "recordings_sheets",
        "recordings_reports",
        "recordings_viewings",
        "recordings_watchers",
        "recordings_uploads",
        "recordings_subtitles",
        "recordings_recordings",
    ):
        op.drop_table(table)


def _what_can_be_watched() -> None:
    op.create_table(
        "recordings_recordings",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", postgresql.JSONB(), nullable=False),
        sa.Column("about", postgresql.JSONB(), nullable=False),
        sa.Column("speaker", postgresql.JSONB(), nullable=False),
        sa.Column("topics", postgresql.JSONB(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("length_ms", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("poster", sa.String(), nullable=False),
        sa.Column("chapters", postgresql.JSONB(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_recordings_recordings")),
    )
    op.create_table(
        "recordings_subtitles",
        sa.Column("recording", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("vtt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording"],
            ["recordings_recordings.slug"],
            name=op.f("fk_recordings_subtitles_recording"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recording", "language", name=op.f("pk_recordings_subtitles")),
    )
    op.create_table(
        "recordings_uploads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recordings_uploads")),
    )


def _what_was_watched() -> None:
    op.create_table(
        "recordings_watchers",
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("metered_at", MOMENT, nullable=False),
        sa.Column("saved_ms", sa.Integer(), nullable=False),
        sa.Column("watched_ms", sa.Integer(), nullable=False),
        sa.Column("gap_ms", sa.Integer(), nullable=False),
        sa.Column("draws", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("member", name=op.f("pk_recordings_watchers")),
    )
    op.create_table(
        "recordings_viewings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("recording", sa.String(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("metered_at", MOMENT, nullable=False),
        sa.Column("saved_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recordings_viewings")),
    )
    op.create_index(op.f("ix_recordings_viewings_member"), "recordings_viewings", ["member"])
    op.create_table(
        "recordings_reports",
        sa.Column("viewing", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("outcome", postgresql.JSONB(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["viewing"],
            ["recordings_viewings.id"],
            name=op.f("fk_recordings_reports_viewing"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("viewing", "number", name=op.f("pk_recordings_reports")),
    )
    op.create_table(
        "recordings_sheets",
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("recording", sa.String(), nullable=False),
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("seen", postgresql.JSONB(), nullable=False),
        sa.Column("waiting", postgresql.JSONB(), nullable=False),
        sa.Column("credited", postgresql.JSONB(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("closings", sa.Integer(), nullable=False),
        sa.Column("since_check_ms", sa.Integer(), nullable=False),
        sa.Column("place_ms", sa.Integer(), nullable=False),
        sa.Column("completed_at", MOMENT, nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("member", "recording", "season", name=op.f("pk_recordings_sheets")),
    )
    op.create_table(
        "recordings_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("recording", sa.String(), nullable=False),
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("viewing", sa.Uuid(), nullable=False),
        sa.Column("closing", sa.Boolean(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recordings_checks")),
    )
    op.create_index(
        "uq_recordings_checks_open",
        "recordings_checks",
        ["member"],
        unique=True,
        postgresql_where=sa.text("answered IS NULL"),
    )
    op.create_index(
        op.f("ix_recordings_checks_member_recording"),
        "recordings_checks",
        ["member", "recording"],
    )
