"""Public numbers: sums of facts by kind and week."""

import sqlalchemy as sa
from alembic import op

revision = "0021_numbers"
down_revision = "0020_rules"
branch_labels = None
depends_on = None

TABLES = (
    "numbers_regions",
    "numbers_homes",
    "numbers_firsts",
    "numbers_weeks",
    "numbers_totals",
)


def upgrade() -> None:
    op.create_table(
        "numbers_totals",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_numbers_totals")),
    )
    op.create_table(
        "numbers_weeks",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "week", name=op.f("pk_numbers_weeks")),
    )
    op.create_table(
        "numbers_firsts",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_numbers_firsts")),
    )
    op.create_table(
        "numbers_homes",
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member", name=op.f("pk_numbers_homes")),
    )
    op.create_table(
        "numbers_regions",
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("region", name=op.f("pk_numbers_regions")),
    )


def downgrade() -> None:
    # Whoever comes up again meets the whole ledger anew.
    op.execute("DELETE FROM ledger_consumers WHERE projection = 'numbers'")
    for table in TABLES:
        op.drop_table(table)
