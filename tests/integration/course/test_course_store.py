"""What racers' rows cost the database: as many as are asked for, however large the field."""

from uuid import UUID

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from psot.course import store
from psot.course.rows import TaskRow
from psot.races.stages import Stage
from psot.trips import one_trip
from tests.races import a_race
from tests.web import database_of

FIELD, TASKS = 2_000, 10
_RUNS = text(
    "INSERT INTO race_runs (race, bib, member, rtts_ms, bucket_ms)"
    " SELECT :race, bib, gen_random_uuid(), '[]', 0 FROM generate_series(1, :field) AS bib"
)
_TASKS = text(
    "INSERT INTO race_tasks"
    " (race, bib, number, leg, lap, kind, question, version, options, shown_ms)"
    " SELECT :race, bib, number, 1, 1, 'S', 'first', 1, '[]', number"
    " FROM generate_series(1, :field) AS bib, generate_series(1, :tasks) AS number"
)
_READ = text(
    "SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0) FROM pg_stat_xact_user_tables"
    " WHERE relname IN ('race_runs', 'race_tasks')"
)


def a_task(bib: int, number: int) -> TaskRow:
    return TaskRow(
        bib=bib,
        number=number,
        leg=1,
        lap=1,
        kind="S",
        question="first",
        version=1,
        options=[],
        shown_ms=number,
        limit_ms=None,
        allowance_ms=0,
        outcome="right",
        ended_ms=number + 1,
    )


def read(session: Session) -> int:
    """How many rows of runs and tasks this transaction has read."""
    return int(session.execute(_READ).scalar_one())


def a_field(session: Session) -> UUID:
    race = a_race(session, stage=Stage.RUNNING, racers=1).id
    told = {"race": race, "field": FIELD, "tasks": TASKS}
    session.execute(text("DELETE FROM race_runs WHERE race = :race"), told)
    session.execute(_RUNS, told)
    session.execute(_TASKS, told)
    return race


def test_a_company_is_written_without_reading_the_rest_of_the_field(app: Flask) -> None:
    with database_of(app).begin() as session:
        race, bibs = a_field(session), [7, 1_900]
        before = read(session)

        runs = store.lock(session, race, bibs)
        for one in runs.values():
            one.told = 5
        racers = [
            store.Written(run=runs[bib], shown=[a_task(bib, TASKS + 1)], ended=[a_task(bib, TASKS)])
            for bib in bibs
        ]
        with one_trip(session) as trip:
            mark = store.write(trip, race, racers)
        mark()

        # Each of the two: the run twice, and the tasks that there are.
        assert 0 < read(session) - before <= len(bibs) * (2 + TASKS)
        for bib, tasks in store.tasks(session, race, bibs).items():
            assert [one.number for one in tasks] == list(range(1, TASKS + 2)), bib
            assert tasks[TASKS - 1].outcome == "right"
        assert [one.told for one in store.lock(session, race, bibs).values()] == [5, 5]
