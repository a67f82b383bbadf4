"""Publishing the races that are on: each by one process, from what that process already knows.

Any number of processes share the races, each under a lease of its own (`leases`). Who holds a race
keeps at it; when it stops, somebody else takes over, reads the log and publishes the same.
"""

import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

import structlog
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from psot import clock
from psot.database import Database
from psot.races import queries as races
from psot.races.errors import UnknownRace
from psot.races.stages import Stage
from psot.races.values import RaceView
from psot.standings import leases, screens, store
from psot.standings import log as logs
from psot.standings.consumer import Consumer
from psot.standings.roster import roster

ON: Final = (Stage.ZEROING, Stage.RUNNING, Stage.LOCKED, Stage.PROVISIONAL)
"""Stages in which a race may still change."""
OVER_FOR: Final = timedelta(days=1)
"""Races that are official for less are published again where Redis has lost them."""
OVER_EVERY_S: Final = 5.0
"""How often those are looked for."""

_log = structlog.get_logger()


class Publisher:
    """Publishes the races that this process holds.

    It comes by for its share every ``round_s``, and whenever other races are on.
    """

    def __init__(
        self,
        *,
        round_s: float = leases.ROUND_S,
        over_every_s: float = OVER_EVERY_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lock = threading.Lock()
        self._leases = leases.Leases()
        self._consumers: dict[UUID, Consumer] = {}
        self._seen: dict[UUID, tuple[Stage, int]] = {}
        self._asked: frozenset[UUID] = frozenset()
        self._round_s = round_s
        self._round_due_s = 0.0
        self._over_every_s = over_every_s
        self._over_due_s = 0.0
        self._monotonic = monotonic

    def publish(self, database: Database, redis: Redis) -> None:
        """Bring every board of ours up to what is known; cheap where nothing changed.

        Raises RedisError and SQLAlchemyError; what is held then goes to somebody else in time.
        """
        now = clock.now()
        with self._lock:
            with database.reading() as session:
                views = self._views(session, redis, now)
            if not self._come_by(database, redis, views):
                return
            with self._leases.kept(database):
                self._publish(database, redis, views, now)

    def stop(self, database: Database) -> None:
        """Leave all races to others at once. Raises SQLAlchemyError."""
        with self._lock:
            self._consumers.clear()
            self._leases.let_go(database)

    def _come_by(self, database: Database, redis: Redis, views: Mapping[UUID, RaceView]) -> bool:
        """Renew and take leases where it is time; whether any race is ours."""
        asked, now_s = frozenset(views), self._monotonic()
        if asked and (asked != self._asked or now_s >= self._round_due_s):
            redis.ping()  # who is cut off from Redis takes nothing, and keeps nothing
            self._leases.round(database, asked)
            self._round_due_s = now_s + self._round_s
        self._asked = asked
        for race in set(self._consumers) - set(self._leases.held):
            del self._consumers[race]
        return not asked.isdisjoint(self._leases.held)

    def _publish(
        self, database: Database, redis: Redis, views: Mapping[UUID, RaceView], now: datetime
    ) -> None:
        held = {race: view for race, view in views.items() if race in self._leases.held}
        with database.begin() as session:
            ends = logs.ends(session, held)
            for race, view in held.items():
                with self._alone(race):
                    self._read(session, view, ends[race], now)
            revealed = {
                race: screens.shown(session, race).revealed
                for race, view in held.items()
                if view.frozen_ms(now) is not None
            }
        known = store.marks(redis, self._consumers)
        for race, consumer in list(self._consumers.items()):
            view, whole = held[race], known[race] != consumer.mark
            with self._alone(race):
                consumer.publish(redis, view, now, revealed=revealed.get(race, 0), whole=whole)
                if view.zero_at is not None:
                    consumer.lapped.take_out(
                        database, view, view.t_ms(now), holds=self._holds(race)
                    )
        for race in [one for one in self._consumers if held[one].stage not in ON]:
            del self._consumers[race]

    def _holds(self, race: UUID) -> Callable[[Session], bool]:
        return lambda session: self._leases.holds(session, race)

    def _read(self, session: Session, view: RaceView, ends: logs.Ends, now: datetime) -> None:
        """Let the race's consumer read on; a new one begins where the start list is another."""
        consumer, epoch = self._consumers.get(view.id), self._leases.held[view.id]
        version = view.stage, view.version
        if consumer is not None and self._seen.get(view.id) != version:
            entries = tuple(races.field(session, view.id))
            if entries != consumer.roster.entries or view.rules != consumer.roster.format:
                consumer = None
        if consumer is not None and consumer.first and consumer.first != ends.first:
            consumer = None  # the log was written anew
        if consumer is not None and consumer.mark.epoch != epoch:
            consumer.mark = store.Mark(epoch=epoch)  # somebody else had the race meanwhile
        if consumer is None:
            consumer = Consumer(roster(session, view), epoch=epoch, first=ends.first)
            self._consumers[view.id] = consumer
        consumer.first = ends.first
        self._seen[view.id] = version
        consumer.read(session, view, ends, now)

    def _views(self, session: Session, redis: Redis, now: datetime) -> dict[UUID, RaceView]:
        """Return the races to publish: those that are on, and those that just ended."""
        found = {one.id: one for one in races.races_in(session, ON)}
        for race in [one for one in self._consumers if one not in found]:
            try:
                found[race] = races.race(session, race)
            except UnknownRace:
                del self._consumers[race]
        if self._monotonic() >= self._over_due_s:
            found |= {one.id: one for one in _lost(session, redis, now)}
            self._over_due_s = self._monotonic() + self._over_every_s
        return found

    def _alone(self, race: UUID) -> "_Alone":
        return _Alone(race, self._consumers)


def _lost(session: Session, redis: Redis, now: datetime) -> list[RaceView]:
    """Return the races that ended and whose last boards Redis does not have."""
    over = [
        one
        for one in races.races_in(session, [Stage.OFFICIAL])
        if now - (one.official_at or now) < OVER_FOR
    ]
    with redis.pipeline(transaction=False) as pipe:
        for one in over:
            pipe.hget(store.key(one.id, "state"), "stage")
        stages = cast("list[bytes | None]", pipe.execute())
    last = Stage.OFFICIAL.value.encode()
    return [one for one, stage in zip(over, stages, strict=True) if stage != last]


class _Alone:
    """Let a race that fails stop no other: it is told, and read anew the next time."""

    def __init__(self, race: UUID, consumers: dict[UUID, Consumer]) -> None:
        self._race = race
        self._consumers = consumers

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> bool:
        services = (RedisError, SQLAlchemyError, OSError)
        if kind is None or issubclass(kind, services) or not issubclass(kind, Exception):
            return False
        _log.error("race_not_published", race=str(self._race), error=kind.__name__, why=str(error))
        self._consumers.pop(self._race, None)
        return True
