"""Members with ratings, for the boards of people."""

from datetime import UTC, datetime
from uuid import UUID

import redis as redis_py
from flask import Flask

from psot import clock
from psot.ledger.consumers import enrol
from psot.projections import CATALOGUE
from psot.rankings.boards import Publisher
from psot.ratings.boards import publish
from psot.ratings.operations import open_season
from tests.integration.ratings.history import AUTUMN, answered, drain, happen
from tests.web import a_member, database_of

SUMMER = datetime(2026, 7, 1, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 22, tzinfo=UTC)


def redis_of(app: Flask) -> redis_py.Redis:
    """The Redis of ``app``."""
    found: redis_py.Redis = app.extensions["psot.redis"]
    return found


def season_of(app: Flask) -> str:
    """Open the season of the test's autumn; returns its name."""
    enrol(database_of(app), CATALOGUE)
    with database_of(app).begin() as session:
        return open_season(session, now=NOVEMBER).name


def people(
    app: Flask, count: int, *, region: str = "RU-TYU", first: int = 0, topic: str = "ppe"
) -> list[UUID]:
    """Members of the summer with ten answers each, the first the best; named by numbers."""
    found = []
    with clock.fixed(SUMMER), database_of(app).begin() as session:
        for number in range(first, first + count):
            one = a_member(
                session,
                display_name=f"Участница {number:02}",
                name_public=True,
                region=region,
            )
            found.append(one.id)
    happen(
        database_of(app),
        *(
            answered(
                who,
                f"{topic}-{question:02}",
                score_ppm=1_000_000 - (first + number) * 20_000,
                at=AUTUMN,
            )
            for number, who in enumerate(found)
            for question in range(1, 11)
        ),
    )
    return found


def keep(app: Flask) -> None:
    """Do at once what worker and scheduler do in the running product."""
    drain(database_of(app))
    publish(database_of(app), redis_of(app))
    Publisher(database_of(app), redis_of(app)).keep()
