"""What answers say about questions; ratings leave out what tells nothing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010_items"
down_revision = "0009_recordings"
branch_labels = None
depends_on = None

ITEMS = (
    "item_totals",
    "item_sums",
    "item_pairs",
    "item_marks",
    "item_finishes",
    "item_responses",
    "item_weeks",
    "item_times",
    "item_versions",
    "item_answers",
)


def upgrade() -> None:
    _answers()
    _tests()
    _ratings()


def _answers() -> None:
    op.create_table(
        "item_answers",
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("question_version", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Uuid(), nullable=False),
        sa.Column("race", sa.Boolean(), nullable=False),
        sa.Column("score_ppm", sa.Integer(), nullable=False),
        sa.Column("response_ms", sa.BigInteger(), nullable=False),
        sa.Column("response", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("member", "question", name=op.f("pk_item_answers")),
    )
    op.create_index("ix_item_answers_question", "item_answers", ["question", "question_version"])
    op.create_table(
        "item_versions",
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("question_version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("raced", sa.Integer(), nullable=False),
        sa.Column("fully", sa.Integer(), nullable=False),
        sa.Column("score_ppm", sa.BigInteger(), nullable=False),
        sa.Column("squares_ppm2", sa.Numeric(40, 0), nullable=False),
        sa.Column("lower_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("median_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("upper_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("rushed", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("question", "question_version", name=op.f("pk_item_versions")),
    )
    _counts("item_times", sa.Column("tenths", sa.BigInteger(), nullable=False), ("answers",))
    _counts("item_weeks", sa.Column("monday", sa.Date(), nullable=False), ("answers", "score_ppm"))
    _counts(
        "item_responses",
        sa.Column("response", sa.String(), nullable=False),
        ("answers", "score_ppm", "tests", "tests_ppm"),
    )


def _counts(table: str, key: "sa.Column[object]", amounts: tuple[str, ...]) -> None:
    op.create_table(
        table,
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("question_version", sa.Integer(), nullable=False),
        key,
        *(
            sa.Column(
                one, sa.BigInteger() if one.endswith("_ppm") else sa.Integer(), nullable=False
            )
            for one in amounts
        ),
        sa.PrimaryKeyConstraint("question", "question_version", key.name, name=op.f(f"pk_{table}")),
    )


def _tests() -> None:
    op.create_table(
        "item_finishes",
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("quiz", sa.String(), nullable=False),
        sa.Column("attempt", sa.Uuid(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("member", "quiz", name=op.f("pk_item_finishes")),
    )
    op.create_table(
        "item_marks",
        sa.Column("attempt", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("question_version", sa.Integer(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("quiz", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("score_ppm", sa.Integer(), nullable=False),
        sa.Column("response", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("attempt", "question", name=op.f("pk_item_marks")),
    )
    op.create_index("ix_item_marks_member", "item_marks", ["member", "quiz"])
    op.create_table(
        "item_pairs",
        *_test_key(),
        sa.Column("mark_ppm", sa.Integer(), nullable=False),
        sa.Column("rest_ppm", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "quiz",
            "positions",
            "question",
            "question_version",
            "mark_ppm",
            "rest_ppm",
            name=op.f("pk_item_pairs"),
        ),
    )
    op.create_table(
        "item_sums",
        *_test_key(),
        sa.Column("attempts", sa.Integer(), nullable=False),
        *(
            sa.Column(one, sa.Numeric(40, 0), nullable=False)
            for one in ("marks", "marks2", "rests", "rests2", "products")
        ),
        sa.Column("sorted_products", sa.Numeric(40, 0), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint(
            "quiz", "positions", "question", "question_version", name=op.f("pk_item_sums")
        ),
    )
    op.create_index("ix_item_sums_question", "item_sums", ["question", "question_version"])
    op.create_table(
        "item_totals",
        sa.Column("quiz", sa.String(), nullable=False),
        sa.Column("positions", sa.Integer(), nullable=False),
        sa.Column("total_ppm", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("quiz", "positions", "total_ppm", name=op.f("pk_item_totals")),
    )


def _test_key() -> "tuple[sa.Column[object], ...]":
    return (
        sa.Column("quiz", sa.String(), nullable=False),
        sa.Column("positions", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("question_version", sa.Integer(), nullable=False),
    )


def _ratings() -> None:
    """Give the ratings what their third version keeps; the fold fills it from the ledger."""
    for name in ("left_out", "left_out_at"):
        op.add_column(
            "rating_calibrations",
            sa.Column(
                name,
                postgresql.JSONB(astext_type=sa.Text()),
                server_default=sa.text("'{}'::jsonb"),
                nullable=False,
            ),
        )
    op.add_column(
        "rating_attempts",
        sa.Column("question_version", sa.Integer(), server_default="1", nullable=False),
    )
    op.add_column(
        "rating_members",
        sa.Column("watched_ms", sa.ARRAY(sa.BigInteger()), server_default="{}", nullable=False),
    )
    op.create_table(
        "rating_watched",
        sa.Column("season", sa.String(), nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("recording", sa.String(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "season", "member", "recording", "week", name=op.f("pk_rating_watched")
        ),
    )


def downgrade() -> None:
    op.drop_table("rating_watched")
    op.drop_column("rating_members", "watched_ms")
    op.drop_column("rating_attempts", "question_version")
    op.drop_column("rating_calibrations", "left_out_at")
    op.drop_column("rating_calibrations", "left_out")
    for table in ITEMS:
        op.drop_table(table)
