"""Content with its history."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008_library"
down_revision = "0007_race_feed"
branch_labels = None
depends_on = None

KINDS = (
    "kind IN ('pack', 'act', 'norm', 'topic', 'lesson', 'question', 'memo', 'term', 'quiz', "
    "'plan', 'file')"
)
STATES = "state IN ('draft', 'review', 'published', 'superseded', 'rejected')"
TITLES = "to_tsvector('russian', translate(title, 'Ёё-‑<>', 'Ее    '))"
VECTOR = (
    "setweight(to_tsvector('russian', translate(title, 'Ёё-‑<>', 'Ее    ')), 'A') || "
    "setweight(to_tsvector('russian', translate(text, 'Ёё-‑<>', 'Ее    ')), 'C')"
)

# What was published once stands: no door of the product, and no hand in psql, changes it.
STANDS = """
CREATE FUNCTION library_versions_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state NOT IN ('published', 'superseded') THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE'
       OR NEW.state NOT IN ('published', 'superseded')
       OR (NEW.document_id, NEW.number, NEW.body, NEW.sha256, NEW.author, NEW.reviewer,
           NEW.published_at)
          IS DISTINCT FROM
          (OLD.document_id, OLD.number, OLD.body, OLD.sha256, OLD.author, OLD.reviewer,
           OLD.published_at)
    THEN
        RAISE EXCEPTION 'a published version is never changed: % %', OLD.document_id, OLD.number;
    END IF;
    RETURN NEW;
END
$$
"""
GUARD = """
CREATE TRIGGER library_versions_stand BEFORE UPDATE OR DELETE ON library_versions
FOR EACH ROW EXECUTE FUNCTION library_versions_stand()
"""


def upgrade() -> None:
    op.create_table(
        "library_documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=True),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("loaded_sha256", sa.String(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(KINDS, name=op.f("ck_library_documents_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_documents")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_library_documents_kind_name")),
    )
    op.create_index("ix_library_documents_pack", "library_documents", ["pack"])
    op.create_index("ix_library_documents_topic", "library_documents", ["topic"])
    op.create_table(
        "library_versions",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("author", sa.Uuid(), nullable=True),
        sa.Column("reviewer", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(STATES, name=op.f("ck_library_versions_state")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["library_documents.id"],
            name=op.f("fk_library_versions_document_id_library_documents"),
        ),
        sa.PrimaryKeyConstraint("document_id", "number", name=op.f("pk_library_versions")),
    )
    op.create_index(
        "uq_library_versions_open",
        "library_versions",
        ["document_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('draft', 'review')"),
    )
    op.execute(STANDS)
    op.execute(GUARD)
    op.create_table(
        "library_files",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_library_files")),
    )
    op.create_table(
        "library_loads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.Uuid(), nullable=True),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_loads")),
    )
    op.create_index("ix_library_loads_pack", "library_loads", ["pack", "loaded_at"])
    op.create_table(
        "library_stamp",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_stamp")),
    )
    op.create_table(
        "library_passages",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "titles", postgresql.TSVECTOR(), sa.Computed(TITLES, persisted=True), nullable=False
        ),
        sa.Column(
            "search", postgresql.TSVECTOR(), sa.Computed(VECTOR, persisted=True), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_passages")),
    )
    op.create_index("ix_library_passages_document", "library_passages", ["kind", "name"])
    for column in ("search", "titles"):
        op.create_index(
            f"ix_library_passages_{column}", "library_passages", [column], postgresql_using="gin"
        )


def downgrade() -> None:
    for table in (
        "library_passages",
        "library_stamp",
        "library_loads",
        "library_files",
        "library_versions",
        "library_documents",
    ):
        op.drop_table(table)
    op.execute("DROP FUNCTION library_versions_stand()")
