"""What the commands do: one race of bots, or every exhibition race that comes."""

import threading
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from psot import clock
from psot.bots import exhibition
from psot.bots.account import Account
from psot.bots.crowd import Run, Say
from psot.bots.exhibition import Crowd
from psot.config import BadSetting, Settings
from psot.errors import Conflict
from psot.races import operations, queries
from psot.races.stages import Stage
from psot.races.values import RaceView
from psot.runtime import Runtime, connect

ZEROING_AFTER = timedelta(seconds=2)
START_AFTER = timedelta(seconds=10)
ENTERED_A_SECOND = 25
"""Bots that come in a second: so long before the start they are let in."""
CLOSE_AFTER = timedelta(hours=2)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What `simulate` is asked for; without a ``race`` it makes one."""

    racers: int
    format: str
    speed: float = 1.0
    race: UUID | None = None
    seed: int = 1
    base_url: str = ""
    account: Path | None = None


class Claimed(Conflict):
    """Other bots race this race."""

    code = "claimed"


def simulate(settings: Settings, wish: Wish, say: Say) -> Run:
    """Race one race to its end, and return how it went. Raises Claimed, UnknownRace, Malformed."""
    account = Account(wish.account)
    with closing(connect(settings)) as made, closing(account):
        view = _view(made, wish)
        crowd = _crowd(made, wish, say)
        with exhibition.claimed(made.database, view.id) as ours:
            if not ours:
                raise Claimed("Other bots race this race already.", subject=str(view.id))
            bots = crowd.prepare(view.id, wish.racers)
            if wish.race is None:
                _schedule(made, view.id, wish.racers)
            say(f"race {view.id}: {len(bots)} bots, {crowd.base_url}/races/{view.id}")
            return crowd.race(view.id, bots, account)


def attend(settings: Settings, say: Say) -> None:
    """Race exhibition races until the process ends. Raises BadSetting outside demo mode."""
    if not settings.demo:
        raise BadSetting("Bots wait for races with PSOT_DEMO=1 only.")
    forever = threading.Event()
    with closing(connect(settings)) as made:
        wish = Wish(racers=exhibition.BOTS, format=exhibition.FORMAT)
        exhibition.attend(_crowd(made, wish, say), forever.is_set)


def _crowd(made: Runtime, wish: Wish, say: Say) -> Crowd:
    base_url = (wish.base_url or made.settings.base_url).rstrip("/")
    return Crowd(
        database=made.database,
        base_url=base_url,
        cookie="__Host-psot" if base_url.startswith("https:") else "psot",
        say=say,
        seed=wish.seed,
        speed=wish.speed,
    )


def _view(made: Runtime, wish: Wish) -> RaceView:
    with made.database.begin() as session:
        if wish.race is not None:
            return queries.race(session, wish.race)
        return exhibition.open_race(
            session,
            title=f"{exhibition.TITLE}: {wish.racers}",
            format_=wish.format,
            options=exhibition.options_at(wish.format, wish.racers, wish.speed),
            now=clock.now(),
        )


def _schedule(made: Runtime, race_id: UUID, racers: int) -> None:
    """Let the race begin when all bots have had time to come in."""
    now = clock.now()
    with made.database.begin() as session:
        view = queries.race(session, race_id)
        if view.stage is not Stage.REGISTRATION:
            return
        entering = timedelta(seconds=racers / ENTERED_A_SECOND)
        operations.edit(
            session,
            race_id,
            version=view.version,
            by=None,
            now=now,
            zeroes_at=now + ZEROING_AFTER,
            starts_at=now + START_AFTER + entering,
            closes_at=now + CLOSE_AFTER,
        )
