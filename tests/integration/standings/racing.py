"""Races in tests: a start list from the product's own operations, facts told in short."""

import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from redis import Redis
from sqlalchemy import text

from psot import clock
from psot.database import Database
from psot.ledger import append
from psot.ledger.delivery import deliver
from psot.live import boards
from psot.races import operations, queries
from psot.races.stages import Stage
from psot.races.values import RaceView
from psot.standings import around, names
from psot.standings.copies import Field
from psot.standings.projections import STANDINGS
from psot.standings.publishing import Publisher
from scoring.biathlon import Entry, RaceFact
from scoring.biathlon.document import read_race
from tests.biathlon import document, way
from tests.races import NOW, a_race

ZERO = NOW + timedelta(seconds=10)
"""The zero of a race that `tests.races.a_race` lets run."""

Rows = dict[str, Any]


@dataclass(kw_only=True)
class Track:
    """A database, a Redis and the process that publishes."""

    database: Database
    redis: Redis
    publisher: Publisher = field(default_factory=lambda: Publisher(round_s=0, over_every_s=0))
    _numbers: dict[UUID, "itertools.count[int]"] = field(
        default_factory=lambda: defaultdict(lambda: itertools.count(1))
    )

    def race(self, **options: Any) -> RaceView:
        """A race that runs from `ZERO`."""
        with self.database.begin() as session:
            return a_race(session, **{"stage": Stage.RUNNING, **options})

    def view(self, race: RaceView) -> RaceView:
        with self.database.begin() as session:
            return queries.race(session, race.id)

    def enter(self, race: RaceView, stage: Stage, at_s: float = 600) -> None:
        with self.database.begin() as session:
            operations.enter_stage(session, race.id, stage, now=at(at_s), by=None)

    def entries(self, race: RaceView) -> list[Entry]:
        with self.database.begin() as session:
            return queries.field(session, race.id)

    def tell(self, race: RaceView, ways: Mapping[int, str]) -> list[RaceFact]:
        """Tell what happened, as in `tests.biathlon.way`, in seconds after the race's zero."""
        facts = told(race, ways)
        self.happen(race, facts)
        return facts

    def happen(self, race: RaceView, facts: Iterable[Any]) -> None:
        """Put facts on the ledger and into the log of the race."""
        with self.database.begin() as session:
            for one in facts:
                key = f"{race.id}:{next(self._numbers[race.id])}"
                append(
                    session, one, key=key, occurred_at=ZERO + one.t_ms * timedelta(milliseconds=1)
                )
        self.fold()

    def fold(self) -> None:
        while deliver(self.database, STANDINGS).done:
            pass

    def publish(self, at_s: float = 600) -> None:
        """Publish what is known, so many seconds after the zero."""
        with clock.fixed(at(at_s)):
            self.publisher.publish(self.database, self.redis)

    def start_again(self) -> None:
        """The process that publishes is another one now, which knows nothing."""
        self.time_passes()
        self.publisher = Publisher(round_s=0, over_every_s=0)

    def time_passes(self) -> None:
        """Every lease runs out: whoever holds one did not come by for long."""
        with self.database.begin() as session:
            session.execute(text("UPDATE race_publishers SET until_at = now() - interval '1 s'"))
            session.execute(text("UPDATE publishers SET until_at = now() - interval '1 s'"))

    def board(self, name: str) -> Rows:
        found = boards.snapshot(self.redis, name)
        return dict(found.rows) if found else {}

    def everything_public(self, race: RaceView) -> dict[str, Rows]:
        """Every board of a race but the jury's, by name, without the moment of publication."""
        found = {}
        for key in self.redis.scan_iter(f"psot:live:board:*{race.id.hex}*"):
            name = key.decode().removeprefix("psot:live:board:")
            if not name.startswith("racetrue:"):
                rows = json.loads(json.dumps(self.board(name)))
                rows.get("race", {}).pop("now_ms", None)
                found[name] = rows
        return found

    def erase_log(self) -> None:
        with self.database.begin() as session:
            session.execute(text("DELETE FROM race_log"))


def windows(redis: Redis, board: str, members: Sequence[UUID]) -> dict[UUID, Rows]:
    """Own windows as a process tells them that watched all along, and one that just began."""
    kept = around.windows(redis, board, members)
    found = {one: json.loads(told.text) for one, told in kept.items()}
    race = names.race_of(board)
    if race is not None:
        anew = around.windows_in(Field(race), redis, members)
        assert found == {one: json.loads(told.text) for one, told in anew.items()}
    return found


def at(seconds: float) -> datetime:
    return ZERO + timedelta(seconds=seconds)


def told(race: RaceView, ways: Mapping[int, str]) -> list[RaceFact]:
    """Facts of ``race`` told in short."""
    plain = document("sprint", dict.fromkeys(ways, ""))
    plain["facts"] = [fact for bib, text_ in ways.items() for fact in way(bib, text_)]
    return [replace(one, race=race.id) for one in read_race(json.dumps(plain)).facts]
