"""The virtual workplace: runs, classes, and scenarios among the documents of the library."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014_workplace"
down_revision = "0013_reading"
branch_labels = None
depends_on = None

KINDS = (
    "kind IN ('pack', 'act', 'norm', 'topic', 'lesson', 'question', 'memo', 'term', 'quiz', "
    "'plan', 'scenario', 'file')"
)
KINDS_BEFORE = KINDS.replace("'scenario', ", "")
JSON = postgresql.JSONB(astext_type=sa.Text())
MOMENT = sa.DateTime(timezone=True)
# Scenarios go before their kind does; the trigger that keeps published versions steps aside. The
# next load looks at the folders anew and brings the scenarios back.
FORGET = """
ALTER TABLE library_versions DISABLE TRIGGER USER;
DELETE FROM library_versions v USING library_documents d
WHERE d.id = v.document_id AND d.kind = 'scenario';
ALTER TABLE library_versions ENABLE TRIGGER USER;
DELETE FROM library_passages WHERE kind = 'scenario';
DELETE FROM library_documents WHERE kind = 'scenario';
UPDATE library_stamp SET number = number + 1;
UPDATE library_loads SET sha256 = ''
"""


def upgrade() -> None:
    op.execute("CREATE SEQUENCE workplace_boards")
    _classes()
    _runs()
    _doings()
    op.create_table(
        "rating_practices",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("run", sa.Uuid(), nullable=False),
        sa.Column("finished_at", MOMENT, nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("season", "member", "scenario", name=op.f("pk_rating_practices")),
    )
    op.drop_constraint(op.f("ck_library_documents_kind"), "library_documents")
    op.create_check_constraint(op.f("ck_library_documents_kind"), "library_documents", KINDS)


def _classes() -> None:
    op.create_table(
        "workplace_classes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("trainer", sa.Uuid(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("paused_at", MOMENT, nullable=True),
        sa.Column("pauses", JSON, nullable=False),
        sa.Column("point", sa.String(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workplace_classes")),
    )
    op.create_index(
        "uq_workplace_classes_code",
        "workplace_classes",
        ["code"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_workplace_classes_trainer", "workplace_classes", ["trainer", "opened_at"])


def _runs() -> None:
    op.create_table(
        "workplace_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("group", sa.Uuid(), nullable=True),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("score_ppm", sa.Integer(), nullable=True),
        sa.Column("duration_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group"],
            ["workplace_classes.id"],
            name=op.f("fk_workplace_runs_group_workplace_classes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workplace_runs")),
    )
    op.create_index(
        "uq_workplace_runs_number",
        "workplace_runs",
        ["member", "scenario", "number"],
        unique=True,
    )
    op.create_index("ix_workplace_runs_group", "workplace_runs", ["group"])
    op.create_index(
        "ix_workplace_runs_check",
        "workplace_runs",
        ["started_at"],
        postgresql_where=sa.text("ended_at IS NULL AND mode = 'check'"),
    )


def _doings() -> None:
    op.create_table(
        "workplace_actions",
        sa.Column("run", sa.Uuid(), nullable=False),
        sa.Column("nth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("action", JSON, nullable=False),
        sa.Column("effects", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["run"], ["workplace_runs.id"], name=op.f("fk_workplace_actions_run_workplace_runs")
        ),
        sa.PrimaryKeyConstraint("run", "nth", name=op.f("pk_workplace_actions")),
    )
    op.create_table(
        "workplace_paths",
        sa.Column("run", sa.Uuid(), nullable=False),
        sa.Column("from_ms", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("points", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["run"], ["workplace_runs.id"], name=op.f("fk_workplace_paths_run_workplace_runs")
        ),
        sa.PrimaryKeyConstraint("run", "from_ms", name=op.f("pk_workplace_paths")),
    )
    op.create_table(
        "workplace_outcomes",
        sa.Column("run", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run"], ["workplace_runs.id"], name=op.f("fk_workplace_outcomes_run_workplace_runs")
        ),
        sa.PrimaryKeyConstraint("run", "kind", "part", name=op.f("pk_workplace_outcomes")),
    )
    op.create_index(
        "ix_workplace_outcomes_scenario", "workplace_outcomes", ["scenario", "kind", "part"]
    )


def downgrade() -> None:
    op.execute(FORGET)
    op.drop_constraint(op.f("ck_library_documents_kind"), "library_documents")
    op.create_check_constraint(op.f("ck_library_documents_kind"), "library_documents", KINDS_BEFORE)
    op.drop_table("rating_practices")
    for table in ("outcomes", "paths", "actions", "runs", "classes"):
        op.drop_table(f"workplace_{table}")
    op.execute("DROP SEQUENCE workplace_boards")
