"""Who publishes the boards of which race: leases with an epoch, and who is there to take them."""

import sqlalchemy as sa
from alembic import op

revision = "0024_race_publishers"
down_revision = "0023_achievements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "race_publishers",
        sa.Column("race", sa.Uuid(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("race", name=op.f("pk_race_publishers")),
    )
    op.create_table(
        "publishers",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_publishers")),
    )


def downgrade() -> None:
    op.drop_table("publishers")
    op.drop_table("race_publishers")
