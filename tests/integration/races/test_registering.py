"""Members register while registration is open, take it back, come again; all of it is told once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from psot.database import Database
from psot.members import operations as members
from psot.races import operations, queries
from psot.races.errors import AnswerInvalid, NotEntered, RaceInvalid, WrongStage
from psot.races.listing import own_entry
from psot.races.stages import Stage
from tests.integration.races.told import told
from tests.races import NOW, a_race
from tests.web import a_member

CLOSED = [one for one in Stage if one is not Stage.REGISTRATION]


def test_a_registration_keeps_the_region_of_that_moment_and_the_answers(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, racers=0)
        member = a_member(session, region="RU-SVE")
        number = operations.register(
            session,
            race.id,
            member.id,
            experience="experienced",
            employer="education",
            now=NOW,
        )
        members.change_details(
            session, member, members.Details(display_name="Анна", region="RU-MOW")
        )
        own = own_entry(session, race.id, member.id)

        assert own is not None
        assert (number, own.region, own.experience) == (1, "RU-SVE", "experienced")
        assert told(session, race.id, "member.registered") == [
            {"race": str(race.id), "member": str(member.id), "number": 1}
        ]


def test_registering_again_changes_the_answers_and_tells_nothing_new(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, racers=0)
        member = a_member(session).id
        operations.register(session, race.id, member, now=NOW)
        operations.register(session, race.id, member, experience="experienced", now=NOW)
        own = own_entry(session, race.id, member)

        assert own is not None
        assert own.experience == "experienced"
        assert len(told(session, race.id, "member.registered")) == 1


def test_who_withdrew_may_come_again_under_the_next_number(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, racers=0)
        member = a_member(session).id
        for _ in range(2):
            operations.register(session, race.id, member, now=NOW)
            operations.withdraw(session, race.id, member, now=NOW)
            operations.withdraw(session, race.id, member, now=NOW)
        third = operations.register(session, race.id, member, now=NOW)

        assert third == 3
        assert [one["number"] for one in told(session, race.id, "member.registered")] == [1, 2, 3]
        assert [one["number"] for one in told(session, race.id, "member.withdrew")] == [1, 2]


def test_the_same_registration_at_the_same_time_is_one(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, racers=0)
        member = a_member(session).id

    def come(_: int) -> int:
        with races.begin() as session:
            return operations.register(session, race.id, member, now=NOW)

    with ThreadPoolExecutor(6) as pool:
        numbers = set(pool.map(come, range(6)))
    with races.begin() as session:
        assert numbers == {1}
        assert len(told(session, race.id, "member.registered")) == 1


def test_whoever_registers_while_the_list_is_made_is_on_it_or_refused(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, racers=2)
        late = [a_member(session).id for _ in range(6)]

    def come(number: int) -> bool:
        with races.begin() as session:
            if number == len(late) // 2:
                operations.enter_stage(session, race.id, Stage.ZEROING, now=NOW, by=None)
                return False
            try:
                operations.register(session, race.id, late[number], now=NOW)
            except WrongStage:
                return False
            return True

    with ThreadPoolExecutor(4) as pool:
        entered = sum(pool.map(come, range(len(late))))
    with races.begin() as session:
        assert len(queries.start_list(session, race.id)) == 2 + entered


@pytest.mark.parametrize("stage", CLOSED)
def test_registration_is_open_at_its_stage_only(races: Database, stage: Stage) -> None:
    with races.begin() as session:
        race = a_race(session, stage=stage)
        member = a_member(session).id
        with pytest.raises(WrongStage):
            operations.register(session, race.id, member, now=NOW)
        with pytest.raises(WrongStage):
            operations.withdraw(session, race.id, member, now=NOW)


def test_who_never_registered_has_nothing_to_take_back(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, racers=0)
        with pytest.raises(NotEntered):
            operations.withdraw(session, race.id, a_member(session).id, now=NOW)


def test_an_answer_off_the_list_is_named(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, racers=0)
        member = a_member(session).id
        with pytest.raises(AnswerInvalid) as refused:
            operations.register(
                session, race.id, member, experience="champion", employer="circus", now=NOW
            )

        assert {*refused.value.fields} == {"experience", "employer"}


def test_extra_time_is_granted_until_the_race_runs(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.ZEROING)
        first, second = queries.start_list(session, race.id)
        operations.grant_time(session, race.id, first.member, 150)
        with pytest.raises(RaceInvalid):
            operations.grant_time(session, race.id, first.member, 99)
        with pytest.raises(NotEntered):
            operations.grant_time(session, race.id, a_member(session).id, 150)
        operations.enter_stage(session, race.id, Stage.RUNNING, now=NOW, by=None)
        with pytest.raises(WrongStage):
            operations.grant_time(session, race.id, second.member, 150)

        assert [one.time_percent for one in queries.start_list(session, race.id)] == [150, 100]
