"""The ledger: facts, deliveries, dead letters, consumers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_consumers",
        sa.Column("projection", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("failures_in_row", sa.Integer(), server_default="0", nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_because", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("projection", name=op.f("pk_ledger_consumers")),
    )
    op.create_table(
        "ledger_facts",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=True),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger_facts")),
        sa.UniqueConstraint("type", "key", name=op.f("uq_ledger_facts_type_key")),
    )
    op.create_index(op.f("ix_ledger_facts_member"), "ledger_facts", ["member"], unique=False)
    op.create_table(
        "ledger_dead_letters",
        sa.Column("projection", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column(
            "died_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["seq"], ["ledger_facts.seq"], name=op.f("fk_ledger_dead_letters_seq")
        ),
        sa.PrimaryKeyConstraint("projection", "seq", name=op.f("pk_ledger_dead_letters")),
    )
    op.create_table(
        "ledger_deliveries",
        sa.Column("projection", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("dead", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["seq"], ["ledger_facts.seq"], name=op.f("fk_ledger_deliveries_seq")
        ),
        sa.PrimaryKeyConstraint("projection", "seq", name=op.f("pk_ledger_deliveries")),
    )
    op.create_index(
        "ix_ledger_deliveries_open",
        "ledger_deliveries",
        ["projection", "seq"],
        unique=False,
        postgresql_where=sa.text("delivered_at IS NULL AND NOT dead"),
    )
    op.execute(
        """
        CREATE FUNCTION ledger_facts_stand() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'a fact on the ledger is never changed'; END $$
        """
    )
    op.execute(
        "CREATE TRIGGER ledger_facts_stand BEFORE UPDATE OR DELETE ON ledger_facts"
        " FOR EACH ROW EXECUTE FUNCTION ledger_facts_stand()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER ledger_facts_stand ON ledger_facts")
    op.execute("DROP FUNCTION ledger_facts_stand()")
    op.drop_index(
        "ix_ledger_deliveries_open",
        table_name="ledger_deliveries",
        postgresql_where=sa.text("delivered_at IS NULL AND NOT dead"),
    )
    op.drop_table("ledger_deliveries")
    op.drop_table("ledger_dead_letters")
    op.drop_index(op.f("ix_ledger_facts_member"), table_name="ledger_facts")
    op.drop_table("ledger_facts")
    op.drop_table("ledger_consumers")
