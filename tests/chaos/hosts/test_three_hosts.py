"""A race on three hosts goes on when one is killed, cut off, or made anew.

Two hosts run the product, the third has the database, Redis and nginx with the shipped
configuration. Each story ends with the same accounts: the protocol, the ledger folded anew, what
the bots wrote down, and what the boards showed.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from psot.bots.account import read
from psot.live import boards
from psot.live.versions import Board
from psot.races.stages import Stage
from psot.standings import names, queries
from psot.standings.pictures import TOP
from scoring.biathlon import board as board_of
from tests.chaos import race_story as story
from tests.chaos.hosts.cluster import Cluster, cluster
from tests.chaos.hosts.reader import reading
from tests.chaos.hosts.spectator import Spectator, watching, went_back
from tests.services import wait_until

pytestmark = [pytest.mark.timeout(600)]

RACERS = 30
LIMIT_S = 240.0


@dataclass(frozen=True, kw_only=True)
class Form:
    """A race of some length: ``speed`` is how much faster than people the bots are."""

    stations: int
    speed: float
    groups_every_s: int

    @property
    def options(self) -> dict[str, Any]:
        """Short holds and shots, so that nobody who sleeps holds up the end."""
        return {
            "laps": 2,
            "bouts": ["P"],
            "stations": self.stations,
            "falls": 1,
            "fall_s": 1,
            "loop_s": 1,
            "prone_s": 6,
            "start": {"kind": "group", "group": 10, "interval_s": self.groups_every_s},
        }


SHORT = Form(stations=1, speed=12, groups_every_s=2)
LONG = Form(stations=2, speed=3, groups_every_s=12)
"""Long enough for two hosts to stop and start meanwhile, on a busy machine too."""
STEADY, RESTLESS = 3, 1
RESTLESS_STAY_S = 2.0
A_PAGE = "/sign-in"
NGINX_FORGETS_S = 2.5
"""Longer than its ``fail_timeout``: the host that was away is asked again before the next goes."""


@pytest.fixture(scope="module")
def built() -> Iterator[Cluster]:
    """The hosts of all stories here; each begins with all of them up and joined."""
    with cluster() as made:
        yield made


@pytest.fixture
def hosts(built: Cluster) -> Cluster:
    built.revive()
    return built


@dataclass(kw_only=True)
class Racing:
    """A race that is on, with those who watch it."""

    hosts: Cluster
    race: UUID
    board: str
    account: Path
    spectators: list[Spectator]

    @property
    def newest(self) -> Board:
        """The race's board as Redis has it."""
        found = boards.snapshot(self.hosts.redis, self.board)
        assert found is not None
        return found

    @property
    def answers(self) -> int:
        """Answers that were acknowledged so far."""
        return len(read(self.account))

    def goes_on(self, answers: int) -> None:
        """Return once so many more answers were acknowledged, and their boards published.

        On a machine that is too busy nobody may be left on the course by then.
        """
        told = self.answers + answers
        wait_until(lambda: self.answers >= told or self._everybody_is_in(), LIMIT_S)
        seen = self.newest.version
        wait_until(lambda: self.newest.version > seen or self._everybody_is_in(), LIMIT_S)

    def _everybody_is_in(self) -> bool:
        return bool(self.newest.rows["race"]["finished"] == RACERS)


@contextmanager
def racing(hosts: Cluster, folder: Path, form: Form) -> Iterator[Racing]:
    """A race whose boards are published by host one; at the end all accounts have to agree."""
    race = story.open_race(hosts.database, form.options)
    account = folder / "account"
    board = names.main(story.view(hosts.database, race))
    stays_s = [float("inf")] * STEADY + [RESTLESS_STAY_S] * RESTLESS
    visitors = [(hosts.visitor(), one) for one in stays_s]
    with (
        hosts.network.world.inside(),
        story.bots(
            hosts.environment, race, racers=RACERS, speed=form.speed, account=account
        ) as crowd,
        watching(board, visitors) as spectators,
        reading(hosts.visitor(), A_PAGE) as pages,
    ):
        story.gather(hosts.database, race, RACERS, LIMIT_S)
        hosts.ready()
        with hosts.two.pausing("worker", "scheduler"):
            story.enter_stage(hosts.database, race, Stage.ZEROING)
            wait_until(lambda: boards.snapshot(hosts.redis, board) is not None)
        story.seat(hosts.database, race, RACERS, LIMIT_S)
        story.start(hosts.database, race)
        made = Racing(
            hosts=hosts,
            race=race,
            board=board,
            account=account,
            spectators=spectators,
        )
        made.goes_on(RACERS)
        yield made
        said, _ = crowd.communicate(timeout=LIMIT_S)
        assert f"finished {RACERS}" in said, said
        assert crowd.returncode == 0, said
        kept = story.end(hosts.database, race, LIMIT_S)
        assert set(pages) == {200}
        story.check(hosts.database, race, kept, read(account))
        check_boards(made)


def check_boards(made: Racing) -> None:
    """Every spectator ends with the board that a replay of the log gives, and saw none go back."""
    hosts, race = made.hosts, made.race

    def over() -> bool:
        newest = made.newest
        told = newest.rows["race"]["stage"] == Stage.PROVISIONAL.value
        return told and all(one.copy == newest for one in made.spectators)

    wait_until(over, LIMIT_S)
    with hosts.database.begin() as session:
        replayed = board_of(queries.replay(session, race))
    rows = [row for key, row in made.newest.rows.items() if key != "race"]
    shown = [
        (row["bib"], row["rank"], row["gap_ms"]) for row in sorted(rows, key=lambda r: r["pos"])
    ]

    assert shown == [(one.racer.entry.bib, one.rank, one.gap_ms) for one in replayed][:TOP]
    assert [went_back(one.shown) for one in made.spectators] == [[]] * len(made.spectators)


def test_one_host_is_cut_off_and_comes_back_without_telling_anything_old(
    hosts: Cluster, tmp_path: Path
) -> None:
    with racing(hosts, tmp_path, SHORT) as race:
        hosts.network.cut("one")
        race.goes_on(RACERS)
        wait_until(lambda: hosts.sessions(hosts.one) == 0, LIMIT_S)
        hosts.network.mend("one")
        wait_until(lambda: hosts.sessions(hosts.one) > 0, LIMIT_S)
        assert "starting it again" not in hosts.one.printed


def test_hosts_are_made_anew_one_by_one_and_no_page_fails(hosts: Cluster, tmp_path: Path) -> None:
    with racing(hosts, tmp_path, LONG) as race:
        for host in hosts.hosts:
            hosts.ready()
            time.sleep(NGINX_FORGETS_S)
            host.stop()
            race.goes_on(1)
            host.start()
    hosts.ready()


def test_one_host_is_killed_and_the_race_goes_on_at_the_other(
    hosts: Cluster, tmp_path: Path
) -> None:
    with racing(hosts, tmp_path, SHORT) as race:
        hosts.one.kill()
        race.goes_on(RACERS)
