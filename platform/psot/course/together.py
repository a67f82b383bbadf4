"""Calls of racers of one race that arrive together share one transaction and one commit.

Only the plain case goes this way: a running race that this process knows, without teams, a racer
whose lock is free, and whose call is not refused. Everything else is told to go alone, in a
transaction of its own, where it waits its turn and hears why it is refused. So nobody waits for
another's lock, and nobody's mistake is another's.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from psot.company import Company
from psot.course import sets
from psot.course.group import ALONE, Group
from psot.course.loading import load_free, save
from psot.course.way import Way
from psot.database import transaction
from psot.races.stages import Stage
from psot.races.values import RaceView

NO_ANSWER: Final = (OperationalError, PoolTimeout)
"""The database does not answer: nobody is better off alone."""


@dataclass(frozen=True, kw_only=True)
class _Call:
    """What one racer asks: ``act`` works on the racer's way and gives what the racer is told."""

    view: RaceView
    member: UUID
    received_at: datetime
    act: Callable[[Way], Any]


_meeting: Final = threading.Lock()
_groups: Final[sets.Kept[UUID, Group[_Call]]] = sets.Kept(sets.RACES)


def together(
    race: UUID,
    member: UUID,
    received_at: datetime,
    act: Callable[[Way], Any],
    *,
    running: bool = True,
) -> Any:
    """Return what ``act`` makes of the racer's way, once it is committed; ALONE: it was not done.

    ``running``: racers call so in a race that runs. Where this process has not heard of the zero it
    asks, once for everybody who calls meanwhile: all of a field call in the same second.

    Raises OperationalError or sqlalchemy's TimeoutError where the database does not answer.
    """
    view = sets.newest(race) or _met(race)
    if running and view.stage is not Stage.RUNNING:
        view = _renewed.ask(race)
    if view.stage is not Stage.RUNNING or len(view.rules.legs) > 1:
        return ALONE
    group = _groups.get(race) or _groups.put(race, Group(_serve))
    made = group.ask(member, _Call(view=view, member=member, received_at=received_at, act=act))
    if isinstance(made, NO_ANSWER):
        raise made
    return made


def _met(race: UUID) -> RaceView:
    """Read a race that this process does not know, once for all who ask. Raises UnknownRace."""
    with _meeting:
        view = sets.newest(race)
        if view is None:
            with transaction() as session:
                view = sets.current(session, race)
    return view


def _renew(races: Sequence[UUID]) -> list[RaceView]:
    """Read how races are now that this process knows."""
    with transaction() as session:
        found = {race: sets.current(session, race) for race in set(races)}
    return [found[one] for one in races]


_renewed: Final[Company[UUID, RaceView]] = Company(_renew)


def _serve(calls: Sequence[_Call]) -> list[Any]:
    view = calls[0].view
    same = {one.member: one for one in calls if one.view is view}
    try:
        with transaction() as session:
            lanes = sets.lanes_of(session, view, same)
            asked = [(lane, same[member].received_at) for member, lane in lanes.items()]
            ways = load_free(session, view, asked)
            made = {member: _act(same[member], ways.get(one.bib)) for member, one in lanes.items()}
            served = [ways[lanes[one].bib] for one in made if made[one] is not ALONE]
            save(session, served, last=True)
    except NO_ANSWER as error:
        return [error] * len(calls)
    return [made.get(one.member, ALONE) if one.view is view else ALONE for one in calls]


def _act(call: _Call, way: Way | None) -> Any:
    if way is None:
        return ALONE
    try:
        return call.act(way)
    except Exception:  # noqa: BLE001 - alone it comes again, and is told to the one it concerns
        return ALONE
