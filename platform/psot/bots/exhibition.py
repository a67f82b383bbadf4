"""Exhibition races: made in a moment, raced by bots, for people to look at."""

import asyncio
import hashlib
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from psot import clock
from psot.bots import people
from psot.bots.account import Account
from psot.bots.browser import Place
from psot.bots.crowd import Run, Say, race, racers_of
from psot.bots.people import Bot
from psot.database import Database
from psot.races import operations, queries
from psot.races.stages import LIVE, Stage
from psot.races.values import RaceView
from scoring.biathlon import StartKind, load_format

BOTS = 200
FORMAT = "sprint"
TITLE = "Показательная гонка"
ZEROING_AFTER = timedelta(seconds=12)
START_AFTER = timedelta(seconds=25)
CLOSE_AFTER = timedelta(minutes=8)

LOOK_EVERY_S = 1.0
GROUPS, MINUTE_S = 20, 60
IN_A_GROUP = 20
GROUPS_EVERY_S = 2

WAITING = (Stage.REGISTRATION, Stage.ZEROING, Stage.RUNNING)


def short_options() -> dict[str, Any]:
    """Return the options of a race to look at: short laps and holds, the field off in a moment."""
    return {
        "stations": 2,
        "fall_s": 3,
        "loop_s": 8,
        "prone_s": 15,
        "standing_s": 20,
        "start": {"kind": "group", "group": IN_A_GROUP, "interval_s": GROUPS_EVERY_S},
    }


def options_at(format_: str, racers: int, speed: float) -> dict[str, Any]:
    """Return the options of ``format_`` with its holds divided by ``speed`` and room for all.

    The limits of shots stay: bots think faster, nobody is cut off earlier.
    """
    rules = load_format(format_)
    options: dict[str, Any] = {
        "fall_s": _divided(rules.fall_s, speed),
        "reload_s": _divided(rules.reload_s, speed),
    }
    if rules.penalty.kind == "loop":
        options["loop_s"] = _divided(rules.penalty.seconds, speed)
    start: dict[str, Any] = {}
    if rules.start.kind in (StartKind.SINGLE, StartKind.GROUP) and rules.start.interval_s:
        # A large field starts in groups, so that it is off within a minute.
        start["kind"] = "group"
        start["group"] = max(rules.start.group or 1, math.ceil(racers / GROUPS))
        start["interval_s"] = _divided(min(rules.start.interval_s, MINUTE_S // GROUPS), speed)
    if rules.start.field is not None and rules.start.kind is not StartKind.PURSUIT:
        start["field"] = max(racers, rules.start.field)
    return options | ({"start": start} if start else {})


def open_race(
    session: Session,
    *,
    title: str,
    format_: str,
    options: Mapping[str, Any],
    now: datetime,
    by: UUID | None = None,
    **fields: Any,
) -> RaceView:
    """Return a new public exhibition race whose registration is open."""
    made = operations.create(
        session,
        by=by,
        title=title,
        format=format_,
        options=dict(options),
        now=now,
        public=True,
        exhibition=True,
        **fields,
    )
    return operations.enter_stage(session, made.id, Stage.REGISTRATION, now=now, by=by)


def open_exhibition(session: Session, *, now: datetime, by: UUID | None) -> RaceView:
    """Return a new exhibition race that begins by itself in a moment."""
    return open_race(
        session,
        title=TITLE,
        format_=FORMAT,
        options=short_options(),
        now=now,
        by=by,
        zeroes_at=now + ZEROING_AFTER,
        starts_at=now + START_AFTER,
        closes_at=now + CLOSE_AFTER,
    )


def register(session: Session, race_id: UUID, bots: Sequence[Bot], now: datetime) -> None:
    """Register ``bots`` for a race whose registration is open."""
    for bot in bots:
        operations.register(
            session, race_id, bot.member, experience=bot.experience, employer="", now=now
        )


@contextmanager
def claimed(database: Database, race_id: UUID) -> Iterator[bool]:
    """Give whether the bots of a race are ours: no two crowds of the same bots race it."""
    number = int.from_bytes(hashlib.sha256(b"bots:" + race_id.bytes).digest()[:8], signed=True)
    with database.engine.connect() as connection:
        ours = bool(connection.execute(select(func.pg_try_advisory_lock(number))).scalar())
        connection.commit()
        yield ours
        if ours:
            # A database that was away since has let the lock go by itself.
            with suppress(OperationalError):
                connection.execute(select(func.pg_advisory_unlock(number)))


@dataclass(kw_only=True)
class Crowd:
    """A field of bots for one race of the product at ``base_url``, prepared and then let go."""

    database: Database
    base_url: str
    cookie: str
    say: Say
    seed: int = 1
    speed: float = 1.0

    def prepare(self, race_id: UUID, racers: int) -> list[Bot]:
        """Make ``racers`` bots and register them, where registration is open."""
        with self.database.begin() as session:
            bots = people.gather(session, racers)
        with self.database.begin() as session:
            if queries.race(session, race_id).stage is Stage.REGISTRATION:
                register(session, race_id, bots, clock.now())
        return bots

    def race(self, race_id: UUID, bots: Sequence[Bot], account: Account) -> Run:
        """Race ``bots`` to the end."""
        with self.database.begin() as session:
            secrets = people.enter_sessions(session, bots)
        run = Run(race=str(race_id), account=account)
        racers_of(
            bots,
            {number: {self.cookie: secret} for number, secret in secrets.items()},
            place=Place(base=self.base_url),
            run=run,
            seed=self.seed,
            speed=self.speed,
        )
        asyncio.run(race(run, lambda: self._bibs(race_id, bots), self.say))
        return run

    async def _bibs(self, race_id: UUID, bots: Sequence[Bot]) -> dict[int, int]:
        while True:
            found = await asyncio.to_thread(self._listed, race_id, bots)
            if found is not None:
                return found
            await asyncio.sleep(LOOK_EVERY_S)

    def _listed(self, race_id: UUID, bots: Sequence[Bot]) -> dict[int, int] | None:
        with self.database.begin() as session:
            stage = queries.race(session, race_id).stage
            if stage in (Stage.DRAFT, Stage.ANNOUNCED, Stage.REGISTRATION):
                return None
            if stage not in LIVE:
                return {}
            listed = {one.member: one.bib for one in queries.start_list(session, race_id)}
        return {bot.number: listed[bot.member] for bot in bots if bot.member in listed}


def attend(crowd: Crowd, stopping: Callable[[], bool], *, racers: int = BOTS) -> None:
    """Race every exhibition race that comes, one after the other, until ``stopping``."""
    with crowd.database.begin() as session:
        people.gather(session, racers)
    while not stopping():
        for view in _waiting(crowd.database):
            with claimed(crowd.database, view.id) as ours:
                if ours:
                    crowd.say(f"race {view.id}: {racers} bots")
                    run = crowd.race(view.id, crowd.prepare(view.id, racers), Account())
                    crowd.say(run.told())
        time.sleep(LOOK_EVERY_S)


def _waiting(database: Database) -> list[RaceView]:
    with database.begin() as session:
        return [
            one
            for one in queries.races_in(session, WAITING)
            # Without a start it is somebody's who still prepares it.
            if one.exhibition and one.practice_of is None and one.starts_at is not None
        ]


def _divided(seconds: int, speed: float) -> int:
    return max(1, round(seconds / speed)) if seconds else 0
