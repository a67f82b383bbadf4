"""A house in which a member has two seasons behind, with something of everything that counts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from psot import clock
from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from psot.ledger.consumers import enrol
from psot.projections import CATALOGUE
from psot.ratings.boards import publish
from tests import web
from tests.e2e.serving import serving
from tests.integration.ratings import history
from tests.quizzes import the_pack

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SUMMER = datetime(2026, 5, 2, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 1, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def app(
    postgres: Postgres,
    valkey: Valkey,
    migrated_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """The whole application; everything listens to its ledger."""
    name = "ratings_e2e"
    with postgres.connect("postgres") as session:
        session.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_template} STRATEGY FILE_COPY")
    folder: Path = tmp_path_factory.mktemp("data")
    made = web.make_app(web.make_settings(postgres.url(name), valkey.url(), folder))
    enrol(web.database_of(made), CATALOGUE)
    yield made
    web.database_of(made).close()


@pytest.fixture(scope="module")
def base(app: Flask) -> Iterator[str]:
    """Address of the running house, on a day in the eighth week of the season."""
    answer = app.wsgi_app

    def that_day(environ: dict[str, Any], start_response: Any) -> Any:
        with clock.fixed(NOW):
            return answer(environ, start_response)

    app.wsgi_app = that_day  # type: ignore[method-assign]  # as Flask's own manual wraps it
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def learner(app: Flask) -> web.Browser:
    """A member among twenty, with everything that can count."""
    database = web.database_of(app)
    with clock.fixed(SUMMER), database.begin() as session:
        people = [
            web.a_member(session, display_name=f"Участница {number:02}", name_public=True).id
            for number in range(20)
        ]
    asked = list(the_pack().questions)
    history.happen(
        database,
        history.opened("2026-Q3", date(2026, 7, 1)),
        history.opened(),
        *(
            history.answered(one, question, score_ppm=1_000_000 - 40_000 * number, at=OCTOBER)
            for number, one in enumerate(people)
            for question in asked[:12]
        ),
        *_season_of(people[9], asked),
        history.calibrated(
            weeks_elapsed=8,
            facility_ppm=dict.fromkeys(asked[:6], 800_000) | dict.fromkeys(asked[6:20], 450_000),
            left_out={f"{asked[3]}@1": "negative_discrimination"},
        ),
    )
    history.drain(database)
    publish(database, app.extensions["psot.redis"])
    with clock.fixed(NOW):
        return web.sign_in(app, member=people[9])


def _season_of(who: UUID, asked: list[str]) -> Iterator[history.Entry]:
    july = datetime(2026, 7, 6, 9, tzinfo=UTC)
    for number, question in enumerate(asked[:30]):
        yield history.answered(who, question, nth=2, at=july + number * timedelta(hours=5))
    for number, question in enumerate(asked[12:60]):
        score = 0 if number % 3 == 0 else 1_000_000
        at = OCTOBER + (number % 7) * WEEK + number * timedelta(minutes=7)
        yield history.answered(who, question, nth=3, score_ppm=score, at=at)
    for week in (0, 1, 2, 4, 5):
        at = OCTOBER + week * WEEK + timedelta(days=1)
        yield history.watched(who, "five-briefings", week, ms=3_725_000, at=at)
    yield history.raced(who, at=OCTOBER + 2 * WEEK)
    yield history.answered_in_race(who, asked[70], at=OCTOBER + 2 * WEEK)
    yield history.practised(who, "workshop-walk", at=OCTOBER + 3 * WEEK)
    yield history.accepted(who, at=OCTOBER + 6 * WEEK)
