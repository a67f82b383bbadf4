"""Cards of spaced repetition and learning plans."""

revision = "0012_study"
down_revision = "0011_sets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
