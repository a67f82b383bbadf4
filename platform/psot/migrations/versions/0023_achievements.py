"""Achievements: deeds out of facts, and what they earned."""

import sqlalchemy as sa
from alembic import op

revision = "0023_achievements"
down_revision = "0022_workplace_tallies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "achievements_deeds",
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("award", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("score_ppm", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint(
            "member", "award", "subject", "key", name=op.f("pk_achievements_deeds")
        ),
    )
    op.create_table(
        "achievements_earned",
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("award", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("earned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("member", "award", "subject", name=op.f("pk_achievements_earned")),
    )


def downgrade() -> None:
    # Whoever comes up again meets the whole ledger anew.
    op.execute("DELETE FROM ledger_consumers WHERE projection = 'achievements'")
    op.drop_table("achievements_earned")
    op.drop_table("achievements_deeds")
