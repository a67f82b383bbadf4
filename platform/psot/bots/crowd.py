"""A crowd of bots racing at once, in one process."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from psot.bots.account import Account
from psot.bots.browser import Browser, Lost, Place
from psot.bots.people import Bot
from psot.bots.racer import Racer, Refused
from psot.bots.traits import Traits

AT_ONCE = 8
"""Bots that come in at the same time: more would only wait at the door."""
TOLD_EVERY_S = 5.0

Say = Callable[[str], object]
Bibs = Callable[[], Awaitable[Mapping[int, int]]]
"""Waits for the start list; gives the bib by the bot's number."""


@dataclass(kw_only=True)
class Run:
    """One race of a crowd: how it ended for whom, and what happened on the way."""

    race: str
    account: Account
    states: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    racers: list[Racer] = field(default_factory=list)

    def told(self) -> str:
        """Return the run in a line."""
        ended = ", ".join(f"{name} {count}" for name, count in self.states.most_common())
        met = ", ".join(f"{name} {count}" for name, count in self.met.most_common())
        outcomes = Counter(one.outcome for one in self.account.lines)
        answers = ", ".join(f"{name} {count}" for name, count in outcomes.most_common())
        return (
            f"{len(self.account.lines)} answers acknowledged ({answers or 'none'});"
            f" ended: {ended or 'nobody'}; on the way: {met or 'nothing'}"
        )


def racers_of(
    bots: Sequence[Bot],
    cookies: Mapping[int, dict[str, str]],
    *,
    place: Place,
    run: Run,
    seed: int,
    speed: float,
) -> list[Racer]:
    """Return a racer for every bot; what it is like follows from ``seed`` and its number."""
    made = []
    for bot in bots:
        random = Random(f"{seed}:{bot.number}")  # noqa: S311 - a race to be had again, no secret
        made.append(
            Racer(
                race=run.race,
                browser=Browser(place=place, cookies=cookies[bot.number]),
                traits=Traits.drawn(random),
                random=random,
                keep=run.account.keep,
                speed=speed,
                number=bot.number,
            )
        )
    run.racers = made
    return made


async def race(run: Run, bibs: Bibs, say: Say) -> None:
    """Let every racer of ``run`` arrive, wait for the start list, race, and leave."""
    door = asyncio.Semaphore(AT_ONCE)
    telling = asyncio.create_task(_tell(run, say))
    try:
        await asyncio.gather(*(_arrive(one, door, run) for one in run.racers))
        listed = await bibs()
        starters = [one for one in run.racers if one.number in listed]
        for one in starters:
            one.bib = listed[one.number]
        run.states["not on the start list"] += len(run.racers) - len(starters)
        await asyncio.gather(*(_race(one, door, run) for one in starters))
    finally:
        telling.cancel()
        for one in run.racers:
            one.leave()
            run.met.update(one.met)
        run.states += Counter()


async def _arrive(one: Racer, door: asyncio.Semaphore, run: Run) -> None:
    async with door:
        try:
            await one.arrive()
        except (Lost, Refused) as error:
            run.met[f"arrived late: {error}"] += 1


async def _race(one: Racer, door: asyncio.Semaphore, run: Run) -> None:
    try:
        async with door:
            await one.enter()
        run.states[await one.run()] += 1
    except (Lost, Refused) as error:
        run.states[f"gave up: {error}"] += 1


async def _tell(run: Run, say: Say) -> None:
    start_s = time.monotonic()
    while True:
        await asyncio.sleep(TOLD_EVERY_S)
        now_s = time.monotonic() - start_s
        ended = sum(run.states.values())
        say(f"{now_s:5.0f} s  {len(run.account.lines)} answers, {ended} racers ended")
