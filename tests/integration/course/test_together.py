"""Answers that arrive together share a commit: no more statements, and nobody pays for another."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, event, text

from events.race import RacerFinished, TargetHit
from psot import clock, live
from psot.course import group, loading, marshal, operations, queries, sets, together
from psot.database import Database
from psot.live import Door, Visitor
from psot.races import queries as races
from psot.races.stages import Stage
from tests.course import Racer
from tests.ledger_of import facts_of
from tests.races import NOW, a_race
from tests.statements import Sent, statements
from tests.web import a_member, database_of

MASS = {"stations": 1, "falls": 1, "start": {"kind": "simultaneous"}}


@dataclass(kw_only=True)
class Field:
    """Racers of one race in their seats, who call over the socket."""

    app: Flask
    database: Database
    race: UUID
    racers: list[Racer]

    def call(self, racer: Racer, name: str, **data: Any) -> dict[str, Any]:
        """Call for ``racer``; an answer that is taken moves the racer on."""
        door: Door = self.app.extensions["psot.live"]
        visitor = Visitor(session="", member=racer.member, language="en")
        connection = live.Connection(sid="socket", visitor=visitor)
        said = {"race": str(self.race), "seat": racer.seat, **data}
        with clock.fixed(racer.now), self.app.app_context():
            told = door.events.answer(connection, name, (said,))
        if told["ok"]:
            racer.situation = told["situation"]
        return told

    def answer(self, racer: Racer, *, right: bool = True) -> dict[str, Any]:
        """Answer the task on the racer's screen."""
        number = racer.situation["task"]["number"]
        option = racer.option(number, right=right)
        return self.call(racer, "race.answer", task=number, option=option)

    def all_answer(self, racers: Sequence[Racer]) -> list[dict[str, Any]]:
        """Let ``racers`` answer right in the same moment."""
        asked = [
            (one, one.situation["task"]["number"], one.option(1, right=True)) for one in racers
        ]
        with ThreadPoolExecutor(len(racers)) as pool:
            return list(
                pool.map(
                    lambda one: self.call(one[0], "race.answer", task=one[1], option=one[2]), asked
                )
            )


@dataclass
class Counted:
    """What a database was asked, and how often it committed."""

    sent: Sent
    commits: int = 0
    late: int = 0
    """How many commits travelled by themselves, after everything else."""

    def clear(self) -> None:
        self.sent.said.clear()
        self.sent.trips.clear()
        self.commits = self.late = 0

    @property
    def statements(self) -> list[str]:
        """What was asked but for outages, which a house with a pulse knows."""
        return [words for words in self.sent.said if "race_outages" not in words]

    @property
    def alone(self) -> int:
        """How many statements travelled alone."""
        return len(self.statements) - sum(self.sent.trips)


@pytest.fixture
def racing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Field:
    """Four racers at their first task; whoever calls waits long enough for the others."""
    monkeypatch.setattr(group, "GATHER_S", 0.2)
    monkeypatch.setattr(group, "CROWD_GATHER_S", 0.2)
    return a_field(app, racers=4)


def a_field(
    app: Flask,
    *,
    racers: int,
    now: datetime = NOW,
    rules: str = "mass_start",
    options: dict[str, Any] = MASS,
) -> Field:
    database = database_of(app)
    with database.begin() as session:
        members = [a_member(session, language="en").id for _ in range(racers)]
        view = a_race(
            session,
            stage=Stage.RUNNING,
            racers=racers,
            members=members,
            options=options,
            now=now,
            format=rules,
        )
    assert view.zero_at is not None
    made = [Racer(database=database, race=view.id, member=one, now=view.zero_at) for one in members]
    for one in made:
        one.enter()
    return Field(app=app, database=database, race=view.id, racers=made)


@pytest.fixture
def counted(racing: Field) -> Iterator[Counted]:
    """Count what the database is asked from now on."""
    engine = racing.database.engine
    with statements(racing.database) as sent:
        seen = Counted(sent)

        def commit(connection: Connection) -> None:
            driver: psycopg.Connection[Any] = connection.connection.driver_connection
            seen.commits += 1
            seen.late += driver.info.transaction_status is not TransactionStatus.IDLE

        event.listen(engine, "commit", commit)
        yield seen
        event.remove(engine, "commit", commit)


@pytest.fixture
def in_company(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Counted]:
    """Return what makes calls from now on one company, however slow the machine is."""

    def begin() -> Counted:
        monkeypatch.setattr(group, "GATHER_S", 2.0)
        monkeypatch.setattr(group, "CROWD_GATHER_S", 2.0)
        counted.clear()
        return counted

    return begin


def look_first(racing: Field) -> None:
    """Let everybody look once, so that the process knows them; the outages too."""
    for one in racing.racers:
        assert racing.call(one, "race.look")["ok"]


TWO_TRIPS = [1, 2]
"""How many statements each trip of an answer has: the lock; what came of it, and its facts."""


def test_one_answer_costs_two_round_trips_the_commit_among_them(
    racing: Field, counted: Counted
) -> None:
    look_first(racing)
    one = racing.racers[0]
    option = one.option(1, right=True)
    counted.clear()

    assert racing.call(one, "race.answer", task=1, option=option)["ok"]

    assert (counted.sent.trips, counted.alone) == (TWO_TRIPS, 0)
    assert (counted.commits, counted.late) == (1, 0)


def test_four_answers_at_once_cost_no_more_than_one(
    racing: Field, in_company: Callable[[], Counted]
) -> None:
    look_first(racing)
    for one in racing.racers:
        one.pass_s(2)
    options = [one.option(1, right=True) for one in racing.racers]
    counted = in_company()

    with ThreadPoolExecutor(4) as pool:
        told = list(
            pool.map(
                lambda pair: racing.call(pair[0], "race.answer", task=1, option=pair[1]),
                zip(racing.racers, options, strict=True),
            )
        )

    assert [one["outcome"] for one in told] == ["right"] * 4
    assert (counted.sent.trips, counted.alone) == (TWO_TRIPS, 0)
    assert (counted.commits, counted.late) == (1, 0)
    assert len(facts_of(racing.database, racing.race)) == 4


def test_a_field_that_starts_at_once_is_read_at_once(
    racing: Field, in_company: Callable[[], Counted]
) -> None:
    """What the process knows of the race is enough: it met none of these racers before."""
    first, *others = racing.racers
    assert racing.call(first, "race.look")["ok"]
    for kept in (sets._lanes, sets._legs, loading._ways):
        kept._values.clear()
    counted = in_company()

    with ThreadPoolExecutor(3) as pool:
        told = list(pool.map(lambda one: racing.call(one, "race.look"), others))

    assert [one["situation"]["task"]["number"] for one in told] == [1, 1, 1]
    # Their lines, their locks and their tasks: the first of these they saw when they came in.
    assert (len(counted.statements), counted.commits) == (3, 1), counted.statements


def test_a_process_that_just_began_reads_the_race_once_however_many_look(
    racing: Field, in_company: Callable[[], Counted]
) -> None:
    for kept in (sets._sets, sets._views, sets._newest, sets._lanes, sets._legs, loading._ways):
        kept._values.clear()
    counted = in_company()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda one: racing.call(one, "race.look"), racing.racers))

    assert all(one["ok"] for one in told)
    assert sum("SELECT race_questions" in words for words in counted.statements) == 1
    assert counted.commits == 2, "one met the race, then all looked in company"


def test_a_race_that_does_not_exist_is_told_so(racing: Field) -> None:
    racing.race = UUID(int=0)

    told = racing.call(racing.racers[0], "race.look")

    assert (told["ok"], told["error"]["code"]) == (False, "unknown_race")


def test_who_is_not_on_the_start_list_is_told_so(racing: Field) -> None:
    look_first(racing)
    with racing.database.begin() as session:
        stranger = a_member(session, language="en").id
    one = racing.racers[0]
    one.member = stranger

    told = racing.call(one, "race.look")

    assert (told["ok"], told["error"]["code"]) == (False, "not_entered")


def test_a_mistake_of_one_is_told_to_that_one_alone(racing: Field) -> None:
    look_first(racing)
    options = [one.option(1, right=True) for one in racing.racers]
    options[1] = "0" * 16
    racing.racers[2].seat = "another"

    with ThreadPoolExecutor(4) as pool:
        told = list(
            pool.map(
                lambda pair: racing.call(pair[0], "race.answer", task=1, option=pair[1]),
                zip(racing.racers, options, strict=True),
            )
        )

    assert [one["ok"] for one in told] == [True, False, False, True]
    assert [one["error"]["code"] for one in told[1:3]] == ["option_invalid", "taken_over"]
    assert told[1]["error"]["message"] == "Choose from the options shown."
    assert len(facts_of(racing.database, racing.race)) == 2


def test_a_racer_whose_lock_is_held_keeps_nobody_waiting(racing: Field) -> None:
    look_first(racing)
    held, *others = racing.racers
    with racing.database.begin() as session:
        session.execute(
            text("SELECT FROM race_runs WHERE race = :race AND bib = :bib FOR UPDATE"),
            {"race": racing.race, "bib": held.bib},
        )
        assert all(one["ok"] for one in racing.all_answer(others))
        assert len(facts_of(racing.database, racing.race)) == 3
    assert racing.answer(held)["outcome"] == "right"


def test_what_another_process_wrote_meanwhile_is_seen(racing: Field) -> None:
    look_first(racing)
    one = racing.racers[0]
    known = loading._ways.get((racing.race, one.bib))
    assert known is not None
    one.pass_s(2)
    one.answer(right=True)
    loading._ways.put((racing.race, one.bib), known)  # the other process did that

    assert one.situation["task"]["number"] == 2
    again = racing.call(one, "race.answer", task=1, option=one.option(1, right=True))
    assert (again["outcome"], again["repeated"]) == ("right", True)
    one.pass_s(1)
    assert racing.answer(one)["outcome"] == "right"
    assert keys_of(racing, one) == [f"{racing.race}:{one.bib}:{number}" for number in (1, 2)]


def test_an_answer_stamped_before_the_last_look_is_judged_at_its_own_moment(
    racing: Field,
) -> None:
    look_first(racing)
    one = racing.racers[0]
    one.pass_s(2)
    racing.answer(one)
    shown_at = one.now
    number = one.situation["task"]["number"]
    option = one.option(number, right=True)
    one.pass_s(19)
    racing.call(one, "race.look")
    one.now = shown_at.replace(microsecond=0)
    one.pass_s(10)

    assert racing.call(one, "race.answer", task=number, option=option)["outcome"] == "right"

    (hit,) = [fact for fact in facts_of(racing.database, racing.race) if type(fact) is TargetHit]
    with racing.database.begin() as session:
        assert hit.t_ms == races.race(session, racing.race).t_ms(one.now)


def test_an_answer_after_the_deadline_is_late_and_kept(racing: Field) -> None:
    look_first(racing)
    one = racing.racers[0]
    one.pass_s(2)
    racing.answer(one)
    number = one.situation["task"]["number"]
    option = one.option(number, right=True)
    one.pass_s(120)

    assert racing.call(one, "race.answer", task=number, option=option)["outcome"] == "late"

    with racing.database.begin() as session:
        stored = queries.tasks(session, racing.race, one.bib)[number - 1]
    assert (stored.chosen, stored.outcome) == (None, "late")
    assert stored.late_ms is not None


def test_nothing_is_taken_once_the_race_is_locked(racing: Field) -> None:
    look_first(racing)
    one = racing.racers[0]
    with racing.database.begin() as session:
        operations.close(session, racing.race, one.now)

    told = racing.answer(one)

    assert (told["ok"], told["error"]["code"]) == (False, "off_course")


def test_a_racer_who_was_taken_out_is_refused(racing: Field) -> None:
    look_first(racing)
    one = racing.racers[0]
    with racing.database.begin() as session:
        assert not operations.bring_up(session, racing.race, one.bib, one.now)
        operations.take_out(session, racing.race, one.bib, "DSQ")

    told = racing.answer(one)

    assert (told["ok"], told["error"]["code"]) == (False, "off_course")


def test_a_database_that_does_not_answer_means_send_it_again(
    racing: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_first(racing)
    one = racing.racers[0]
    option = one.option(1, right=True)

    def broken(*_: Any) -> None:
        raise together.OperationalError("SELECT", {}, OSError("gone"))

    with monkeypatch.context() as patch:
        patch.setattr(together, "load_free", broken)
        told = racing.call(one, "race.answer", task=1, option=option)
    assert (told["ok"], told["error"]["code"]) == (False, "unavailable")

    assert racing.call(one, "race.answer", task=1, option=option)["outcome"] == "right"


def test_a_field_that_races_together_comes_in_and_the_race_is_locked(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group, "GATHER_S", 0.02)
    short = {"laps": 2, "bouts": ["P"], "stations": 1, "falls": 1, "fall_s": 1, "loop_s": 2}
    racing = a_field(app, racers=3, rules="sprint", options={**short, "start": MASS["start"]})

    def step(one: Racer) -> None:
        one.pass_s(2)
        if one.situation["task"] is None:
            assert racing.call(one, "race.look")["ok"]
        else:
            right = one.bib != 2 or one.situation["task"]["number"] % 3 > 0
            assert racing.answer(one, right=right)["ok"]

    with ThreadPoolExecutor(3) as pool:
        while left := [one for one in racing.racers if not one.situation["closed"]]:
            list(pool.map(step, left))

    marshal.keep(racing.database, max(one.now for one in racing.racers))
    with racing.database.begin() as session:
        assert races.race(session, racing.race).stage is Stage.LOCKED
    finished = [one.situation["total_ms"] for one in racing.racers]
    assert sorted(
        fact.bib for fact in facts_of(racing.database, racing.race) if type(fact) is RacerFinished
    ) == [1, 2, 3]
    assert all(finished)


@given(story=st.lists(st.tuples(st.sampled_from("srw"), st.booleans()), min_size=1, max_size=12))
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whether_a_racer_was_kept_or_read_anew_makes_no_difference(
    app: Flask, story: list[tuple[str, bool]]
) -> None:
    """Of two racers with the same answers one goes through one process, the other through many."""
    racing = a_field(app, racers=2)
    kept, anew = racing.racers
    for what, right in story:
        for one in (kept, anew):
            one.pass_s(3 if what != "w" else 30)
            if one.situation["task"] is None or what == "w":
                if one is kept:
                    racing.call(one, "race.look")
                else:
                    one.look()
            elif one is kept:
                racing.answer(one, right=right)
            else:
                one.answer(right=right)
    told = {
        one.bib: [
            (type(fact).__name__, fact.t_ms)
            for fact in facts_of(racing.database, racing.race)
            if getattr(fact, "bib", None) == one.bib
        ]
        for one in racing.racers
    }
    assert told[kept.bib] == told[anew.bib]
    shown = [
        {**one.situation, "task": bool(one.situation["task"])} | dict.fromkeys(_OWN)
        for one in racing.racers
    ]
    assert shown[0] == shown[1]


_OWN = ("bib", "probe", "hold")
"""What two racers with the same answers do not share."""


def keys_of(racing: Field, racer: Racer) -> list[str]:
    with racing.database.begin() as session:
        rows = session.execute(
            text("SELECT key FROM ledger_facts WHERE key LIKE :race ORDER BY seq"),
            {"race": f"{racing.race}:{racer.bib}:%"},
        )
        return [row.key for row in rows]
