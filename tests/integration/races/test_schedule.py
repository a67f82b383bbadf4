"""Races move by their schedule, on time, once, whoever keeps it; racers are reminded once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from redis import Redis
from rq import Queue
from rq.scheduler import RQScheduler
from rq.serializers import JSONSerializer
from sqlalchemy import select, text

from psot import clock, jobs
from psot.config import Settings
from psot.database import Database
from psot.members.models import Mail
from psot.races import operations, queries, surroundings
from psot.races.planning import JOB, QUEUE
from psot.races.schedule import keep
from psot.races.stages import Stage
from psot.runtime import Runtime, connect
from psot.worker import work
from tests.races import NOW, a_race, enter
from tests.web import a_member

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
MOMENTS = {
    "announces_at": NOW + 10 * MINUTE,
    "registers_at": NOW + 20 * MINUTE,
    "zeroes_at": NOW + 30 * MINUTE,
    "starts_at": NOW + 40 * MINUTE,
}


def a_draft(database: Database, **fields: object) -> UUID:
    with database.begin() as session:
        return a_race(session, stage=Stage.DRAFT, racers=0, **(MOMENTS | fields)).id


def stage_of(database: Database, race: UUID) -> Stage:
    with database.begin() as session:
        return queries.race(session, race).stage


def racers_come(database: Database, race: UUID, **details: str) -> None:
    with database.begin() as session:
        enter(session, race, [a_member(session, **details).id], now=NOW)  # type: ignore[arg-type]


def facts(database: Database, race: UUID, kind: str) -> list[dict[str, object]]:
    with database.begin() as session:
        rows = session.execute(
            text("SELECT data FROM ledger_facts WHERE type = :kind ORDER BY seq"), {"kind": kind}
        )
        return [one.data for one in rows if one.data["race"] == str(race)]


def letters(database: Database) -> list[Mail]:
    with database.begin() as session:
        return list(session.scalars(select(Mail).order_by(Mail.subject)))


def test_a_race_goes_from_draft_to_running_by_its_schedule(races: Database) -> None:
    race = a_draft(races)
    seen = []
    for name, moment in MOMENTS.items():
        early = timedelta(seconds=10) if name == "starts_at" else timedelta()
        keep(races, moment - early - SECOND)
        before = stage_of(races, race)
        keep(races, moment - early)
        seen.append((before, stage_of(races, race)))
        if name == "registers_at":
            racers_come(races, race)

    assert seen == [
        (Stage.DRAFT, Stage.ANNOUNCED),
        (Stage.ANNOUNCED, Stage.REGISTRATION),
        (Stage.REGISTRATION, Stage.ZEROING),
        (Stage.ZEROING, Stage.RUNNING),
    ]
    told = facts(races, race, "psot.race.stage.entered.v1")
    assert [one["stage"] for one in told] == ["announced", "registration", "zeroing", "running"]
    assert {one["by"] for one in told} == {None}


def test_a_race_runs_a_little_before_its_start_so_that_nobody_starts_late(races: Database) -> None:
    race = a_draft(races)
    keep(races, MOMENTS["registers_at"])
    racers_come(races, race)
    keep(races, MOMENTS["starts_at"] - 8 * SECOND)

    with races.begin() as session:
        running = queries.race(session, race)
    assert (running.stage, running.zero_at) == (Stage.RUNNING, MOMENTS["starts_at"])


def test_after_a_short_outage_the_race_starts_with_a_full_countdown(races: Database) -> None:
    race = a_draft(races)
    keep(races, MOMENTS["registers_at"])
    racers_come(races, race)
    late = MOMENTS["starts_at"] + 3 * MINUTE
    keep(races, late)

    with races.begin() as session:
        assert queries.race(session, race).zero_at == late + 10 * SECOND


def test_a_start_that_is_long_over_is_left_to_the_organizer(races: Database) -> None:
    race = a_draft(races)
    keep(races, MOMENTS["registers_at"])
    racers_come(races, race)
    keep(races, MOMENTS["starts_at"] + timedelta(hours=2))

    assert stage_of(races, race) is Stage.REGISTRATION


def test_a_race_that_nobody_entered_waits_with_open_registration(races: Database) -> None:
    race = a_draft(races)
    keep(races, MOMENTS["zeroes_at"])
    before = stage_of(races, race)
    racers_come(races, race)
    keep(races, MOMENTS["zeroes_at"] + SECOND)

    assert (before, stage_of(races, race)) == (Stage.REGISTRATION, Stage.ZEROING)


def test_steps_without_a_moment_are_left_to_a_hand(races: Database) -> None:
    race = a_draft(races, registers_at=None, zeroes_at=None)
    keep(races, MOMENTS["starts_at"])

    assert stage_of(races, race) is Stage.ANNOUNCED


def test_a_broken_race_does_not_hold_the_others_back(races: Database) -> None:
    broken, sound = a_draft(races), a_draft(races)
    with races.begin() as session:
        session.execute(
            text("UPDATE races SET format = 'chess' WHERE id = :race"), {"race": broken}
        )
    keep(races, MOMENTS["announces_at"])

    assert (stage_of(races, broken), stage_of(races, sound)) == (Stage.DRAFT, Stage.ANNOUNCED)


def test_two_schedulers_at_once_do_every_step_once(races: Database) -> None:
    made = [a_draft(races) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        steps = sum(pool.map(lambda _: keep(races, MOMENTS["announces_at"]), range(4)))

    assert steps == 4
    for race in made:
        assert len(facts(races, race, "psot.race.stage.entered.v1")) == 1


def test_everybody_registered_is_reminded_once_in_their_own_words(races: Database) -> None:
    surroundings.attach(races, surroundings.Surroundings(base_url="https://psot.example/"))
    race = a_draft(races, title="Кубок Урала", remind_minutes=15)
    keep(races, MOMENTS["registers_at"])
    racers_come(races, race, language="ru", timezone="Asia/Yekaterinburg")
    racers_come(races, race, language="en", timezone="Europe/Moscow")
    due = MOMENTS["starts_at"] - 15 * MINUTE
    keep(races, due - SECOND)
    before = len(letters(races))
    for second in range(3):
        keep(races, due + second * SECOND)

    english, russian = sorted(letters(races), key=lambda one: "Скоро" in one.subject)
    assert before == 0
    assert (english.subject, russian.subject) == ("Soon: Кубок Урала", "Скоро старт: Кубок Урала")
    assert "12:40" in english.body
    assert "14:40" in russian.body
    assert f"https://psot.example/races/{race}" in russian.body


def test_who_withdrew_is_not_reminded(races: Database) -> None:
    race = a_draft(races)
    keep(races, MOMENTS["registers_at"])
    with races.begin() as session:
        member = a_member(session).id
        operations.register(session, race, member, now=NOW)
        operations.withdraw(session, race, member, now=NOW)
    keep(races, MOMENTS["zeroes_at"])

    assert letters(races) == []


def test_a_start_that_was_moved_is_reminded_of_again(races: Database) -> None:
    race = a_draft(races, remind_minutes=5, zeroes_at=None)
    keep(races, MOMENTS["registers_at"])
    racers_come(races, race)
    keep(races, MOMENTS["starts_at"] - MINUTE)
    with races.begin() as session:
        now = queries.race(session, race)
        later = MOMENTS["starts_at"] + 60 * MINUTE
        operations.edit(session, race, version=now.version, by=None, now=NOW, starts_at=later)
    keep(races, later - 5 * MINUTE)

    assert len(letters(races)) == 2


@pytest.fixture
def made(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Runtime]:
    runtime = connect(
        Settings(database_url=database_url, redis_url=redis_url, data_dir=tmp_path, demo=True)
    )
    yield runtime
    runtime.close()


def planned(redis: Redis) -> list[datetime]:
    queue = Queue(QUEUE, connection=redis, serializer=JSONSerializer)
    registry = queue.scheduled_job_registry
    return sorted(registry.get_scheduled_time(one) for one in registry.get_job_ids())


def test_the_job_of_the_schedule_is_on_the_workers_list() -> None:
    assert JOB in jobs.ALLOWED


def test_a_change_of_the_schedule_asks_for_a_job_at_the_next_moment(
    made: Runtime, redis: Redis
) -> None:
    with made.database.begin() as session:
        race = a_race(session, stage=Stage.DRAFT, racers=0)
        edited = operations.edit(
            session, race.id, version=race.version, by=None, now=NOW, **MOMENTS
        )
    first = planned(redis)
    keep(made.database, MOMENTS["announces_at"])

    assert edited.version == race.version + 1
    assert first == [MOMENTS["announces_at"]]
    assert planned(redis) == [MOMENTS["announces_at"], MOMENTS["registers_at"]]


def test_after_the_reminder_the_next_moment_is_asked_for(made: Runtime, redis: Redis) -> None:
    with made.database.begin() as session:
        race = a_race(session, remind_minutes=20, **MOMENTS)
    reminder = MOMENTS["starts_at"] - 20 * MINUTE
    before = planned(redis)
    keep(made.database, reminder)

    assert stage_of(made.database, race.id) is Stage.REGISTRATION
    assert before[-1] == reminder
    assert planned(redis)[-1] == MOMENTS["zeroes_at"]


def test_nothing_is_planned_by_a_change_that_is_taken_back(made: Runtime, redis: Redis) -> None:
    with made.database.session() as session:
        a_race(session, stage=Stage.ANNOUNCED, racers=0, **MOMENTS)
        session.rollback()

    assert planned(redis) == []


def test_rqs_own_scheduler_and_a_worker_move_the_race(made: Runtime, redis: Redis) -> None:
    with made.database.begin() as session:
        race = a_race(session, stage=Stage.DRAFT, racers=0, announces_at=NOW + MINUTE, now=NOW)
    queue = Queue(QUEUE, connection=redis, serializer=JSONSerializer)
    # The minute passes: what was planned for later is planned for a moment ago.
    redis.zadd(
        queue.scheduled_job_registry.key,
        dict.fromkeys(queue.scheduled_job_registry.get_job_ids(), 1),
    )
    scheduler = RQScheduler([QUEUE], connection=redis, serializer=JSONSerializer)
    scheduler.acquire_locks()
    scheduler.enqueue_scheduled_jobs()
    with clock.fixed(NOW + MINUTE):
        work(made, QUEUE, burst=True)

    assert planned(redis) == []
    assert stage_of(made.database, race.id) is Stage.ANNOUNCED
