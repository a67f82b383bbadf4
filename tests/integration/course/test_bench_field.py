"""What the race bench makes in bulk is what the product makes one by one."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from bench import race_field
from bench.history_facts import older
from psot import clock
from psot.config import Settings
from psot.course import operations as course
from psot.ledger.verify import verify
from psot.projections import CATALOGUE
from psot.races import queries
from psot.runtime import Runtime, connect
from tests.course import Racer


@pytest.fixture
def made(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Runtime]:
    settings = Settings(database_url=database_url, redis_url=redis_url, data_dir=tmp_path)
    runtime = connect(settings)
    yield runtime
    runtime.close()


def test_racers_race_from_the_seats_they_were_given(made: Runtime, tmp_path: Path) -> None:
    race = race_field.field(made, 3)
    race_field.take_seats(made, race)
    race_field.write_seats(made, race, tmp_path / "seats")
    zero_s = race_field.start(made, race)
    seats = [json.loads(line) for line in (tmp_path / "seats").read_text().splitlines()]
    with made.database.begin() as session:
        zero_at = queries.race(session, race).zero_at
    assert zero_at is not None
    racers = [
        Racer(
            database=made.database,
            race=race,
            member=UUID(one["member"]),
            now=zero_at + timedelta(seconds=1),
            seat=one["seat"],
        )
        for one in seats
    ]
    for racer in racers:
        racer.look()
        racer.answer(right=True)
    racers[0].pass_s(1)
    racers[0].look()
    racers[0].answer(right=False)

    assert 0 < zero_s <= race_field.SOON_S
    assert [one["bib"] for one in seats] == [1, 2, 3]
    assert race_field.answers_told(made, race) == {1: 2, 2: 1, 3: 1}


def test_a_shot_whose_time_ran_out_is_not_taken_for_an_answer(made: Runtime) -> None:
    race = race_field.field(made, 1)
    race_field.take_seats(made, race)
    race_field.start(made, race)
    with made.database.begin() as session:
        zero_at = queries.race(session, race).zero_at
    assert zero_at is not None
    racer = Racer(
        database=made.database,
        race=race,
        member=UUID(int=1),
        now=zero_at,
        seat="seat-1",
    )
    answers = 0
    while racer.look()["task"]["kind"] == "station":
        racer.answer(right=True)
        racer.pass_s(1)
        answers += 1
    racer.pass_s(race_field.OPTIONS["prone_s"] + 5)
    racer.look()

    assert race_field.answers_told(made, race) == {1: answers}


def test_seats_are_taken_over_from_who_entered_before(made: Runtime) -> None:
    race = race_field.field(made, 1)
    with made.database.begin() as session:
        course.enter(session, race=race, member=UUID(int=1), now=clock.now())
    race_field.take_seats(made, race)
    race_field.start(made, race)
    with made.database.begin() as session:
        zero_at = queries.race(session, race).zero_at
    assert zero_at is not None
    racer = Racer(database=made.database, race=race, member=UUID(int=1), now=zero_at, seat="seat-1")

    assert racer.look()["seat_no"] == 2


def test_older_facts_are_facts_of_the_ledger_with_nothing_left_to_do(made: Runtime) -> None:
    older(made, 130)
    with made.database.begin() as session:
        waiting = session.execute(
            text("SELECT count(*) FROM ledger_deliveries WHERE delivered_at IS NULL")
        ).scalar_one()
        logged = session.execute(text("SELECT count(*) FROM race_log")).scalar_one()
    verdicts = verify(made.database, CATALOGUE["standings"])

    assert (waiting, logged) == (0, 130)
    assert [(one.rows, one.drifted) for one in verdicts] == [(130, 0)]
