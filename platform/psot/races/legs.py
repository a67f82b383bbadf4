"""Lines of the start list while the race runs: a leg ends, the next one opens."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from psot.races.models import Start


def end_leg(session: Session, race_id: UUID, bib: int, leg: int, ended_ms: int) -> None:
    """Note when a racer's leg ended, after the race's zero; the first moment stands."""
    session.execute(
        update(Start)
        .where(Start.race == race_id, Start.bib == bib, Start.leg == leg, Start.ended_ms.is_(None))
        .values(ended_ms=ended_ms)
    )


def open_leg(session: Session, race_id: UUID, team: str, leg: int, start_ms: int) -> int | None:
    """Let a leg of ``team`` start at the exchange and return its bib, or None without such a leg.

    The first moment stands.
    """
    session.execute(
        update(Start)
        .where(
            Start.race == race_id, Start.team == team, Start.leg == leg, Start.start_ms.is_(None)
        )
        .values(start_ms=start_ms)
    )
    found = session.query(Start.bib).filter_by(race=race_id, team=team, leg=leg).scalar()
    return None if found is None else int(found)
