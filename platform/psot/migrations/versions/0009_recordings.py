"""Recordings and what was watched of them."""

revision = "0009_recordings"
down_revision = "0008_library"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
