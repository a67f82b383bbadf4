"""The scheduler: what has to happen again and again, as tables.

Several schedulers share the races between them; everything else two of them may do twice.
"""

import math
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Event

import structlog
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from psot import clock, garbage
from psot.course import marshal
from psot.jury import schedule as jury
from psot.learning import schedule as learning
from psot.ledger.drain import PUBLISH_EVERY_S
from psot.ledger.sweep import sweep
from psot.members.mail import send_waiting
from psot.members.upkeep import tidy
from psot.projections import CATALOGUE
from psot.races import schedule
from psot.rankings import schedule as rankings
from psot.ratings.jobs import calibrate_seasons
from psot.regions import schedule as regions
from psot.runtime import Runtime
from psot.seasons import schedule as seasons
from psot.seasons.bell import ring
from psot.standings.publishing import Publisher
from psot.study import schedule as study
from psot.workplace import schedule as workplace

# Boards go on for racers who do not look, and a race that is over is locked.
MARSHAL_EVERY_S = 1
# A mail is sent by a worker as soon as it is written; this finds what no worker was told of.
MAILS_EVERY_S = 10
# Sessions that are over are refused anyway; this only clears them away.
TIDY_EVERY_S = 600
# A worker is told of the moment by RQ's scheduler; this finds the race nobody was told of.
RACES_EVERY_S = 1
# A check whose time is up ends at the next look anyway; this ends those nobody looks at.
CHECKS_EVERY_S = 5
# A plan is walked anew after months; minutes do not matter.
PLANS_EVERY_S = 300

# A planned season opens at its first moment; a minute later nobody has missed anything.
SEASONS_EVERY_S = 60
# So long a look back tells a quiet moment from a busy one.
GARBAGE_EVERY_S = 10
# Whoever computes lets others have the interpreter after so long. Boards wait for it after every
# answer of a service: at Python's 5 ms, as often as that, while the jury's watch computes.
TURN_S = 0.001
_log = structlog.get_logger()


@dataclass(kw_only=True)
class Duty:
    """One row: ``act`` is done every ``every_s`` seconds, for the first time at once.

    They count from its end, or from its beginning where a shorter ``rest_s`` after its end is told.
    """

    name: str
    every_s: float
    act: Callable[[], object]
    rest_s: float = math.inf
    due_s: float = field(default=0.0)


def duties(made: Runtime) -> list[Duty]:
    """Return the table of this release."""
    database, redis, settings = made.database, made.redis, made.settings
    office, people = jury.Keeper(database), rankings.Keeper(database, redis)
    bell, now = partial(ring, redis), clock.now
    rows: tuple[tuple[str, float, Callable[[], object]], ...] = (
        ("sweep", settings.sweep_every_s, lambda: sweep(database, redis, CATALOGUE)),
        ("marshal", MARSHAL_EVERY_S, lambda: marshal.keep(database, now())),
        ("mails", MAILS_EVERY_S, lambda: send_waiting(database, settings)),
        ("races", RACES_EVERY_S, lambda: schedule.keep(database, now())),
        ("jury", jury.EVERY_S, office.keep),
        ("checks", CHECKS_EVERY_S, lambda: learning.keep(database, now())),
        ("workplace", CHECKS_EVERY_S, lambda: workplace.keep(database, now())),
        ("plans", PLANS_EVERY_S, lambda: study.keep(database, now())),
        ("boards", rankings.EVERY_S, people.keep),
        ("seasons", SEASONS_EVERY_S, lambda: seasons.keep(database, now(), bell)),
        ("region weeks", regions.NOTE_EVERY_S, lambda: regions.note(database, now())),
        ("region portraits", regions.PORTRAITS_EVERY_S, lambda: regions.draw(database, now())),
        ("region topics", regions.TOPICS_EVERY_S, lambda: regions.draw_topics(database)),
        ("garbage", GARBAGE_EVERY_S, garbage.Walks().look),
        ("tidy", TIDY_EVERY_S, lambda: tidy(database)),
        ("calibrate", settings.calibrate_every_s, lambda: calibrate_seasons(database)),
    )
    return [Duty(name=name, every_s=every_s, act=act) for name, every_s, act in rows]


def boards(made: Runtime, publisher: Publisher) -> list[Duty]:
    """Return the table of what may wait for nothing else: the boards of the races that are on."""
    return [
        Duty(
            name="standings",
            every_s=PUBLISH_EVERY_S,
            rest_s=PUBLISH_EVERY_S / 2,
            act=lambda: publisher.publish(made.database, made.redis),
        )
    ]


def work(made: Runtime, stopping: Event) -> None:
    """Do everything until ``stopping``, then leave the races to others."""
    garbage.settle()
    sys.setswitchinterval(TURN_S)
    publisher = Publisher()
    beside([duties(made), boards(made, publisher)], stopping)
    publisher.stop(made.database)


def beside(tables: Sequence[list[Duty]], stopping: Event) -> None:
    """Do each of ``tables`` in a thread of its own; an error that ends one ends all, and is raised.

    Nothing goes on by halves: the supervisor starts the whole process anew.
    """

    def whole(table: list[Duty]) -> None:
        try:
            run(table, stopping)
        finally:
            stopping.set()

    with ThreadPoolExecutor(len(tables)) as threads:
        for one in [threads.submit(whole, table) for table in tables]:
            one.result()


def run(
    table: list[Duty],
    stopping: Event,
    *,
    monotonic: Callable[[], float] = time.monotonic,
) -> None:
    """Do what is due until ``stopping``; a service that is away delays only what needs it."""
    while not stopping.is_set():
        for duty in table:
            if monotonic() < duty.due_s:
                continue
            began_s = monotonic()
            try:
                duty.act()
            except (SQLAlchemyError, RedisError) as error:
                _log.warning("duty_failed", duty=duty.name, error=type(error).__name__)
            rest_s = min(duty.rest_s, duty.every_s)
            duty.due_s = max(began_s + duty.every_s, monotonic() + rest_s)
        stopping.wait(max(0.0, min(duty.due_s for duty in table) - monotonic()))
