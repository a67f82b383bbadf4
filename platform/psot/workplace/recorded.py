"""What the ledger holds of one run, by itself: neither the run's row nor its actions are asked."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from events.workplace import Acted, RunFinished, RunStarted
from psot.ledger import Recorded

# The start of a run is found by its key and says whose it is; the rest is among that member's.
_FACTS = text(
    "SELECT seq, type, data, occurred_at FROM ledger_facts"
    " WHERE member = (SELECT member FROM ledger_facts WHERE type = :started AND key = :run)"
    " AND type = ANY(:types) AND data ->> 'run' = :run"
    " ORDER BY seq OFFSET :skip LIMIT :limit"
)
_TYPES = [one.type for one in (RunStarted, Acted, RunFinished)]


def facts_of_run(
    session: Session, run: UUID, *, skip: int = 0, limit: int | None = None
) -> list[Recorded]:
    """Return the facts of a run in the order of the ledger, without the first ``skip`` of them."""
    asked = {
        "started": RunStarted.type,
        "types": _TYPES,
        "run": str(run),
        "skip": skip,
        "limit": limit,
    }
    return [Recorded.of(row) for row in session.execute(_FACTS, asked)]
