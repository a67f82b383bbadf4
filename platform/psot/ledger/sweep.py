"""The sweeper: once a second it finds what no bell was heard for, and makes boards right."""

import structlog
from redis import Redis
from sqlalchemy import text

from psot.database import Database
from psot.ledger.bell import Bell
from psot.ledger.drain import publish
from psot.ledger.projection import Catalogue

_log = structlog.get_logger()

_WAITING = text(
    """
    SELECT EXISTS (
        SELECT FROM ledger_deliveries d JOIN ledger_consumers c USING (projection)
        WHERE d.delivered_at IS NULL AND NOT d.dead AND c.stopped_at IS NULL
          AND (d.retry_at IS NULL OR d.retry_at <= clock_timestamp())
    )
    """
)


def sweep(database: Database, redis: Redis, catalogue: Catalogue) -> bool:
    """Ring for open facts and publish every board that is behind; returns whether it rang."""
    with database.begin() as session:
        waiting = bool(session.execute(_WAITING).scalar())
    if waiting:
        Bell(redis).ring()
    for one in catalogue.projections:
        publish(one, database, redis)
    return waiting
