"""The marshal: what happens to racers who do not look, and the end of a race by itself."""

from datetime import datetime, timedelta

from sqlalchemy import text

from events.race import PenaltyLoopDone, RacerAbsent, RacerRetired, TargetMissed
from psot.course import closing, marshal, pulse, queries, undoing
from psot.database import Database
from psot.races import operations as office
from psot.races import queries as races
from psot.races.stages import Stage
from tests.course import Racer
from tests.integration.course.conftest import Starter
from tests.ledger_of import facts_of
from tests.races import NOW, a_race, racer

hold = text("SELECT 1 FROM race_runs WHERE race = :race AND bib = :bib FOR UPDATE")
forget = text("DELETE FROM race_runs WHERE race = :race AND bib = :bib")


def at_the_range(one: Racer) -> dict[str, object]:
    """Bring a racer to the first shot and return its task."""
    one.look()
    one.pass_s(2)
    one.answer(right=True)
    task: dict[str, object] = one.look()["task"]
    assert task["kind"] == "P"
    return task


def test_a_racer_who_went_away_misses_at_the_deadline_and_boards_hear_of_it(
    start: Starter,
) -> None:
    (one,) = start()
    at_the_range(one)
    shown_at = one.now
    marshal.keep(one.database, shown_at + timedelta(seconds=20, milliseconds=600))
    assert not [f for f in facts_of(one.database, one.race) if isinstance(f, TargetMissed)]
    marshal.keep(one.database, shown_at + timedelta(seconds=45))
    (missed,) = [f for f in facts_of(one.database, one.race) if isinstance(f, TargetMissed)]
    assert missed.t_ms == (shown_at - one_zero(one)) // timedelta(milliseconds=1) + 20_000
    one.pass_s(60)
    assert one.look()["task"]["number"] == 3


def test_an_answer_in_time_counts_however_long_it_waits_for_its_turn(start: Starter) -> None:
    (one,) = start()
    task = at_the_range(one)
    in_time = one.now + timedelta(seconds=19)

    marshal.keep(one.database, one.now + timedelta(seconds=30))  # it still waits, we are busy
    one.now = in_time
    one.answer(right=True)

    assert one.situation["last"] == {"task": task["number"], "outcome": "right"}
    facts = facts_of(one.database, one.race)
    assert not [fact for fact in facts if isinstance(fact, TargetMissed)]


def test_nobody_misses_while_the_service_is_away(start: Starter) -> None:
    (one,) = start()
    at_the_range(one)
    with one.database.begin() as session:
        pulse.beat(session, one.now + timedelta(seconds=1))
    marshal.keep(one.database, one.now + timedelta(seconds=300))
    assert not [f for f in facts_of(one.database, one.race) if isinstance(f, TargetMissed)]
    with one.database.begin() as session:
        pulse.beat(session, one.now + timedelta(seconds=301))
    marshal.keep(one.database, one.now + timedelta(seconds=302))
    assert one.look()["task"]["due_ms"] > one.situation["task"]["shown_ms"] + 300_000
    kinds = {type(f).__name__ for f in facts_of(one.database, one.race)}
    assert "TargetMissed" not in kinds


def test_loops_end_for_a_racer_who_does_not_look(start: Starter) -> None:
    (one,) = start()
    at_the_range(one)
    for number in range(5):
        one.pass_s(1)
        one.answer(right=number > 0)
    assert one.situation["hold"]["kind"] == "loop"
    marshal.keep(one.database, one.now + timedelta(seconds=24))
    assert [f for f in facts_of(one.database, one.race) if isinstance(f, PenaltyLoopDone)]


def test_a_sweep_waits_for_nobody_whose_own_call_is_being_dealt_with(start: Starter) -> None:
    first, second = racers = start(2)
    second.pass_s(30)  # who starts later
    for one in racers:
        at_the_range(one)
    later = max(one.now for one in racers) + timedelta(seconds=45)
    mine = {"race": first.race, "bib": first.bib}

    def missed() -> set[int]:
        told = facts_of(first.database, first.race)
        return {fact.bib for fact in told if isinstance(fact, TargetMissed)}

    with first.database.begin() as session:
        session.execute(hold, mine)
        marshal.keep(first.database, later)
        assert missed() == {second.bib}
    marshal.keep(first.database, later)
    assert missed() == {first.bib, second.bib}


def test_a_race_locks_itself_when_everybody_is_in(start: Starter) -> None:
    first, second = start(2)
    end = first.race_on()
    marshal.keep(first.database, first.now)
    with first.database.begin() as session:
        assert races.race(session, first.race).stage is Stage.RUNNING
    second.race_on()
    later = max(first.now, second.now)
    marshal.keep(first.database, later)
    with first.database.begin() as session:
        view = races.race(session, first.race)
    assert (view.stage, view.locked_at) == (Stage.LOCKED, later)
    assert end["state"] == "finished"
    assert first.look()["closed"]


def test_the_close_marks_who_never_began_and_who_did_not_come_in(start: Starter) -> None:
    one, absent, done = start(3)
    one.look()
    done.race_on()
    later = done.now + timedelta(hours=1)
    with one.database.begin() as session:
        # The second never took a seat: the fixture's does not count.
        session.execute(forget, {"race": absent.race, "bib": absent.bib})
    with one.database.begin() as session:
        closing.close(session, one.race, later)
    told = facts_of(one.database, one.race)
    assert [f.bib for f in told if isinstance(f, RacerRetired)] == [one.bib]
    assert [f.bib for f in told if isinstance(f, RacerAbsent)] == [absent.bib]
    with one.database.begin() as session:
        assert queries.told(session, one.race) == len(told)
        assert queries.out(session, one.race) == {one.bib, absent.bib}


def one_zero(one: Racer) -> datetime:
    """The race's zero."""
    with one.database.begin() as session:
        zero = races.race(session, one.race).zero_at
    assert zero is not None
    return zero


def test_a_start_list_that_is_undone_takes_its_seats_with_it(ground: Database) -> None:
    undoing.listen()
    with ground.begin() as session:
        view = a_race(session, stage=Stage.ZEROING, racers=1)
        member = racer(session, view.id, 1)
    Racer(database=ground, race=view.id, member=member, now=NOW).enter()
    with ground.begin() as session:
        assert queries.entered(session, view.id) == 1
        office.enter_stage(session, view.id, Stage.REGISTRATION, now=NOW, by=None)
        assert queries.entered(session, view.id) == 0
