"""Races feed the ratings; a jury's decision says what it came from and who dropped it."""

import sqlalchemy as sa
from alembic import op

revision = "0007_race_feed"
down_revision = "0006_races"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rating_attempts", sa.Column("race", sa.Uuid(), nullable=True))
    op.add_column(
        "rating_members",
        sa.Column("race_minutes", sa.ARRAY(sa.Integer()), server_default="{}", nullable=False),
    )
    op.create_table(
        "rating_participations",
        sa.Column("race", sa.Uuid(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("race", "member", name=op.f("pk_rating_participations")),
    )
    op.create_index(
        "ix_rating_participations_member",
        "rating_participations",
        ["season", "member"],
        unique=False,
    )
    op.add_column("race_decisions", sa.Column("case_id", sa.Uuid(), nullable=True))
    op.add_column("race_decisions", sa.Column("dropped_by", sa.Uuid(), nullable=True))


def downgrade() -> None:
    # What races are worth is lost here, so who comes up again has to fold the ledger anew.
    op.execute("UPDATE ledger_consumers SET version = 1 WHERE projection = 'ratings'")
    op.drop_column("race_decisions", "dropped_by")
    op.drop_column("race_decisions", "case_id")
    op.drop_index("ix_rating_participations_member", table_name="rating_participations")
    op.drop_table("rating_participations")
    op.drop_column("rating_members", "race_minutes")
    op.drop_column("rating_attempts", "race")
