"""Members: accounts, roles, consents, sessions, outside identities, invitations, mails."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002_members"
down_revision = "0001"
branch_labels = None
depends_on = None


def moment(name: str, *, nullable: bool = False, default: bool = False) -> sa.Column[Any]:
    standard = sa.text("now()") if default else None
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, server_default=standard)


def member_column(**kwargs: bool) -> sa.Column[Any]:
    return sa.Column("member_id", sa.Uuid(), nullable=kwargs.get("nullable", False))


def of_member(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_member_id")
    return sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "members",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True, start=1001), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("password", sa.String(255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(64), nullable=False),
        moment("confirmed_at", nullable=True),
        sa.Column("tf_primary_method", sa.String(64), nullable=True),
        sa.Column("tf_totp_secret", sa.String(255), nullable=True),
        sa.Column("tf_last_counter", sa.BigInteger(), nullable=True),
        sa.Column("mf_recovery_codes", postgresql.JSONB(), nullable=True),
        sa.Column("display_name", sa.String(60), nullable=False),
        sa.Column("name_public", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("organization", sa.String(120), server_default="", nullable=False),
        sa.Column("region", sa.String(8), nullable=False),
        sa.Column("language", sa.String(2), server_default="ru", nullable=False),
        sa.Column("timezone", sa.String(40), nullable=False),
        moment("created_at", default=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("number", name=op.f("uq_members_number")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_members_fs_uniquifier")),
    )
    op.create_index("uq_members_email", "members", [sa.text("lower(email)")], unique=True)
    op.create_table(
        "member_roles",
        member_column(),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("region", sa.String(8), server_default="", nullable=False),
        moment("granted_at", default=True),
        sa.PrimaryKeyConstraint("member_id", "name", name=op.f("pk_member_roles")),
        of_member("member_roles"),
        sa.CheckConstraint(
            "(name = 'official') = (region <> '')", name=op.f("ck_member_roles_official_has_region")
        ),
    )
    op.create_table(
        "member_consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        member_column(),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        moment("given_at"),
        moment("withdrawn_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_consents")),
        of_member("member_consents"),
    )
    op.create_index(op.f("ix_member_consents_member_id"), "member_consents", ["member_id"])
    op.create_table(
        "member_sessions",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("id_hash", sa.LargeBinary(32), nullable=False),
        member_column(nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("device", sa.String(80), nullable=False),
        moment("created_at"),
        moment("last_used_at"),
        moment("expires_at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_member_sessions")),
        sa.UniqueConstraint("id_hash", name=op.f("uq_member_sessions_id_hash")),
        of_member("member_sessions"),
    )
    op.create_index(op.f("ix_member_sessions_member_id"), "member_sessions", ["member_id"])
    op.create_index(op.f("ix_member_sessions_expires_at"), "member_sessions", ["expires_at"])
    op.create_table(
        "member_outside_identities",
        sa.Column("issuer", sa.String(255), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        member_column(),
        moment("linked_at"),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_member_outside_identities")),
        of_member("member_outside_identities"),
    )
    op.create_index(
        op.f("ix_member_outside_identities_member_id"), "member_outside_identities", ["member_id"]
    )
    op.create_table(
        "member_invitations",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        moment("created_at"),
        moment("expires_at"),
        moment("used_at", nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_member_invitations")),
    )
    op.create_table(
        "mails",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        moment("created_at"),
        moment("sent_at", nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        moment("next_try_at"),
        sa.Column("error", sa.String(300), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
    )
    op.create_index(
        "ix_mails_waiting", "mails", ["next_try_at"], postgresql_where=sa.text("sent_at IS NULL")
    )


def downgrade() -> None:
    op.drop_table("mails")
    op.drop_table("member_invitations")
    op.drop_table("member_outside_identities")
    op.drop_table("member_sessions")
    op.drop_table("member_consents")
    op.drop_table("member_roles")
    op.drop_table("members")
