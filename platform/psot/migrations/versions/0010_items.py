"""What answers say about questions; ratings leave out what says nothing."""

revision = "0010_items"
down_revision = "0009_recordings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
