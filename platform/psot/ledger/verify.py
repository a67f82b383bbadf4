"""The oracle: fold the ledger again into shadow tables and compare, row by row and by hash."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, MetaData, Select, Table, Text, cast, func, select, text
from sqlalchemy.orm import Session

from psot.database import Database
from psot.ledger.append import Recorded
from psot.ledger.projection import Projection

BATCH = 5000
EXAMPLES = 5
"""So many rows of each kind are shown of a table that differs."""

_SHADOW = (
    "CREATE TEMP TABLE {table} (LIKE {schema}.{table} INCLUDING DEFAULTS INCLUDING INDEXES"
    " INCLUDING GENERATED INCLUDING IDENTITY) ON COMMIT DROP"
)
_DELIVERED = text(
    """
    SELECT f.seq, f.type, f.data, f.occurred_at
    FROM ledger_deliveries d JOIN ledger_facts f USING (seq)
    WHERE d.projection = :projection AND d.delivered_at IS NOT NULL AND d.seq > :after
      AND (CAST(:until AS bigint) IS NULL OR d.seq <= :until)
    ORDER BY d.seq LIMIT :batch
    """
)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Of one table: rows ``missing`` from the store, ``extra`` in it, and both SHA-256.

    A row changed by hand is both missing and extra; ``drifted`` counts such a row once. A few
    ``examples`` of rows that differ are given: "-" before what should stand there, "+" before what
    does.
    """

    projection: str
    table: str
    rows: int
    missing: int
    extra: int
    stored_sha256: str
    recomputed_sha256: str
    examples: tuple[str, ...] = ()

    @property
    def drifted(self) -> int:
        """Return how many rows differ."""
        return max(self.missing, self.extra)


def verify(database: Database, projection: Projection) -> list[Verdict]:
    """Recompute ``projection`` from the facts delivered to it and compare; changes nothing."""
    with shadowed(database, projection) as (session, schema):
        return [_compare(session, projection, table, schema) for table in projection.owned()]


@contextmanager
def shadowed(
    database: Database, projection: Projection, *, until: int | None = None
) -> Iterator[tuple[Session, str]]:
    """Fold the facts delivered to ``projection``, those up to ``until`` alone, into shadow tables.

    Gives the session in which its tables are the shadows, and the schema of the real ones. Works
    beside the running system: one snapshot is read, and the shadows are temporary tables, which
    PostgreSQL finds before the real ones of the same name. Nothing is kept.
    """
    session = database.session()
    try:
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        schema = session.scalars(select(func.current_schema())).one()
        for table in projection.owned():
            session.execute(text(_SHADOW.format(schema=schema, table=table.name)))
        for batch in _batches(session, projection.name, until):
            projection.fold(session, batch)
            session.flush()
        yield session, schema
    finally:
        session.rollback()
        session.close()


def _batches(session: Session, projection: str, until: int | None) -> Iterator[list[Recorded]]:
    after = 0
    while True:
        where = {"projection": projection, "after": after, "batch": BATCH, "until": until}
        rows = session.execute(_DELIVERED, where).all()
        if not rows:
            return
        yield [Recorded.of(row) for row in rows]
        after = rows[-1].seq


def _compare(session: Session, projection: Projection, table: Table, schema: str) -> Verdict:
    kept = [
        column.name
        for column in table.columns
        if f"{table.name}.{column.name}" not in projection.volatile
    ]
    stored, again = _rows(table, schema, kept), _rows(table, "pg_temp", kept)
    missing, extra = again.except_all(stored), stored.except_all(again)
    return Verdict(
        projection=projection.name,
        table=table.name,
        rows=_count(session, stored),
        missing=_count(session, missing),
        extra=_count(session, extra),
        stored_sha256=_hash(session, stored),
        recomputed_sha256=_hash(session, again),
        examples=(*_shown(session, "-", missing, kept), *_shown(session, "+", extra, kept)),
    )


def _rows(table: Table, schema: str, names: list[str]) -> Select[Any]:
    placed = table.to_metadata(MetaData(), schema=schema)
    return select(*(placed.c[name] for name in names))


def _shown(
    session: Session, mark: str, rows: CompoundSelect[Any], names: list[str]
) -> Iterator[str]:
    ordered = rows.order_by(*(text(str(place)) for place in range(1, len(names) + 1)))
    for row in session.execute(ordered.limit(EXAMPLES)).mappings():
        yield f"{mark} {', '.join(f'{name} {value}' for name, value in row.items())}"


def _count(session: Session, rows: Select[Any] | CompoundSelect[Any]) -> int:
    return session.scalars(select(func.count()).select_from(rows.subquery())).one()


def _hash(session: Session, rows: Select[Any]) -> str:
    """Return the SHA-256 of the rows as text, sorted bytewise, one a line."""
    line = cast(func.row(*rows.subquery().c), Text).collate("C")
    digest = hashlib.sha256()
    query = select(line).order_by(line).execution_options(yield_per=BATCH)
    for text_of_row in session.scalars(query):
        digest.update(text_of_row.encode() + b"\n")
    return digest.hexdigest()
