"""Progress and bookmarks of readers."""

import sqlalchemy as sa
from alembic import op

revision = "0013_reading"
down_revision = "0012_study"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reading_progress",
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(), server_default="", nullable=False),
        sa.Column("furthest_ppm", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_version", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("member", "topic", name=op.f("pk_reading_progress")),
    )
    op.create_index(
        "ix_reading_progress_latest", "reading_progress", ["member", "seen_at"], unique=False
    )
    op.create_table(
        "reading_bookmarks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("anchor", sa.String(), server_default="", nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_bookmarks")),
        sa.UniqueConstraint(
            "member",
            "kind",
            "name",
            "anchor",
            name=op.f("uq_reading_bookmarks_member_kind_name_anchor"),
        ),
    )


def downgrade() -> None:
    op.drop_table("reading_bookmarks")
    op.drop_index("ix_reading_progress_latest", table_name="reading_progress")
    op.drop_table("reading_progress")
