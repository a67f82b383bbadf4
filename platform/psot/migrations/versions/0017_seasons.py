"""Seasons: plans, previews, closing protocols with their places, drafts of rules and shadows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017_seasons"
down_revision = "0016_regions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "season_plans",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("season", name=op.f("pk_season_plans")),
    )
    op.create_table(
        "season_previews",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("rosters", postgresql.JSONB(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("season", name=op.f("pk_season_previews")),
    )
    op.create_table(
        "season_protocols",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("season", name=op.f("pk_season_protocols")),
    )
    op.create_table(
        "season_places",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("activity_ppb", sa.BigInteger(), nullable=False),
        sa.Column("effectiveness_ppb", sa.BigInteger(), nullable=False),
        sa.Column("rating_milli", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("season", "member", name=op.f("pk_season_places")),
    )
    op.create_index("ix_season_places_place", "season_places", ["season", "place", "member"])
    op.create_table(
        "season_drafts",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("figures", postgresql.JSONB(), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_season_drafts")),
    )
    op.create_table(
        "season_shadows",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("figures", postgresql.JSONB(), nullable=False),
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", postgresql.JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_season_shadows")),
    )


def downgrade() -> None:
    for name in ("shadows", "drafts", "places", "protocols", "previews", "plans"):
        op.drop_table(f"season_{name}")
