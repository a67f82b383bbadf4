"""The pulse of the service: when it last answered racers, and when it was away.

Every web process beats once a second. A gap of more than three seconds was an outage: it is
written down by the first beat after it, and every deadline that it touched is stretched by it.
"""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from psot import clock
from psot.course.models import Outage, Pulse
from psot.database import Database

BEAT_S = 1.0
AWAY_S = 3
"""A longer gap between two beats is an outage."""

REMEMBERED = timedelta(days=2)
"""Longer than any race: so far back a process keeps outages in mind."""

_HEART = "psot.course.heart"
_log = structlog.get_logger()


def beat(session: Session, now: datetime) -> None:
    """Tell that this process answers at ``now``; a gap before it becomes an outage."""
    session.execute(insert(Pulse).values(one=1, at=now).on_conflict_do_nothing())
    pulse = session.get_one(Pulse, 1, with_for_update=True)
    if now - pulse.at > timedelta(seconds=AWAY_S):
        session.add(Outage(from_at=pulse.at, until_at=now))
    pulse.at = max(pulse.at, now)


def last_beat(session: Session) -> datetime | None:
    """Return when a web process last answered; None where none ever did."""
    return session.scalar(select(Pulse.at))


def outages(session: Session, since: datetime) -> list[tuple[datetime, datetime]]:
    """Return the outages that ended after ``since``, the earliest first.

    A process with a heart knows them from its last beat: none can have come since.
    """
    heart = session.info.get(_HEART)
    if heart is not None and heart.known is not None:
        return [one for one in heart.known if one[1] > since]
    return _read(session, since)


def _read(session: Session, since: datetime) -> list[tuple[datetime, datetime]]:
    rows = session.execute(
        select(Outage.from_at, Outage.until_at)
        .where(Outage.until_at > since)
        .order_by(Outage.from_at)
    )
    return [(row.from_at, row.until_at) for row in rows]


def credit_ms(outages_ms: list[tuple[int, int]], shown_ms: int, due_ms: int) -> int:
    """Return by how much the outages stretch a deadline: each by what it took before it.

    An outage that begins before the deadline, as stretched by those before, is credited in full
    from the moment the task was shown.

    >>> credit_ms([(5_000, 9_000)], 0, 10_000), credit_ms([(5_000, 9_000)], 0, 4_000)
    (4000, 0)
    """
    credit = 0
    for from_ms, until_ms in outages_ms:
        if from_ms < due_ms + credit and until_ms > shown_ms:
            credit += until_ms - max(from_ms, shown_ms)
    return credit


class Heart:
    """The beats of one web process; it beats from `start` on."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._beaten_s: float | None = None
        self._turn = threading.Lock()
        self._failed: SQLAlchemyError | None = None
        self.known: list[tuple[datetime, datetime]] | None = None
        """The outages of the last days as the last beat found them; None before the first."""
        known = database.sessions.kw.get("info") or {}
        database.sessions.configure(info={**known, _HEART: self})

    def start(self, spawn: Callable[[Callable[[], None]], object]) -> None:
        """Beat from now on, in a task of its own that ``spawn`` starts."""
        self._beaten_s = float("-inf")
        spawn(self._run)

    def ensure(self, now: datetime) -> None:
        """Beat unless it was done a moment ago: whoever is served now, the gap is known before.

        One beats for all: the others go on while no gap can have been, else they wait for that
        beat, and fail with it.
        """
        if self._beaten_s is None:
            return
        since_s = time.monotonic() - self._beaten_s
        if since_s < BEAT_S or (since_s < AWAY_S and self._turn.locked()):
            return
        before = self._failed
        with self._turn:
            if self._failed is not None and self._failed is not before:
                raise self._failed
            if time.monotonic() - self._beaten_s >= BEAT_S:
                self._beat(now)

    def _beat(self, now: datetime) -> None:
        try:
            with self._database.begin() as session:
                beat(session, now)
                session.flush()
                self.known = _read(session, now - REMEMBERED)
        except SQLAlchemyError as error:
            self._failed = error
            raise
        self._beaten_s = time.monotonic()

    def _run(self) -> None:
        while True:
            try:
                self.ensure(clock.now())
            except SQLAlchemyError as error:
                # Nobody could be answered either: the first beat that succeeds writes the gap down.
                _log.warning("pulse_missed", error=type(error).__name__)
            time.sleep(BEAT_S)
