"""Publishing all races that are on: one process at a time, each race from what it already knows.

A drainer lives for seconds, the scheduler for days: whoever publishes keeps at it as long as it
does so at least every second, so that the races are not read anew again and again. When it stops,
the next one takes over, reads the logs and publishes the same.
"""

import os
import secrets
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID
from weakref import WeakKeyDictionary

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq.timeouts import BaseTimeoutException
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from psot import clock
from psot.database import Database
from psot.races import queries as races
from psot.races.errors import UnknownRace
from psot.races.stages import Stage
from psot.races.values import RaceView
from psot.standings import log as logs
from psot.standings import screens, store
from psot.standings.consumer import Consumer
from psot.standings.roster import roster

ON: Final = (Stage.ZEROING, Stage.RUNNING, Stage.LOCKED, Stage.PROVISIONAL)
"""Stages in which a race may still change."""
OVER_FOR: Final = timedelta(days=1)
"""Races that are official for less are published once by a process that begins."""

LEASE: Final = "psot:standings:publisher"
LEASE_MS: Final = 1500

# KEYS: lease. ARGV: who asks, milliseconds. Returns 1 where the lease is theirs now.
_TAKE = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""

_log = structlog.get_logger()


class _Here:
    """What this process knows of the races of one database."""

    def __init__(self) -> None:
        self.consumers: dict[UUID, Consumer] = {}
        self.seen: dict[UUID, tuple[Stage, int]] = {}
        self.began = False


class Publisher:
    """Publishes the races of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = 0
        self._token = ""
        self._here: WeakKeyDictionary[Database, _Here] = WeakKeyDictionary()

    def publish(self, database: Database, redis: Redis) -> None:
        """Bring every board up to what is known; cheap where nothing changed. Raises RedisError."""
        with self._lock:
            self._own_process()
            if redis.eval(_TAKE, 1, LEASE, self._token, str(LEASE_MS)):
                self._publish(database, redis, clock.now())

    def _own_process(self) -> None:
        """Forget what was copied from the process that this one was forked from."""
        if self._process != os.getpid():
            self._process = os.getpid()
            self._token = secrets.token_hex(8)
            self._here = WeakKeyDictionary()

    def _publish(self, database: Database, redis: Redis, now: datetime) -> None:
        here = self._here.setdefault(database, _Here())
        with database.begin() as session:
            views = _views(session, here, now)
            ends = logs.ends(session, views)
            for race, view in views.items():
                with _alone(race, here):
                    self._read(session, here, view, ends[race], now)
            revealed = {
                race: screens.shown(session, race).revealed
                for race, view in views.items()
                if view.frozen_ms(now) is not None
            }
        known = _writers(redis, here.consumers)
        for race, consumer in list(here.consumers.items()):
            whole = known[race] != self._token
            with _alone(race, here):
                consumer.publish(
                    redis, views[race], now, revealed=revealed.get(race, 0), whole=whole
                )
                if views[race].zero_at is not None:
                    consumer.lapped.take_out(database, views[race], views[race].t_ms(now))
        for race in [one for one in here.consumers if views[one].stage not in ON]:
            del here.consumers[race]
        here.began = True

    def _read(
        self, session: Session, here: _Here, view: RaceView, ends: logs.Ends, now: datetime
    ) -> None:
        """Let the race's consumer read on; a new one begins where the start list is another."""
        consumer = here.consumers.get(view.id)
        version = view.stage, view.version
        if consumer is not None and here.seen.get(view.id) != version:
            entries = tuple(races.field(session, view.id))
            if entries != consumer.roster.entries or view.rules != consumer.roster.format:
                consumer = None
        if consumer is not None and consumer.first and consumer.first != ends.first:
            consumer = None  # the log was written anew
        if consumer is None:
            consumer = Consumer(roster(session, view), writer=self._token, first=ends.first)
            here.consumers[view.id] = consumer
        consumer.first = ends.first
        here.seen[view.id] = version
        consumer.read(session, view, ends, now)


def _views(session: Session, here: _Here, now: datetime) -> dict[UUID, RaceView]:
    """Return the races to publish: those that are on, and those that just ended."""
    found = {one.id: one for one in races.races_in(session, ON)}
    for race in [one for one in here.consumers if one not in found]:
        try:
            found[race] = races.race(session, race)
        except UnknownRace:
            del here.consumers[race]
    if not here.began:
        over = races.races_in(session, [Stage.OFFICIAL])
        found |= {one.id: one for one in over if now - (one.official_at or now) < OVER_FOR}
    return found


def _writers(redis: Redis, asked: Mapping[UUID, object]) -> dict[UUID, str]:
    """Return who wrote each race's field last, "" where Redis has none."""
    with redis.pipeline(transaction=False) as pipe:
        for race in asked:
            pipe.hget(store.key(race, "state"), "writer")
        answers = cast("list[bytes | None]", pipe.execute())
    return {race: (one or b"").decode() for race, one in zip(asked, answers, strict=True)}


class _alone:  # noqa: N801 - read as a statement: with _alone(race, here):
    """Let a race that fails stop no other: it is told, and read anew the next time."""

    def __init__(self, race: UUID, here: _Here) -> None:
        self._race = race
        self._here = here

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> bool:
        services = (RedisError, SQLAlchemyError, OSError, BaseTimeoutException)
        if kind is None or issubclass(kind, services) or not issubclass(kind, Exception):
            return False
        _log.error("race_not_published", race=str(self._race), error=kind.__name__, why=str(error))
        self._here.consumers.pop(self._race, None)
        return True


PUBLISHER: Final = Publisher()
"""The publisher of this process; it knows nothing until it is asked to publish."""
