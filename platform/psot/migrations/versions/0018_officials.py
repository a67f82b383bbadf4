"""Officials: invitations into a region, and what members told to be counted by."""

import sqlalchemy as sa
from alembic import op

revision = "0018_officials"
down_revision = "0017_seasons"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "members",
        sa.Column("municipality", sa.String(length=120), server_default="", nullable=False),
    )
    op.add_column(
        "members",
        sa.Column("counted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("members", sa.Column("came_by", sa.Uuid(), nullable=True))
    op.create_index("ix_members_region", "members", ["region", "confirmed_at"])
    op.create_index(
        "ix_members_came_by",
        "members",
        ["came_by"],
        postgresql_where=sa.text("came_by IS NOT NULL"),
    )
    op.create_table(
        "official_invitations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("region", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrivals", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_invitations")),
        sa.UniqueConstraint("code", name=op.f("uq_official_invitations_code")),
    )
    op.create_index("ix_official_invitations_region", "official_invitations", ["region", "made_at"])


def downgrade() -> None:
    op.drop_table("official_invitations")
    op.drop_index("ix_members_came_by", "members")
    op.drop_index("ix_members_region", "members")
    for name in ("came_by", "counted", "municipality"):
        op.drop_column("members", name)
