"""A member races a finished race again as practice, for themselves alone."""

from datetime import timedelta

import pytest

from psot.database import Database
from psot.races import operations, queries
from psot.races.errors import UnknownRace, WrongStage
from psot.races.stages import Stage
from tests.integration.races.told import told
from tests.races import NOW, a_race, racer
from tests.web import a_member


def test_a_practice_has_the_questions_of_its_race_and_draws_of_its_own(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.OFFICIAL, racers=3)
        member = racer(session, race.id, 2)
        made = operations.start_practice(session, race.id, member, NOW)

        assert (made.stage, made.practice_of) == (Stage.RUNNING, race.id)
        assert made.zero_at == NOW + timedelta(seconds=10)
        assert [one.bib for one in queries.start_list(session, made.id)] == [2]
        assert [one.start_ms for one in queries.starts(session, made.id)] == [0]
        assert queries.question_set(session, made.id) == queries.question_set(session, race.id)
        assert made.questions_sha256 == race.questions_sha256
        assert queries.secret(session, made.id) != queries.secret(session, race.id)
        assert [one["stage"] for one in told(session, made.id, "stage.entered")] == ["running"]


def test_who_was_not_in_the_race_practises_under_bib_one(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.PROVISIONAL)
        member = a_member(session, region="RU-SVE").id
        made = operations.start_practice(session, race.id, member, NOW)
        (only,) = queries.start_list(session, made.id)

        assert (only.bib, only.member, only.region) == (1, member, "RU-SVE")


def test_in_a_relay_the_first_leg_is_practised(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.OFFICIAL, format="relay", racers=4)
        made = operations.start_practice(session, race.id, racer(session, race.id, 3), NOW)
        (line,) = queries.starts(session, made.id)

        assert (line.bib, line.leg, line.start_ms) == (3, 1, 0)
        assert line.team is not None


def test_a_running_practice_is_given_back(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.OFFICIAL)
        member = a_member(session).id
        first, second = (operations.start_practice(session, race.id, member, NOW) for _ in range(2))
        operations.enter_stage(session, first.id, Stage.LOCKED, now=NOW, by=None)
        third = operations.start_practice(session, race.id, member, NOW)

        assert first.id == second.id != third.id


@pytest.mark.parametrize("stage", [Stage.REGISTRATION, Stage.RUNNING, Stage.LOCKED])
def test_a_race_without_results_is_not_practised(races: Database, stage: Stage) -> None:
    with races.begin() as session:
        race = a_race(session, stage=stage)
        with pytest.raises(WrongStage):
            operations.start_practice(session, race.id, a_member(session).id, NOW)


def test_a_practice_is_nobody_elses_to_see(races: Database) -> None:
    with races.begin() as session:
        race = a_race(session, stage=Stage.OFFICIAL)
        member, other = a_member(session).id, a_member(session).id
        made = operations.start_practice(session, race.id, member, NOW)

        assert queries.visible_race(session, made.id, member=member) == made
        for reader in (other, None):
            with pytest.raises(UnknownRace):
                queries.visible_race(session, made.id, member=reader)
