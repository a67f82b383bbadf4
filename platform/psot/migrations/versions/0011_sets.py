"""Attempts of every mode, responses of every kind."""

revision = "0011_sets"
down_revision = "0010_items"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
