"""A racer on the course: every shot stored before it is shown, the first answer wins, time runs."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from events.race import PenaltyLoopDone, RacerFinished, TargetHit, TargetMissed
from psot.course import operations, pulse, queries
from psot.course.errors import AnswerStands, NotShown, OffCourse, OptionInvalid, TakenOver
from psot.database import Database
from psot.ledger.models import FactRow
from psot.races import operations as office
from psot.races.errors import NotEntered
from psot.races.stages import Stage
from scoring.biathlon import Book, Entry, load_format, protocol
from tests.course import Racer
from tests.integration.course.conftest import Starter
from tests.ledger_of import facts_of
from tests.races import NOW, SMALL, a_race, racer
from tests.races import enter as register
from tests.web import a_member


def test_a_whole_sprint_is_raced_and_its_protocol_follows_from_the_ledger(start: Starter) -> None:
    (one,) = start()
    end = one.race_on(misses=(2, 6, 7))
    assert (end["state"], end["shootings"], end["closed"]) == ("finished", "1+2", True)
    facts = facts_of(one.database, one.race)
    loops = [fact for fact in facts if isinstance(fact, PenaltyLoopDone)]
    assert len(loops) == 3
    book = Book(load_format("sprint", SMALL), [Entry(bib=one.bib)])
    book.add(facts)
    (result,) = protocol(book.race()).results
    assert (result.total_ms, result.shootings) == (end["total_ms"], "1+2")
    assert end["splits"][-1]["point"] == "finish"


def test_the_question_is_stored_before_it_is_shown_and_a_reload_shows_the_same(
    start: Starter,
) -> None:
    (one,) = start()
    first = one.look()
    with one.database.begin() as session:
        stored = queries.tasks(session, one.race, one.bib)
    assert [task.number for task in stored] == [first["task"]["number"]]
    one.pass_s(3)
    again = one.enter()
    assert again["task"] == first["task"]
    assert again["now_ms"] == first["now_ms"] + 3_000


def test_what_is_shown_names_no_question_and_no_key(start: Starter) -> None:
    (one,) = start()
    task = one.look()["task"]
    with one.database.begin() as session:
        (stored,) = queries.tasks(session, one.race, one.bib)
    assert stored.question not in str(one.situation)
    assert {option["id"] for option in task["options"]}.isdisjoint(dict(stored.options).values())
    assert set(task) == {
        "number",
        "kind",
        "topic",
        "topic_name",
        "text",
        "options",
        "shown_ms",
        "limit_ms",
        "due_ms",
    }


def test_the_same_answer_again_gets_the_same_outcome_and_another_is_refused(
    start: Starter,
) -> None:
    (one,) = start()
    one.look()
    number = one.situation["task"]["number"]
    right, wrong = one.option(number, right=True), one.option(number, right=False)
    first = one.send(number, right)
    one.pass_s(5)
    again = one.send(number, right)
    assert (first.outcome, first.repeated) == ("right", False)
    assert (again.outcome, again.repeated) == ("right", True)
    with pytest.raises(AnswerStands):
        one.send(number, wrong)
    for _ in range(2):
        with one.database.begin() as session:
            operations.contradict(
                session, race=one.race, member=one.member, task=number, received_at=one.now
            )
    with one.database.begin() as session:
        assert queries.tasks(session, one.race, one.bib)[0].contradicted == 2
        told = session.scalar(
            select(func.count())
            .select_from(FactRow)
            .where(FactRow.type == "psot.race.answer.contradicted.v1")
        )
    assert told == 1


def test_ten_answers_at_once_are_one_answer(start: Starter) -> None:
    (one,) = start()
    one.look()
    number = one.situation["task"]["number"]
    option = one.option(number, right=True)
    with ThreadPoolExecutor(10) as pool:
        made = list(pool.map(lambda _: one.send(number, option), range(10)))
    assert {answer.outcome for answer in made} == {"right"}
    assert sum(not answer.repeated for answer in made) == 1
    assert len(facts_of(one.database, one.race)) == 1


def test_a_shot_without_an_answer_is_a_miss_at_its_deadline_and_a_late_one_is_kept(
    start: Starter,
) -> None:
    (one,) = start()
    one.look()
    one.pass_s(2)
    one.answer(right=True)
    shot = one.look()["task"]
    assert (shot["kind"], shot["limit_ms"], shot["due_ms"] - shot["shown_ms"]) == (
        "P",
        20_000,
        20_000,
    )
    one.pass_s(21)
    late = one.answer(right=True, task=shot["number"])
    assert (late.outcome, late.repeated) == ("late", False)
    assert one.answer(right=True, task=shot["number"]).repeated
    with one.database.begin() as session:
        stored = queries.tasks(session, one.race, one.bib)[1]
    assert stored.chosen is None
    assert (stored.outcome, stored.ended_ms) == ("late", stored.shown_ms + 20_000)
    assert stored.late_ms == stored.shown_ms + 21_000
    missed = [fact for fact in facts_of(one.database, one.race) if isinstance(fact, TargetMissed)]
    assert [fact.t_ms for fact in missed] == [stored.ended_ms]


def test_a_connection_stretches_the_deadline_by_its_lowest_round_trip(start: Starter) -> None:
    (one,) = start()
    one.look()
    for rtt_s in (0.3, 0.12, 0.2):
        one.pass_s(rtt_s)
        one.look(probe=True)
    assert (one.situation["rtt_ms"], one.situation["allowance_ms"]) == (120, 120)
    one.answer(right=True)
    shot = one.look()["task"]
    assert shot["due_ms"] - shot["shown_ms"] == 20_120
    one.pass_s(20.1)
    assert one.answer(right=True).outcome == "right"
    with one.database.begin() as session:
        (run,) = queries.runs(session, one.race)
    # 100 ms of the 450 were used, and the shot brought 150.
    assert run.bucket_ms == 500
    assert [type(fact) for fact in facts_of(one.database, one.race)][-1] is TargetHit


def test_an_outage_stretches_the_deadline_that_it_touched(start: Starter) -> None:
    (one,) = start()
    one.look()
    one.pass_s(2)
    one.answer(right=True)
    shot = one.look()["task"]
    before = one.now
    with one.database.begin() as session:
        pulse.beat(session, before + timedelta(seconds=2))
        pulse.beat(session, before + timedelta(seconds=12))
    one.pass_s(25)
    assert one.look()["task"]["due_ms"] == shot["due_ms"] + 10_000
    assert one.answer(right=True).outcome == "right"
    with one.database.begin() as session:
        assert queries.tasks(session, one.race, one.bib)[1].credit_ms == 10_000


def test_a_second_device_takes_over_and_the_first_is_out(start: Starter) -> None:
    (first,) = start()
    second = Racer(database=first.database, race=first.race, member=first.member, now=first.now)
    first.look()
    second.enter()
    assert second.situation["seat_no"] == first.situation["seat_no"] + 1
    assert second.situation["task"] == first.situation["task"]
    with pytest.raises(TakenOver):
        first.look()
    with pytest.raises(TakenOver):
        first.answer(right=True)
    assert second.answer(right=True).outcome == "right"


def test_two_falls_pass_a_station_and_each_holds(start: Starter) -> None:
    (one,) = start()
    one.look()
    one.pass_s(2)
    one.answer(right=False)
    hold = one.situation["hold"]
    assert (hold["kind"], hold["until_ms"] - hold["from_ms"]) == ("fall", 10_000)
    assert hold["memo"] is not None
    assert one.situation["task"] is None
    one.pass_s(10)
    fresh = one.look()
    assert (fresh["falls"], fresh["task"]["number"]) == (1, 2)
    one.pass_s(2)
    one.answer(right=False)
    one.pass_s(10)
    assert one.look()["state"] == "range"


def test_the_clock_of_extra_time_stretches_the_limits(ground: Database) -> None:
    with ground.begin() as session:
        view = a_race(session, stage=Stage.REGISTRATION, racers=0)
        member = a_member(session).id
        register(session, view.id, [member])
        office.grant_time(session, view.id, member, 150)
        office.enter_stage(session, view.id, Stage.ZEROING, now=NOW, by=None)
        view = office.enter_stage(session, view.id, Stage.RUNNING, now=NOW, by=None)
    assert view.zero_at is not None
    one = Racer(database=ground, race=view.id, member=member, now=view.zero_at)
    one.enter()
    one.pass_s(2)
    one.answer(right=True)
    assert one.situation["task"]["limit_ms"] == 30_000


def test_whoever_is_not_on_the_list_or_comes_too_early_or_sends_nonsense_is_told(
    ground: Database, start: Starter
) -> None:
    (one,) = start()
    with ground.begin() as session:
        stranger = a_member(session).id
        early = a_race(session, stage=Stage.REGISTRATION, racers=1)
    with pytest.raises(NotEntered):
        Racer(database=ground, race=one.race, member=stranger, now=one.now).enter()
    with pytest.raises((NotEntered, OffCourse)):
        Racer(database=ground, race=early.id, member=one.member, now=one.now).enter()
    one.look()
    with pytest.raises(NotShown):
        one.send(7, "0" * 16)
    with pytest.raises(OptionInvalid):
        one.send(1, "0" * 16)
    assert facts_of(ground, one.race) == []


def test_in_zeroing_the_racer_waits_and_the_connection_is_measured(ground: Database) -> None:
    with ground.begin() as session:
        view = a_race(session, stage=Stage.ZEROING, racers=1)
        member = racer(session, view.id, 1)
    one = Racer(database=ground, race=view.id, member=member, now=NOW)
    one.enter()
    one.pass_s(0.08)
    waiting = one.look(probe=True)
    assert (waiting["state"], waiting["task"], waiting["rtt_ms"]) == ("on the line", None, 80)
    with pytest.raises(NotShown):
        one.send(1, "0" * 16)


def test_the_second_starter_waits_for_the_own_start(start: Starter) -> None:
    first, second = start(2)
    assert first.look()["task"] is not None
    waiting = second.look()
    assert (waiting["state"], waiting["task"]) == ("on the line", None)
    assert waiting["start_ms"] - first.situation["start_ms"] == 30_000
    second.pass_s(30)
    assert second.look()["task"] is not None


def test_a_relay_hands_over_and_the_mate_starts_at_that_moment(start: Starter) -> None:
    team = start(4, format="relay")
    by_leg = {one.look()["leg"]: one for one in team}
    end = by_leg[1].race_on(misses=(1,))
    assert end["state"] == "exchange"
    mate = by_leg[2]
    mate.now = by_leg[1].now
    assert mate.look()["start_ms"] == end["finish_ms"]
    for leg in (2, 3, 4):
        by_leg[leg].now = by_leg[leg - 1].now
        by_leg[leg].look()
        last = by_leg[leg].race_on()
    assert last["state"] == "finished"
    finished = [f for f in facts_of(mate.database, mate.race) if isinstance(f, RacerFinished)]
    assert len(finished) == 1
