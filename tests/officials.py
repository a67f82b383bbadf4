"""A region with people in it, for the tests of the officials' room."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from flask import Flask

from psot import clock
from psot.database import Database
from psot.ledger import Catalogue, Ledger
from psot.ledger.consumers import enrol
from psot.members import consents
from psot.ratings.operations import open_season
from psot.ratings.projections import RATINGS
from tests.integration.ratings.history import AUTUMN, SUMMER, answered, drain, happen
from tests.web import a_member, database_of


def opened(app: Flask) -> Database:
    """Let the ratings of ``app`` listen, and open the season of autumn; returns its database."""
    database = database_of(app)
    catalogue = Catalogue((RATINGS,))
    Ledger(catalogue=catalogue, ring=lambda: None).attach(database)
    enrol(database, catalogue)
    with database.begin() as session:
        open_season(session, now=AUTUMN)
    drain(database)
    return database


def people(
    app: Flask,
    count: int,
    *,
    municipality: str = "",
    organization: str = "",
    counted: bool = True,
    region: str = "RU-TYU",
    at: datetime = SUMMER,
    came_by: UUID | None = None,
    name: str = "Гость",
) -> list[UUID]:
    """Add members to a region, of a place and with the consent to be counted there."""
    made = []
    with clock.fixed(at), database_of(app).begin() as session:
        for number in range(count):
            who = a_member(
                session,
                region=region,
                organization=organization,
                display_name=f"{name} {number}",
                name_public=True,
            )
            if counted:
                consents.give(session, who, consents.REGION_COUNTS, "ru")
                who.municipality = municipality
            who.came_by = came_by
            made.append(who.id)
    return made


def learn(database: Database, members: list[UUID], *, score_ppm: int = 1_000_000) -> None:
    """Let each of ``members`` answer a question in autumn, and fold it."""
    happen(database, *(answered(one, score_ppm=score_ppm) for one in members))
    drain(database)


@contextmanager
def autumn() -> Iterator[None]:
    """Let it be some weeks into the season."""
    with clock.fixed(datetime(2026, 11, 2, 9, tzinfo=AUTUMN.tzinfo)):
        yield
