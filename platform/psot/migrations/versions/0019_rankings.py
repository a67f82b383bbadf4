"""Boards of people: places over the weeks, medals, the choice to stand on no board."""

import sqlalchemy as sa
from alembic import op

revision = "0019_rankings"
down_revision = "0018_officials"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "members",
        sa.Column("off_boards", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_index(
        "ix_members_published_name",
        "members",
        [sa.text("to_tsvector('simple', display_name)")],
        postgresql_using="gin",
        postgresql_where=sa.text("name_public AND NOT off_boards"),
    )
    op.create_index(
        "ix_rating_members_place", "rating_members", ["season", "rating_milli", "member"]
    )
    op.create_index(
        "ix_rating_members_region",
        "rating_members",
        ["season", "region", "rating_milli", "member"],
    )
    op.create_table(
        "ranking_member_weeks",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("rating_milli", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("season", "member", "week", name=op.f("pk_ranking_member_weeks")),
    )
    op.create_table(
        "ranking_medal_seasons",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("races", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("season", name=op.f("pk_ranking_medal_seasons")),
    )
    op.create_table(
        "ranking_medals",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("gold", sa.Integer(), nullable=False),
        sa.Column("silver", sa.Integer(), nullable=False),
        sa.Column("bronze", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("season", "member", name=op.f("pk_ranking_medals")),
    )
    op.create_index("ix_ranking_medals_place", "ranking_medals", ["season", "place", "member"])


def downgrade() -> None:
    op.drop_table("ranking_medals")
    op.drop_table("ranking_medal_seasons")
    op.drop_table("ranking_member_weeks")
    op.drop_index("ix_rating_members_region", table_name="rating_members")
    op.drop_index("ix_rating_members_place", table_name="rating_members")
    op.drop_index("ix_members_published_name", table_name="members")
    op.drop_column("members", "off_boards")
