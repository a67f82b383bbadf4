"""Bring dead letters back to life, and let a stopped projection go on."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

_RAISE = text(
    """
    WITH raised AS (
        DELETE FROM ledger_dead_letters
        WHERE projection = :projection AND (CAST(:seqs AS bigint[]) IS NULL OR seq = ANY(:seqs))
        RETURNING projection, seq
    )
    UPDATE ledger_deliveries d SET dead = false, tries = 0, retry_at = NULL
    FROM raised WHERE d.projection = raised.projection AND d.seq = raised.seq
    """
)
_RESUME = text(
    "UPDATE ledger_consumers SET stopped_at = NULL, stopped_because = '', failures_in_row = 0"
    " WHERE projection = :projection AND stopped_at IS NOT NULL"
)


def replay(session: Session, projection: str, seqs: Sequence[int] | None = None) -> int:
    """Open the dead letters of ``projection`` again, all or those in ``seqs``; returns how many."""
    values = {"projection": projection, "seqs": None if seqs is None else list(seqs)}
    return int(session.execute(_RAISE, values).rowcount)  # type: ignore[attr-defined]  # an UPDATE gives a CursorResult


def resume(session: Session, projection: str) -> bool:
    """Let a stopped projection go on; returns whether it stood still."""
    result = session.execute(_RESUME, {"projection": projection})
    return bool(result.rowcount)  # type: ignore[attr-defined]  # the same
