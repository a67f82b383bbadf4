"""Several processes share the races: each has one publisher, and who lost it is not heard."""

import gc
import itertools
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis import ConnectionPool, Redis
from redis.exceptions import ConnectionError as RedisGone
from sqlalchemy import text
from structlog.testing import capture_logs

from psot import clock, garbage, scheduler
from psot.config import Settings
from psot.database import Database, new_id
from psot.races.stages import Stage
from psot.races.values import RaceView
from psot.runtime import connect
from psot.standings.leases import Leases
from psot.standings.publishing import Publisher
from tests.integration.standings.racing import Track, at

FIRST = {1: "20 s, 30 HHHHH, 60 lap", 2: "51 s"}
LATER = {2: "65 HHHHH, 95 lap"}
LAST = {1: "90 s, 100 MMMMM"}
MISSED = 5
TWICE = 2


def publisher() -> Publisher:
    return Publisher(round_s=0, over_every_s=0)


def publish(track: Track, one: Publisher, at_s: float = 600, redis: Redis | None = None) -> None:
    with clock.fixed(at(at_s)):
        one.publish(track.database, redis or track.redis)


def leases(track: Track) -> dict[UUID, tuple[str, int]]:
    with track.database.begin() as session:
        rows = session.execute(text("SELECT race, holder, epoch FROM race_publishers"))
        return {one.race: (one.holder, one.epoch) for one in rows}


def holders(track: Track) -> list[str]:
    return sorted(holder for holder, _ in leases(track).values())


def rank(track: Track, race: RaceView, bib: str = "1") -> Any:
    return track.board(f"race:{race.id.hex}")[bib]["rank"]


def everything(redis: Redis) -> dict[bytes, Any]:
    """All that is laid down about races, boards and their history included."""
    read: dict[bytes, Callable[[bytes], Any]] = {
        b"hash": redis.hgetall,
        b"list": lambda key: redis.lrange(key, 0, -1),
        b"zset": lambda key: redis.zrange(key, 0, -1, withscores=True),
    }
    return {
        key: read[redis.type(key)](key)
        for name in ("psot:race:*", "psot:live:board:*", "psot:live:history:*")
        for key in sorted(redis.scan_iter(name))
    }


def test_two_processes_share_two_races_and_each_publishes_its_own(track: Track) -> None:
    races = [track.race(racers=2), track.race(racers=2)]
    one, other = publisher(), publisher()
    publish(track, one)
    alone = holders(track)
    publish(track, other)
    publish(track, one)
    publish(track, other)
    both = holders(track)
    for race in races:
        track.tell(race, FIRST)
    publish(track, one, 601)
    after_one = [rank(track, race) for race in races]
    publish(track, other, 601)

    assert len(set(alone)) == 1
    assert len(set(both)) == 2
    assert sorted(after_one, key=str) == [1, None]
    assert [rank(track, race) for race in races] == [1, 1]


def test_nobody_takes_what_is_held_and_the_next_takes_what_is_not(track: Track) -> None:
    race = track.race(racers=2)
    publish(track, track.publisher)
    other = publisher()
    track.tell(race, FIRST)
    publish(track, other)
    before = rank(track, race), leases(track)
    track.time_passes()
    publish(track, other)

    assert (before[0], rank(track, race)) == (None, 1)
    assert before[1][race.id][0] != leases(track)[race.id][0]
    assert (before[1][race.id][1], leases(track)[race.id][1]) == (1, 2)


def test_who_stops_leaves_the_races_to_others_at_once(track: Track) -> None:
    race = track.race(racers=2)
    publish(track, track.publisher)
    track.publisher.stop(track.database)
    let_go = leases(track)[race.id]
    publish(track, other := publisher())
    track.tell(race, FIRST)
    publish(track, other)

    assert let_go == ("", 1)
    assert leases(track)[race.id][1] == 2
    assert rank(track, race) == 1


def test_between_rounds_a_tick_writes_no_lease_and_a_new_race_is_taken_at_once(
    track: Track,
) -> None:
    track.race(racers=2)
    now_s = [0.0]
    one = Publisher(monotonic=lambda: now_s[0])
    publish(track, one)
    track.time_passes()
    publish(track, one)
    with track.database.begin() as session:
        renewed = session.execute(text("SELECT until_at > now() FROM race_publishers")).scalars()
    untouched = list(renewed)
    now_s[0] = 0.5
    publish(track, one)
    with track.database.begin() as session:
        renewed = session.execute(text("SELECT until_at > now() FROM race_publishers")).scalars()
    in_time = list(renewed)
    second = track.race(racers=2)
    publish(track, one)

    assert (untouched, in_time) == ([False], [True])
    assert second.id in leases(track)
    assert track.board(f"race:{second.id.hex}")["race"]["entered"] == 2


def test_who_is_cut_off_from_redis_keeps_nothing(track: Track, redis: Redis) -> None:
    race = track.race(racers=2)
    publish(track, track.publisher)
    with Redis(host="127.0.0.1", port=1) as nowhere, pytest.raises(RedisGone):
        publish(track, track.publisher, redis=nowhere)
    track.time_passes()
    with Redis(host="127.0.0.1", port=1) as nowhere, pytest.raises(RedisGone):
        publish(track, track.publisher, redis=nowhere)
    publish(track, publisher(), redis=redis)

    assert leases(track)[race.id][1] == 2


def test_an_official_race_is_published_again_only_where_redis_has_lost_it(track: Track) -> None:
    race = track.race(racers=2)
    track.tell(race, FIRST)
    publish(track, track.publisher)
    for number, stage in enumerate((Stage.LOCKED, Stage.PROVISIONAL, Stage.OFFICIAL), 601):
        track.enter(race, stage, number)
    publish(track, track.publisher, 605)
    told = track.everything_public(race)
    epoch = leases(track)[race.id][1]
    publish(track, publisher(), 605)
    untouched = leases(track)[race.id][1]
    track.redis.flushall()
    track.time_passes()
    publish(track, publisher(), 605)

    assert told[f"race:{race.id.hex}"]["race"]["stage"] == "official"
    assert (epoch, untouched, leases(track)[race.id][1]) == (1, 1, 2)
    assert track.everything_public(race) == told


def test_who_lost_a_race_and_took_it_again_goes_on_from_what_is_known(track: Track) -> None:
    race = track.race(racers=2)
    one, other = publisher(), publisher()
    publish(track, one)
    track.time_passes()
    track.tell(race, FIRST)
    publish(track, other)
    other.stop(track.database)
    track.tell(race, LATER)
    publish(track, one)

    assert leases(track)[race.id][1] == 3
    assert (rank(track, race), rank(track, race, "2")) == (1, 2)


class _Watched(Redis):
    """A Redis to which one command too many is not told before somebody else had a turn."""

    def __init__(self, redis: Redis) -> None:
        watched = self
        self.sent, self.turn_at, self.turn = 0, 0, lambda: None
        base: Any = redis.connection_pool.connection_class

        class Counted(base):  # type: ignore[misc]  # the class depends on where Redis listens
            def send_packed_command(self, command: Any, **options: Any) -> None:
                watched.sent += 1
                if watched.sent == watched.turn_at:
                    watched.turn()
                super().send_packed_command(command, **options)

        kept = redis.connection_pool.connection_kwargs
        super().__init__(connection_pool=ConnectionPool(connection_class=Counted, **kept))


@pytest.mark.parametrize(("tick", "options"), [("first", {}), ("later", {"spectator_delay_s": 30})])
def test_a_publisher_that_was_stopped_at_any_command_writes_nothing_over_the_next(
    track: Track, redis: Redis, options: dict[str, Any], tick: str
) -> None:
    commands = 0
    for number in itertools.count(1):
        redis.flushall()
        track.erase_log()
        race = track.race(racers=2, **options)
        slow, next_ = publisher(), publisher()
        with _Watched(redis) as watched:
            watched.ping()
            track.tell(race, FIRST)
            if tick == "later":
                publish(track, slow, 200, redis=watched)
                track.tell(race, LATER)
            told: list[dict[bytes, Any]] = []

            def turn(race: RaceView = race, next_: Publisher = next_) -> None:
                track.time_passes()
                track.tell(race, LAST)
                publish(track, next_, 300)
                told.append(everything(redis))  # noqa: B023 - called before the next turn of the loop

            watched.sent, watched.turn_at, watched.turn = 0, number, turn
            publish(track, slow, 201, redis=watched)
        if not told:
            break
        commands = number
        assert everything(redis) == told[0], number
        row = track.board(f"racetrue:{race.id.hex}")["1"]
        assert row["bouts"] == [0, MISSED], number
        slow.stop(track.database)
        next_.stop(track.database)
        track.enter(race, Stage.CANCELLED, 400)

    assert commands > 8


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["round", "expire", "stop"]), st.integers(0, 2)), max_size=25
    )
)
def test_epochs_only_grow_and_no_race_has_two_holders(
    database: Database, steps: list[tuple[str, int]]
) -> None:
    races = [new_id() for _ in range(4)]
    people = [Leases() for _ in range(3)]
    known: dict[UUID, tuple[int, str]] = {}
    for what, number in steps:
        one = people[number]
        if what == "round":
            one.round(database, races)
        elif what == "stop":
            one.let_go(database)
        else:
            with database.begin() as session:
                session.execute(
                    text("UPDATE race_publishers SET until_at = '-infinity' WHERE holder = :me"),
                    {"me": one.name},
                )
                session.execute(
                    text("UPDATE publishers SET until_at = '-infinity' WHERE name = :me"),
                    {"me": one.name},
                )
        with database.begin() as session:
            rows = session.execute(text("SELECT race, holder, epoch FROM race_publishers")).all()
        for row in rows:
            if row.race not in races:
                continue
            epoch, holder = known.get(row.race, (0, ""))
            taken = row.holder not in {holder, ""}
            assert row.epoch == epoch + taken
            known[row.race] = row.epoch, row.holder
        if what == "round":
            held = {row.race for row in rows if row.holder == one.name and row.race in races}
            assert set(one.held) == held


def test_of_four_races_three_processes_hold_no_more_than_two_each(database: Database) -> None:
    races = [new_id() for _ in range(4)]
    people = [Leases() for _ in range(3)]
    for _ in range(3):
        for one in people:
            one.round(database, races)

    assert sorted(len(one.held) for one in people) == [0, 2, 2]


def test_a_lease_is_kept_while_work_lasts_and_not_while_it_is_stuck(database: Database) -> None:
    race, one = new_id(), Leases()

    def until() -> Any:
        with database.begin() as session:
            return session.execute(text("SELECT until_at FROM race_publishers")).scalar_one()

    one.round(database, [race])
    taken = until()
    with one.kept(database, every_s=0.01):
        while until() == taken:
            pass
    with one.kept(database, every_s=0.01, longest_s=0.0):
        stuck = until()
        time.sleep(0.05)

    assert stuck == until()


def test_a_lease_that_cannot_be_renewed_is_told_and_tried_again() -> None:
    nowhere = Database("postgresql://127.0.0.1:1/nowhere")
    with capture_logs() as told, Leases().kept(nowhere, every_s=0.01):
        while len(told) < TWICE:
            time.sleep(0.01)
    nowhere.close()

    assert {one["event"] for one in told} == {"leases_not_renewed"}


def test_a_race_that_was_lost_is_not_held(database: Database) -> None:
    race, one, other = new_id(), Leases(), Leases()
    one.round(database, [race])
    with database.begin() as session:
        before = one.holds(session, race)
    one_held = dict(one.held)
    one.let_go(database)
    one.held = one_held
    other.round(database, [race])
    with database.begin() as session:
        after = one.holds(session, race), other.holds(session, race)

    assert (before, after) == (True, (False, True))


def test_the_scheduler_publishes_beside_its_duties_and_leaves_its_races_at_the_end(
    database_url: str, redis_url: str, track: Track, tmp_path: Path
) -> None:
    race, stopping = track.race(racers=2), threading.Event()
    made = connect(
        Settings(database_url=database_url, redis_url=redis_url, data_dir=tmp_path, demo=True)
    )
    often, turn_s, ends, turns = gc.get_threshold(), sys.getswitchinterval(), [], []

    def until_seen() -> None:
        while not track.board(f"race:{race.id.hex}"):
            time.sleep(0.05)
        ends.append(gc.get_threshold())
        turns.append(sys.getswitchinterval())
        stopping.set()

    watching = threading.Thread(target=until_seen)
    watching.start()
    try:
        scheduler.work(made, stopping)
    finally:
        gc.set_threshold(*often)
        sys.setswitchinterval(turn_s)
        made.close()
    watching.join()

    assert leases(track)[race.id] == ("", 1)
    assert ends[0][0] == garbage.YOUNG
    assert turns == pytest.approx([scheduler.TURN_S])
