"""A race's own row: locked for a change, counted up, and the facts of its life."""

from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from psot.races.errors import EditedElsewhere, UnknownRace, WrongStage
from psot.races.models import Entry, Race
from psot.races.stages import Stage

__all__ = ["Race", "active", "count_told", "locked", "shared", "touch"]


def locked(session: Session, race_id: UUID) -> Race:
    """Return a race that nobody else changes until the transaction ends. Raises UnknownRace."""
    return _row(session, race_id, read=False)


def shared(session: Session, race_id: UUID, stage: Stage) -> Race:
    """Return a race that stays at ``stage`` until the transaction ends.

    Any number may hold it so at once. Raises UnknownRace and WrongStage.
    """
    row = _row(session, race_id, read=True)
    if row.stage != stage:
        raise WrongStage(_("The race is at another stage now."), subject=row.stage)
    return row


def touch(row: Race, version: int | None = None) -> None:
    """Count a change of a locked race. Raises EditedElsewhere unless it still is at ``version``."""
    if version is not None and version != row.version:
        raise EditedElsewhere(
            _("Somebody else changed this race meanwhile. Look at it again."), subject=str(row.id)
        )
    row.version += 1


def active(session: Session, race_id: UUID) -> list[Entry]:
    """Return the registrations that stand, the first that came first."""
    return list(
        session.scalars(
            select(Entry)
            .where(Entry.race == race_id, Entry.withdrawn_at.is_(None))
            .order_by(Entry.registered_at, Entry.member)
        )
    )


def count_told(session: Session, race_id: UUID) -> int:
    """Count one more race-wide fact of `events.race` and return its number, from 1."""
    told: int | None = session.scalar(
        update(Race).where(Race.id == race_id).values(told=Race.told + 1).returning(Race.told)
    )
    if told is None:
        raise UnknownRace(_("There is no such race."), subject=str(race_id))
    return told


def _row(session: Session, race_id: UUID, *, read: bool) -> Race:
    row = session.scalar(
        select(Race)
        .where(Race.id == race_id)
        .with_for_update(read=read)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise UnknownRace(_("There is no such race."), subject=str(race_id))
    return row
