"""What other rooms may ask about the standings of a race."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from psot.course import queries as course
from psot.races import queries as races
from psot.standings import log as logs
from psot.standings.models import Logged
from scoring.biathlon import Book, Race, RaceFact


def log(session: Session, race_id: UUID) -> list[RaceFact]:
    """Return every fact of the race that was taken in, in the order of arrival."""
    facts, _last = logs.after(session, race_id)
    return facts


def complete(session: Session, race_id: UUID) -> bool:
    """Return whether everything that happened so far was taken in."""
    taken = session.scalar(select(func.count()).where(Logged.race == race_id)) or 0
    return taken == course.told(session, race_id) + races.jury_told(session, race_id)


def book(session: Session, race_id: UUID) -> Book:
    """Return the race's book. Raises UnknownRace.

    A fact that cannot have happened is left out and told to the log of the service.
    """
    view = races.race(session, race_id)
    return logs.book_of(view, races.field(session, race_id), log(session, race_id))


def replay(session: Session, race_id: UUID, until_ms: int | None = None) -> Race:
    """Return the race as it stood ``until_ms`` after its zero, or as it stands now."""
    return book(session, race_id).race(until_ms)
