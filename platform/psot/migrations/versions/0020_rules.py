"""Ratings: sets of rules published here, and what members give to others."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020_rules"
down_revision = "0019_rankings"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "rating_rules",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("parameters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_rating_rules")),
    )
    op.create_table(
        "rating_contributions",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("earned_at", MOMENT, nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=False),
        sa.Column("thread", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "object", "season", name=op.f("pk_rating_contributions")),
    )
    op.create_index("ix_rating_contributions_member", "rating_contributions", ["season", "member"])
    op.create_table(
        "rating_decisions",
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("nth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("down", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("answer", "nth", name=op.f("pk_rating_decisions")),
    )
    op.add_column(
        "rating_members",
        sa.Column(
            "given_minutes", postgresql.ARRAY(sa.Integer()), server_default="{}", nullable=False
        ),
    )


def downgrade() -> None:
    op.drop_column("rating_members", "given_minutes")
    op.drop_table("rating_decisions")
    op.drop_table("rating_contributions")
    op.drop_table("rating_rules")
