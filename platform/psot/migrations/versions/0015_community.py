"""Tables of community."""

revision = "0015_community"
down_revision = "0014_workplace"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
