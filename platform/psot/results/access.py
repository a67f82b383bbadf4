"""Who sees the results of a race: one place for the veil of a frozen race and for own practice."""

from uuid import UUID

from flask import abort
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from psot import clock
from psot.members.queries import current_member
from psot.members.viewer import Viewer
from psot.races.queries import STAFF, visible_race
from psot.races.stages import Stage
from psot.races.values import RaceView
from psot.results.errors import NotYet


def race_here(session: Session, race_id: UUID) -> RaceView:
    """Return the race this request names. Raises UnknownRace where the reader may not see it."""
    viewer = current_member()
    return visible_race(
        session,
        race_id,
        member=viewer.id if viewer else None,
        roles=viewer.roles if viewer else frozenset(),
    )


def me() -> Viewer:
    """Return the member who asks: the second bolt behind the door."""
    viewer = current_member()
    if viewer is None:
        abort(401)
    return viewer


def staff() -> bool:
    """Whether the reader sees what stands behind the veil: organizers and the jury."""
    viewer = current_member()
    return viewer is not None and not STAFF.isdisjoint(viewer.roles)


def veiled(race: RaceView) -> bool:
    """Whether the end of the race is still hidden from this reader.

    A board that was frozen stays so until it is revealed or the results are official.
    """
    if race.stage is Stage.OFFICIAL or staff():
        return False
    return race.frozen_ms(clock.now()) is not None


def need_lock(race: RaceView) -> None:
    """Raise NotYet before the race is locked, and while its end is veiled."""
    if not race.keys_open:
        raise NotYet(_("This opens when the race is locked."), subject=str(race.id))
    if veiled(race):
        raise NotYet(_("The end of the race has not been revealed yet."), subject=str(race.id))
