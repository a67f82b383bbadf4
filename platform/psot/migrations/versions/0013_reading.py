"""Progress and bookmarks of readers."""

revision = "0013_reading"
down_revision = "0012_study"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
