"""Ratings: seasons, calibrations, homes, first attempts, members, regions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004_ratings"
down_revision = "0003_learning"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SEQUENCE rating_versions")
    op.create_table(
        "rating_seasons",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("mean_ppm", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("season", name=op.f("pk_rating_seasons")),
    )
    op.create_table(
        "rating_calibrations",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("weeks_elapsed", sa.Integer(), nullable=False),
        sa.Column("mean_ppm", sa.Integer(), nullable=False),
        sa.Column("facility_ppm", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("median_ms", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("season", name=op.f("pk_rating_calibrations")),
    )
    op.create_table(
        "rating_homes",
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("member", "since", "region", name=op.f("pk_rating_homes")),
    )
    op.create_table(
        "rating_attempts",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", sa.Uuid(), nullable=False),
        sa.Column("quiz", sa.String(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("score_ppm", sa.Integer(), nullable=False),
        sa.Column("response_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("season", "member", "question", name=op.f("pk_rating_attempts")),
    )
    op.create_table(
        "rating_members",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("on_roster", sa.Boolean(), nullable=False),
        sa.Column("activity_ppb", sa.BigInteger(), nullable=False),
        sa.Column("effectiveness_ppb", sa.BigInteger(), nullable=False),
        sa.Column("rating_milli", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("first_attempts", sa.Integer(), nullable=False),
        sa.Column("efforts", sa.ARRAY(sa.Integer()), nullable=False),
        sa.Column("weight_ppm", sa.BigInteger(), nullable=False),
        sa.Column("weighted_ppm2", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("season", "member", name=op.f("pk_rating_members")),
    )
    op.create_index(
        "ix_rating_members_version", "rating_members", ["season", "version"], unique=False
    )
    op.create_table(
        "rating_regions",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("activity_ppb", sa.BigInteger(), nullable=False),
        sa.Column("qualified", sa.Integer(), nullable=False),
        sa.Column("effectiveness_ppb", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("season", "region", name=op.f("pk_rating_regions")),
    )


def downgrade() -> None:
    op.drop_table("rating_regions")
    op.drop_table("rating_members")
    op.drop_table("rating_attempts")
    op.drop_table("rating_homes")
    op.drop_table("rating_calibrations")
    op.drop_table("rating_seasons")
    op.execute("DROP SEQUENCE rating_versions")
