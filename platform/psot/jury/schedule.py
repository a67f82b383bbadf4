"""What happens in the jury's office by itself: the watch, and both protocols when they are due."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from psot import clock
from psot.database import Database
from psot.errors import PsotError
from psot.jury import protocols, watch
from psot.jury.errors import NotTakenIn, StillOpen
from psot.races import queries as races
from psot.races.stages import Stage
from psot.races.values import RaceView

EVERY_S = 10
RESTS: Final = 20
"""After a look through a running race comes a rest so many times as long: the thread shares its
process with the boards, which are late while it looks."""

_log = structlog.get_logger()


class Rests:
    """Which running races need not be looked through yet."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._until_s: dict[UUID, float] = {}

    def over(self, race: UUID) -> bool:
        """Whether the race may be looked through again."""
        return self._monotonic() >= self._until_s.get(race, 0.0)

    @contextmanager
    def after(self, race: UUID) -> Iterator[None]:
        """Rest after what is done meanwhile, the longer it took."""
        began_s = self._monotonic()
        try:
            yield
        finally:
            ended_s = self._monotonic()
            self._until_s[race] = ended_s + RESTS * (ended_s - began_s)


class Keeper:
    """Keeps the office in a thread of its own: looking through a large race takes seconds.

    The scheduler's other duties have to be done every second. One round at a time; a round that is
    due while the last one still works is left out.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="jury")
        self._round: Future[None] | None = None
        self._rests = Rests()

    def keep(self) -> None:
        """Begin a round, unless one is on."""
        if self._round is None or self._round.done():
            self._round = self._thread.submit(self._keep)

    def finish(self) -> None:
        """Wait for the round that is on."""
        self._thread.shutdown(wait=True)

    def _keep(self) -> None:
        try:
            keep(self._database, clock.now(), self._rests)
        except SQLAlchemyError as error:
            _log.warning("duty_failed", duty="jury", error=type(error).__name__)


def keep(database: Database, now: datetime, rests: Rests | None = None) -> int:
    """Look through running races that had their rest, publish protocols due; returns how many.

    A locked race gets its provisional protocol as soon as its log is complete; a provisional one
    becomes official when its window is over and nothing waits for the jury. Practice stays locked.
    """
    with database.begin() as session:
        found = races.races_in(session, [Stage.RUNNING, Stage.LOCKED, Stage.PROVISIONAL])
    published = 0
    for view in found:
        if view.practice_of is None:
            published += _keep(database, view, now, rests or Rests())
    return published


def _keep(database: Database, view: RaceView, now: datetime, rests: Rests) -> int:
    try:
        rested = view.stage is Stage.RUNNING and rests.over(view.id)
        if rested or view.stage is Stage.LOCKED:
            with rests.after(view.id), database.begin() as session:
                watch.find(session, view.id, now)
        due = due_stage(view, now)
        if due is None:
            return 0
        _publish(database, view.id, due, now)
    except (NotTakenIn, StillOpen):
        return 0  # the next round tries again
    except PsotError as error:
        _log.warning("jury_not_kept", race=str(view.id), error=error.code)
        return 0
    return 1


def due_stage(view: RaceView, now: datetime) -> Stage | None:
    """Return the stage whose protocol is due for a race, None where none is."""
    if view.stage is Stage.LOCKED:
        return Stage.PROVISIONAL
    until = view.protests_until
    over = view.stage is Stage.PROVISIONAL and until is not None and until <= now
    return Stage.OFFICIAL if over else None


def _publish(database: Database, race: UUID, stage: Stage, now: datetime) -> None:
    with database.begin() as session:
        protocols.publish(session, race, stage, now=now)
