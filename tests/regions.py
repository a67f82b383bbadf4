"""Regions with members, as tests need them: registered in summer, active in autumn."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import UUID

from flask import Flask
from redis import Redis

from psot import clock
from psot.ledger.consumers import enrol
from psot.projections import CATALOGUE
from psot.ratings.boards import publish
from psot.ratings.operations import open_season
from psot.regions import operations
from tests.integration.ratings.history import AUTUMN, answered, drain, happen
from tests.web import a_member, database_of

SUMMER = datetime(2026, 7, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""The eighth week of the season."""
QUESTIONS = 12


class Country:
    """The regions of ``app`` with an open season and members who answer."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        enrol(database_of(app), CATALOGUE)
        with database_of(app).begin() as session:
            self.season = open_season(session, now=NOW).name

    def settle(self, *, at: datetime = NOW) -> None:
        """Do what worker and scheduler do: fold, publish, note, draw."""
        database = database_of(self.app)
        drain(database)
        publish(database, cast("Redis", self.app.extensions["psot.redis"]))
        with database.begin() as session:
            operations.note_week(session, at)
            operations.draw_portraits(session, at)
            operations.draw_topics(session)

    def people(
        self,
        region: str,
        count: int,
        *,
        score_ppm: int = 700_000,
        idle: int = 0,
        public: bool = True,
        at: datetime = AUTUMN,
    ) -> list[UUID]:
        """Let ``count`` members of ``region`` answer, the first best, beside ``idle`` others."""
        found = []
        with clock.fixed(SUMMER), database_of(self.app).begin() as session:
            for number in range(count + idle):
                name = f"{region} Участница {number:02}"
                one = a_member(session, region=region, display_name=name, name_public=public)
                found.append(one.id)
        self.answer(
            {who: score_ppm - number * 5_000 for number, who in enumerate(found[:count])}, at=at
        )
        return found

    def answer(self, members: Mapping[UUID, int], *, first: int = 1, at: datetime = AUTUMN) -> None:
        """Let each of ``members`` answer a dozen questions with this share of them right."""
        happen(
            database_of(self.app),
            *(
                answered(
                    who,
                    f"ppe-{question:02}",
                    score_ppm=score_ppm,
                    at=at + timedelta(minutes=question),
                )
                for who, score_ppm in members.items()
                for question in range(first, first + QUESTIONS)
            ),
        )
