"""The map of misses is added up beforehand: by scenario, kind and part."""

import sqlalchemy as sa
from alembic import op

revision = "0022_workplace_tallies"
down_revision = "0021_numbers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workplace_tallies",
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("runs", sa.BigInteger(), nullable=False),
        sa.Column("missed", sa.BigInteger(), nullable=False),
        sa.Column("score_ppm", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scenario", "kind", "part", name=op.f("pk_workplace_tallies")),
    )
    op.add_column(
        "workplace_runs",
        sa.Column("tallied", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_index(
        "ix_workplace_runs_untallied",
        "workplace_runs",
        ["ended_at"],
        postgresql_where=sa.text("ended_at IS NOT NULL AND NOT tallied"),
    )
    op.drop_index("ix_workplace_outcomes_scenario", table_name="workplace_outcomes")


def downgrade() -> None:
    op.create_index(
        "ix_workplace_outcomes_scenario", "workplace_outcomes", ["scenario", "kind", "part"]
    )
    op.drop_index("ix_workplace_runs_untallied", table_name="workplace_runs")
    op.drop_column("workplace_runs", "tallied")
    op.drop_table("workplace_tallies")
