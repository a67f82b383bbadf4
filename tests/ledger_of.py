"""The facts of a race as they stand on the ledger, for tests that ask the ledger itself."""

from uuid import UUID

from sqlalchemy import select

import events
from psot.database import Database
from psot.ledger.models import FactRow
from scoring.biathlon import RaceFact


def facts_of(database: Database, race: UUID) -> list[RaceFact]:
    """All facts of `events.race` of one race, in the order of the ledger."""
    with database.begin() as session:
        rows = session.scalars(
            select(FactRow).where(FactRow.data["race"].astext == str(race)).order_by(FactRow.seq)
        ).all()
    found = [events.recall(row.type, row.data) for row in rows]
    return [one for one in found if type(one).__module__ == "events.race"]  # type: ignore[misc]  # the module is the kind
