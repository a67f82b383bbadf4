"""Make the projections of this release known to the database, and bring old facts to new ones."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from psot.database import Database
from psot.ledger.projection import Catalogue, Projection

_KNOWN = text("SELECT projection, version FROM ledger_consumers")
_ENROL = text(
    "INSERT INTO ledger_consumers (projection, version) VALUES (:projection, :version)"
    " ON CONFLICT (projection) DO UPDATE SET version = :version, failures_in_row = 0,"
    " stopped_at = NULL, stopped_because = ''"
)
_OPEN_ALL = text(
    """
    INSERT INTO ledger_deliveries (projection, seq)
    SELECT :projection, seq FROM ledger_facts WHERE type = ANY(:types)
    ON CONFLICT (projection, seq) DO UPDATE
    SET delivered_at = NULL, tries = 0, dead = false, retry_at = NULL
    """
)
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('psot.ledger'), hashtext(:projection))")


def enrol(database: Database, catalogue: Catalogue) -> list[str]:
    """Make every projection known; a new or changed one meets the whole ledger again.

    Returns the names of those that start over. Safe to call at every start of every process.
    """
    with database.begin() as session:
        known = {row.projection: row.version for row in session.execute(_KNOWN)}
    changed = [one for one in catalogue.projections if known.get(one.name) != one.version]
    for one in changed:
        with database.begin() as session:
            start_over(session, one)
    return [one.name for one in changed]


def start_over(session: Session, projection: Projection) -> None:
    """Empty the tables of ``projection`` and open every fact for it again, at once."""
    session.execute(_LOCK, {"projection": projection.name})
    for table in projection.owned():
        session.execute(text(f"DELETE FROM {table.name}"))  # noqa: S608 - our own table's name
    types = {"projection": projection.name, "types": list(projection.names())}
    session.execute(_OPEN_ALL, types)
    session.execute(_ENROL, {"projection": projection.name, "version": projection.version})


def analyze(session: Session, projection: Projection) -> None:
    """Let the planner see the tables as they are: after a rebuild it may believe them empty."""
    for table in projection.owned():
        session.execute(text(f"ANALYZE {table.name}"))
