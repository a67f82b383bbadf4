"""What other rooms may ask about the standings of a race."""

from uuid import UUID

from redis import Redis
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from psot.course import queries as course
from psot.races import queries as races
from psot.races.values import RaceView
from psot.standings import log as logs
from psot.standings import shelf
from psot.standings.around import SPAN
from psot.standings.models import Logged
from psot.standings.shelf import Audience, Listed
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


def listed(
    redis: Redis,
    view: RaceView,
    audience: Audience = "public",
    *,
    start: int = 1,
    count: int = 50,
    class_code: str = "",
    region: str = "",
    text: str = "",
    around: int | None = None,
) -> Listed:
    """Return part of the whole field as its consumer laid it down: ``count`` rows from ``start``.

    ``audience`` is "public" (as frozen and delayed as the boards) or "true" (for the jury).
    A class, else a region, keeps its members only; ``text`` whoever has it in name, number or
    team; ``around`` begins five places before that bib. Raises RedisError.
    """
    group = f"c.{class_code}" if class_code else f"r.{region}" if region else ""
    if around is not None:
        place = shelf.place_of(redis, view.id, audience, group=group, bib=around)
        start = start if place is None else max(1, place - SPAN)
    first = max(1, start)
    if text:
        return shelf.search(
            redis, view.id, audience, group=group, text=text, start=first, count=count
        )
    return shelf.part(redis, view.id, audience, group=group, start=first, count=count)
