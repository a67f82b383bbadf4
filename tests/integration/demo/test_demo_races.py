"""The demo community has raced once, and is about to race again."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from psot import clock
from psot.demo import ACCOUNTS
from psot.demo.load import load
from psot.demo.races import FINISHED, OPEN, SEASON
from psot.jury import queries as jury
from psot.members import operations as members
from psot.races import queries
from psot.races.models import Race
from psot.races.stages import Stage
from psot.races.values import RaceView
from psot.runtime import Runtime, connect
from psot.standings import queries as standings
from scoring.biathlon import protocol, written
from tests.integration.demo.conftest import Community

NOVEMBER = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture
def made(community: Community) -> Runtime:
    return connect(community(NOVEMBER))


def called(session: Session, title: str) -> RaceView:
    return queries.view(session.scalars(select(Race).where(Race.title == title)).one())


def test_one_race_is_official_and_its_protocol_is_what_the_ledger_says(made: Runtime) -> None:
    with made.database.begin() as session:
        race = called(session, FINISHED)
        told = jury.published(session, race.id)
        recomputed = written(protocol(standings.book(session, race.id).race()))["results"]

        assert race.stage is Stage.OFFICIAL
        assert race.season == SEASON
        assert told is not None
        assert told.stage == "official"
        kept = [{name: line[name] for name in recomputed[0]} for line in told.body["results"]]
        assert kept == recomputed
    made.close()


def test_the_racer_of_the_banner_took_part_and_finished(made: Runtime) -> None:
    (account,) = (one for one in ACCOUNTS if one.role == "racer")
    with made.database.begin() as session:
        race = called(session, FINISHED)
        member = members.find(session, account.email).id
        bib = queries.bib_of(session, race.id, member)
        told = jury.published(session, race.id)

        assert told is not None
        (line,) = (one for one in told.body["results"] if one["bib"] == bib)
        assert line["rank"] is not None
        assert {one["irm"] for one in told.body["results"]} == {None, "DNS", "DNF"}
    made.close()


def test_one_race_takes_registrations_and_the_racer_is_free_to_come(made: Runtime) -> None:
    (account,) = (one for one in ACCOUNTS if one.role == "racer")
    with made.database.begin() as session:
        race = called(session, OPEN)
        registered = session.execute(
            text("SELECT member FROM race_entries WHERE race = :race"), {"race": race.id}
        ).scalars()

        assert race.stage is Stage.REGISTRATION
        assert race.starts_at is not None
        assert race.starts_at > NOVEMBER
        assert race.starts_at.astimezone(ZoneInfo("Europe/Moscow")).time() == time(12)
        assert members.find(session, account.email).id not in set(registered)
    made.close()


def test_a_load_that_was_cut_short_is_finished_by_the_next(made: Runtime) -> None:
    with made.database.begin() as session:
        session.execute(
            text("UPDATE races SET stage = 'provisional', official_at = NULL WHERE title = :title"),
            {"title": FINISHED},
        )
        session.execute(text("DELETE FROM race_protocols WHERE stage = 'official'"))
    with clock.fixed(NOVEMBER):
        load(made.settings, say=lambda _: None)

    with made.database.begin() as session:
        assert called(session, FINISHED).stage is Stage.OFFICIAL
    made.close()
