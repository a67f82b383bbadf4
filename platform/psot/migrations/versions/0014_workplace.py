"""Tables of workplace."""

revision = "0014_workplace"
down_revision = "0013_reading"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
