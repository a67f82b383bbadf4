"""What a race told the ledger, for tests."""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

_FACTS = text("SELECT data FROM ledger_facts WHERE type = :type ORDER BY seq")


def told(session: Session, race: UUID, kind: str) -> list[dict[str, Any]]:
    """The data of the facts ``psot.race.<kind>.v1`` of ``race``, the oldest first."""
    rows = session.execute(_FACTS, {"type": f"psot.race.{kind}.v1"})
    return [row.data for row in rows if row.data["race"] == str(race)]
