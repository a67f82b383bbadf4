"""The oracle: fold the ledger again into shadow tables and compare, row by row and by hash."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

import events
from psot.database import Database
from psot.ledger.append import Recorded
from psot.ledger.projection import Projection

BATCH = 5000

_DELIVERED = text(
    """
    SELECT f.seq, f.type, f.data, f.occurred_at
    FROM ledger_deliveries d JOIN ledger_facts f USING (seq)
    WHERE d.projection = :projection AND d.delivered_at IS NOT NULL AND d.seq > :after
    ORDER BY d.seq LIMIT :batch
    """
)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Of one table: rows ``missing`` from the store, ``extra`` in it, and both SHA-256.

    A row changed by hand is both missing and extra; ``drifted`` counts such a row once.
    """

    projection: str
    table: str
    rows: int
    missing: int
    extra: int
    stored_sha256: str
    recomputed_sha256: str

    @property
    def drifted(self) -> int:
        """Return how many rows differ."""
        return max(self.missing, self.extra)


def verify(database: Database, projection: Projection) -> list[Verdict]:
    """Recompute ``projection`` from the facts delivered to it and compare; changes nothing.

    Works beside the running system: one snapshot is read, and the shadows are temporary tables,
    which PostgreSQL finds before the real ones of the same name.
    """
    session = database.session()
    try:
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        for table in projection.owned():
            session.execute(
                text(
                    f"CREATE TEMP TABLE {table.name}"
                    f" (LIKE public.{table.name} INCLUDING DEFAULTS INCLUDING INDEXES"
                    " INCLUDING GENERATED INCLUDING IDENTITY) ON COMMIT DROP"
                )
            )
        for batch in _batches(session, projection.name):
            projection.fold(session, batch)
            session.flush()
        return [_compare(session, projection, table) for table in projection.owned()]
    finally:
        session.rollback()
        session.close()


def _batches(session: Session, projection: str) -> Iterator[list[Recorded]]:
    after = 0
    while True:
        where = {"projection": projection, "after": after, "batch": BATCH}
        rows = session.execute(_DELIVERED, where).all()
        if not rows:
            return
        yield [
            Recorded(seq=row.seq, fact=events.load(row.type, row.data), occurred_at=row.occurred_at)
            for row in rows
        ]
        after = rows[-1].seq


def _compare(session: Session, projection: Projection, table: Table) -> Verdict:
    kept = [
        f'"{column.name}"'
        for column in table.columns
        if f"{table.name}.{column.name}" not in projection.volatile
    ]
    columns = ", ".join(kept)
    real, again = f"public.{table.name}", f"pg_temp.{table.name}"
    return Verdict(
        projection=projection.name,
        table=table.name,
        rows=_count(session, f"SELECT {columns} FROM {real}"),
        missing=_count(
            session, f"SELECT {columns} FROM {again} EXCEPT ALL SELECT {columns} FROM {real}"
        ),
        extra=_count(
            session, f"SELECT {columns} FROM {real} EXCEPT ALL SELECT {columns} FROM {again}"
        ),
        stored_sha256=_hash(session, columns, real),
        recomputed_sha256=_hash(session, columns, again),
    )


def _count(session: Session, query: str) -> int:
    return int(session.execute(text(f"SELECT count(*) FROM ({query}) AS rows")).scalar_one())  # noqa: S608 - names of our own tables


def _hash(session: Session, columns: str, table: str) -> str:
    """Return the SHA-256 of the table's rows as text, sorted, one a line."""
    digest = hashlib.sha256()
    query = text(f'SELECT ROW({columns})::text AS line FROM {table} ORDER BY line COLLATE "C"')  # noqa: S608 - names of our own tables
    for row in session.execute(query.execution_options(yield_per=BATCH)):
        digest.update(row.line.encode() + b"\n")
    return digest.hexdigest()
