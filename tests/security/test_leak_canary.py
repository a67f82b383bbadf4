"""The key never leaves before the lock: not by a page, an event, a board, an export, a log.

Canaries stand in every key of a running race. Everything that can be read is read, as a stranger,
as each role and as a racer; nobody may read one. After the lock its racer does, so the test can
fail.
"""

import asyncio
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

import pytest
from redis import Redis

from psot import clock
from psot.bots import exhibition
from psot.bots.browser import Browser
from psot.bots.knowledge import choose
from psot.bots.link import HttpLink, SocketLink
from psot.bots.racer import csrf_of
from psot.config import Settings
from psot.course.closing import close
from psot.races import operations
from psot.races.stages import Stage
from psot.runtime import Runtime
from tests.chaos.house import opened
from tests.chaos.race_house import RaceHouse
from tests.chaos.race_story import MOST_OF_THE_COUNTDOWN
from tests.loops import run_apart
from tests.security import canary
from tests.security.canary import Ears
from tests.services import wait_until
from tests.web import a_member

OPTIONS = {
    "stations": 1,
    "fall_s": 0,
    "loop_s": 0,
    "prone_s": 60,
    "standing_s": 60,
    "start": {"kind": "simultaneous"},
}


class Course:
    """A racer who reads everything that comes, and times every acknowledgement."""

    def __init__(self, ears: Ears, race: UUID, browser: Browser, *, knows: bool) -> None:
        self.ears, self.race, self.browser, self.knows = ears, race, browser, knows
        self.sizes: dict[str, list[int]] = {"right": [], "wrong": []}
        self.times_ms: dict[str, list[float]] = {"right": [], "wrong": []}
        self.shapes: set[tuple[Any, ...]] = set()
        self.seat = ""

    async def run(self, *, over_http: bool) -> None:
        who = "racer over HTTP" if over_http else "racer"

        def hear(name: str, payload: Any) -> None:
            self.ears.hear(f"{who} event {name}", payload)

        self.browser.csrf = csrf_of((await self.browser.get("/documents/personal_data")).text)
        entered = (await self.browser.post(f"/races/{self.race}/enter", {})).json
        self.ears.hear(f"{who} enter", entered)
        self.seat = entered["seat"]
        link = (
            HttpLink(str(self.race), self.browser)
            if over_http
            else await SocketLink.open(
                str(self.race), self.browser, hear, (f"race:{self.race.hex}",)
            )
        )
        situation = entered["situation"]
        while not situation["closed"]:
            task = situation["task"]
            if task is None:
                await asyncio.sleep(0.3)
                told: dict[str, Any] = {"seat": self.seat}
                answer = await link.say("look", told)
            else:
                answer = await self._answer(link, task)
            self.ears.hear(f"{who} {sorted(answer)}", answer)
            situation = answer["situation"]
        link.drop()

    async def _answer(self, link: HttpLink | SocketLink, task: dict[str, Any]) -> dict[str, Any]:
        self.shapes |= {(tuple(sorted(one)), len(one["id"])) for one in task["options"]}
        option = choose(task["text"], task["options"], right=self.knows, random=DRAW)
        begun = asyncio.get_running_loop().time()
        told = {"seat": self.seat, "task": task["number"], "option": option["id"]}
        answer = await link.say("answer", told)
        took_ms = 1000 * (asyncio.get_running_loop().time() - begun)
        if task["kind"] != "station":
            self.times_ms[answer["outcome"]].append(took_ms)
            self.sizes[answer["outcome"]].append(len(answer["outcome"]))
        return answer


DRAW = Random(1)  # noqa: S311 - which wrong option, to be had again


def zeroing(made: Runtime, racers: list[UUID]) -> UUID:
    """A race with a start list, and a canary in every key of its questions."""
    now = clock.now()
    with made.database.begin() as session:
        race = exhibition.open_race(
            session, title="Канарейка", format_="sprint", options=OPTIONS, now=now
        ).id
        for one in racers:
            operations.register(session, race, one, now=now)
        operations.enter_stage(session, race, Stage.ZEROING, now=now, by=None)
    assert canary.plant(made.database, race) > 30
    return race


def run(made: Runtime, race: UUID) -> None:
    with made.database.begin() as session:
        begun = clock.now() - MOST_OF_THE_COUNTDOWN
        zero_at = operations.enter_stage(session, race, Stage.RUNNING, now=begun, by=None).zero_at
    assert zero_at is not None
    wait_until(lambda: clock.now() > zero_at + timedelta(milliseconds=200))


def everywhere_else(ears: Ears, house: RaceHouse, settings: Settings) -> int:
    """Logs and mails, and all that Redis holds; returns how many files there were."""
    files = [one for one in house.folder.rglob("*") if one.is_file() and _told(one, house)]
    for one in files:
        ears.hear(str(one.relative_to(house.folder)), one.read_bytes().decode("utf-8", "replace"))
    with Redis.from_url(settings.redis_url) as redis:
        for key in redis.scan_iter():
            kind = redis.type(key)
            if kind == b"hash":
                ears.hear(f"redis {key!r}", repr(redis.hgetall(key)))
            elif kind == b"list":
                ears.hear(f"redis {key!r}", repr(redis.lrange(key, 0, -1)))
            else:
                ears.hear(f"redis {key!r}", repr(redis.dump(key)))
    return len(files)


def _told(file: Path, house: RaceHouse) -> bool:
    """Whether a file is something that anybody reads: not the databases themselves."""
    top = file.relative_to(house.folder).parts[0]
    return top not in {"data", "redis", "s"}


async def race_and_read(house: RaceHouse, made: Runtime, ears: Ears) -> list[Course]:
    """Let racers race and everybody else read, at once; returns the racers."""
    with made.database.begin() as session:
        racers = [a_member(session, name_public=True).id for _ in range(3)]
    who = canary.people(made.database)
    race = zeroing(made, racers)
    browsers = [canary.browser_of(made.database, house.url, one) for one in racers]
    courses = [
        Course(ears, race, browser, knows=number == 0) for number, browser in enumerate(browsers)
    ]
    paths = sorted(set(canary.addresses(made.settings, race)))
    readers = {
        name: canary.browser_of(made.database, house.url, member) for name, member in who.items()
    }
    readers |= {"visitor": canary.browser_of(made.database, house.url, None), "racer": browsers[2]}
    await asyncio.to_thread(run, made, race)
    *raced, waiting = courses
    # The third only takes the seat, so that the race is still on while everybody reads.
    browsers[2].csrf = csrf_of((await browsers[2].get("/documents/personal_data")).text)
    waiting.seat = (await browsers[2].post(f"/races/{race}/enter", {})).json["seat"]
    await asyncio.gather(
        *(one.run(over_http=number == 1) for number, one in enumerate(raced)),
    )
    heard = 0
    for name, browser in readers.items():
        pages = await canary.read_everything(ears, name, browser, paths)
        assert pages > 20, f"{name} was shown {pages} pages only"
        if name != "racer":
            heard += await canary.watch_everything(ears, name, browser, race)
    assert heard > len(readers), "boards are sent to whoever watches"
    await canary.err_everywhere(ears, browsers[2], race, waiting.seat)
    return courses


@pytest.mark.timeout(900)
def test_no_key_leaves_before_the_lock(capsys: pytest.CaptureFixture[str]) -> None:
    ears, after = Ears(), Ears()
    with opened(RaceHouse) as (house, made):
        courses = run_apart(race_and_read(house, made, ears))
        files = everywhere_else(ears, house, made.settings)
        with made.database.begin() as session:
            close(session, courses[0].race, clock.now())
        mine = run_apart(courses[1].browser.get(f"/races/{courses[1].race}/mine"))
        after.hear("mine", mine.text)

    assert ears.sang == []
    assert files > 3
    assert ears.read > 500
    assert after.sang, "after the lock its racer reads why, so this test can fail"
    # Nothing about an option tells the right one, and an outcome is as long as another.
    assert {shape for one in courses for shape in one.shapes} == {(("id", "text"), 16)}
    right, wrong = courses[0].sizes["right"], courses[1].sizes["wrong"]
    assert len(right) == len(wrong) == 10
    assert set(right) == set(wrong) == {5}
    with capsys.disabled():
        times = [median(courses[0].times_ms["right"]), median(courses[1].times_ms["wrong"])]
        print(f"\n{ears.read} texts read; right {times[0]:.0f} ms, wrong {times[1]:.0f} ms")  # noqa: T201 - the run's own figures
