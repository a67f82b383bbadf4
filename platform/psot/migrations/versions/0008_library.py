"""Content with its history."""

revision = "0008_library"
down_revision = "0007_race_feed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
