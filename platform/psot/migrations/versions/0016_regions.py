"""Regions: sums of squares for intervals, weekly notes, portraits, topics."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016_regions"
down_revision = "0015_community"
branch_labels = None
depends_on = None

SQUARES = ("activity_ppm2", "effectiveness_ppm2")

# The fold keeps them from now on; what it has folded already is added up here once, by the rules
# of all seasons so far: effectiveness counts from ten first answers on.
ADD_UP = """
    UPDATE rating_regions AS kept
    SET activity_ppm2 = found.activity_ppm2, effectiveness_ppm2 = found.effectiveness_ppm2
    FROM (
        SELECT season, region, sum(activity_ppb * activity_ppb / 1000000) AS activity_ppm2,
               coalesce(sum(effectiveness_ppb * effectiveness_ppb / 1000000)
                        FILTER (WHERE first_attempts >= 10), 0) AS effectiveness_ppm2
        FROM rating_members WHERE on_roster GROUP BY season, region
    ) AS found
    WHERE kept.season = found.season AND kept.region = found.region
"""


def upgrade() -> None:
    for name in SQUARES:
        op.add_column(
            "rating_regions",
            sa.Column(name, sa.BigInteger(), server_default="0", nullable=False),
        )
    op.execute(ADD_UP)
    op.create_table(
        "region_weeks",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("activity_ppb", sa.BigInteger(), nullable=False),
        sa.Column("qualified", sa.Integer(), nullable=False),
        sa.Column("effectiveness_ppb", sa.BigInteger(), nullable=False),
        sa.Column("score_milli", sa.Integer(), nullable=False),
        sa.Column("low_milli", sa.Integer(), nullable=False),
        sa.Column("high_milli", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("place_from", sa.Integer(), nullable=True),
        sa.Column("place_to", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("season", "week", "region", name=op.f("pk_region_weeks")),
    )
    op.create_table(
        "region_portraits",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("bins", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("leaders", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("season", "region", name=op.f("pk_region_portraits")),
    )
    op.create_table(
        "region_topics",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("answers", sa.BigInteger(), nullable=False),
        sa.Column("score_ppm", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("season", "region", "topic", name=op.f("pk_region_topics")),
    )


def downgrade() -> None:
    for table in ("region_topics", "region_portraits", "region_weeks"):
        op.drop_table(table)
    for name in SQUARES:
        op.drop_column("rating_regions", name)
