"""How far every projection is behind, and what died on the way."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

_FACTS = text("SELECT type, count(*) AS facts FROM ledger_facts GROUP BY type ORDER BY type")
_LAGS = text(
    """
    SELECT c.projection, c.version, c.stopped_at, c.stopped_because,
        waiting.facts AS waiting, waiting.oldest_s,
        (SELECT count(*) FROM ledger_dead_letters x WHERE x.projection = c.projection) AS dead
    FROM ledger_consumers c, LATERAL (
        SELECT count(*) AS facts,
            extract(epoch FROM clock_timestamp() - min(f.recorded_at))::float AS oldest_s
        FROM ledger_deliveries d JOIN ledger_facts f USING (seq)
        WHERE d.projection = c.projection AND d.delivered_at IS NULL AND NOT d.dead
    ) AS waiting
    ORDER BY c.projection
    """
)
_DEAD = text(
    """
    SELECT x.projection, x.seq, x.error, x.died_at, f.type, f.key, f.member, f.data, f.occurred_at
    FROM ledger_dead_letters x JOIN ledger_facts f USING (seq)
    ORDER BY x.died_at DESC, x.seq DESC LIMIT :limit
    """
)


@dataclass(frozen=True, kw_only=True)
class Lag:
    """Of one projection: facts ``waiting``, age of the oldest in s, dead letters, its stop."""

    projection: str
    version: int
    waiting: int
    oldest_s: float
    dead: int
    stopped_at: datetime | None
    stopped_because: str


@dataclass(frozen=True, kw_only=True)
class LedgerStats:
    """The ledger at a glance: facts by type, and how far each projection is behind."""

    facts: dict[str, int]
    lags: tuple[Lag, ...]

    @property
    def oldest_s(self) -> float:
        """Return the age in s of the oldest fact that waits for a running projection."""
        return max((one.oldest_s for one in self.lags if one.stopped_at is None), default=0.0)


@dataclass(frozen=True, kw_only=True)
class DeadLetterView:
    """A fact that failed its last try for ``projection``, with the ``error`` it raised."""

    projection: str
    seq: int
    error: str
    died_at: datetime
    type: str
    key: str
    member: uuid.UUID | None
    data: dict[str, Any]
    occurred_at: datetime


def stats(session: Session) -> LedgerStats:
    """Count the facts and take every projection's lag; reads the whole ledger's types."""
    return LedgerStats(
        facts={row.type: row.facts for row in session.execute(_FACTS)}, lags=lags(session)
    )


def lags(session: Session) -> tuple[Lag, ...]:
    """Take every projection's lag: cheap enough for a metric, it reads open deliveries only."""
    rows = session.execute(_LAGS).mappings()
    return tuple(Lag(**{**row, "oldest_s": row["oldest_s"] or 0.0}) for row in rows)


def dead_letters(session: Session, *, limit: int = 100) -> list[DeadLetterView]:
    """Return the newest dead letters, at most ``limit``."""
    return [DeadLetterView(**row) for row in session.execute(_DEAD, {"limit": limit}).mappings()]
