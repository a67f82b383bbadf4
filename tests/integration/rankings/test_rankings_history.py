"""Places over the weeks: noted again and again, the last note of a week stands."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from psot.rankings.operations import note_week
from psot.rankings.queries import weeks_of
from tests.integration.rankings.community import NOVEMBER, keep, people, season_of
from tests.integration.ratings.history import answered, drain, tell
from tests.web import Browser, database_of, sign_in

WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def season(app: Flask) -> str:
    """The name of the open season; the app's ledger is listened to."""
    return season_of(app)


def note(app: Flask, now: datetime) -> int:
    with database_of(app).begin() as session:
        return note_week(session, now=now)


def noted(app: Flask, who: UUID) -> list[tuple[int, int, int]]:
    with database_of(app).begin() as session:
        return [(one.week, one.rank, one.total) for one in weeks_of(session, who)]


def number_of(app: Flask, who: UUID) -> int:
    with database_of(app).begin() as session:
        found = session.execute(text("SELECT number FROM members WHERE id = :who"), {"who": who})
        return int(found.scalar_one())


def test_a_week_is_noted_once_and_brought_up_to_date(app: Flask) -> None:
    best, other = people(app, 2)
    keep(app)

    assert note(app, NOVEMBER) == 2
    assert note(app, NOVEMBER) == 0
    assert noted(app, other) == [(8, 2, 2)]
    tell(
        database_of(app),
        [answered(other, f"risk-{n:02}", at=NOVEMBER) for n in range(1, 40)],
    )
    assert note(app, NOVEMBER) == 2
    assert (noted(app, other), noted(app, best)) == ([(8, 1, 2)], [(8, 2, 2)])
    assert note(app, NOVEMBER + WEEK) == 2
    assert noted(app, best) == [(8, 2, 2), (9, 2, 2)]


def test_equal_ratings_share_a_place_and_a_season_long_over_is_left_alone(app: Flask) -> None:
    first, second = people(app, 1)[0], people(app, 1)[0]
    drain(database_of(app))

    assert note(app, datetime(2027, 1, 3, tzinfo=UTC)) == 2
    assert (noted(app, first), noted(app, second)) == ([(13, 1, 2)], [(13, 1, 2)])
    assert note(app, datetime(2027, 1, 9, tzinfo=UTC)) == 0


def test_the_own_places_are_drawn_and_told(app: Flask) -> None:
    who, _other = people(app, 2)
    keep(app)
    browser = sign_in(app, member=who)
    before = browser.get("/ratings/me/history").text
    note(app, NOVEMBER)
    note(app, NOVEMBER + WEEK)
    after = browser.get("/ratings/me/history").text

    assert "empty-title" in before
    assert after.count("history-dot") == 2
    assert after.count('<th scope="row"') == 2


def test_places_of_others_are_shown_only_under_a_public_name(app: Flask, client: Browser) -> None:
    who, other = people(app, 2)
    keep(app)
    note(app, NOVEMBER)
    number = number_of(app, who)
    browser = sign_in(app, member=other)

    assert "Участница 00" in browser.get(f"/ratings/members/{number}").text
    assert client.get(f"/ratings/members/{number}").status_code == 303
    for column, value in (("off_boards", "true"), ("name_public", "false")):
        with database_of(app).begin() as session:
            session.execute(text("UPDATE members SET off_boards = false, name_public = true"))
            session.execute(text(f"UPDATE members SET {column} = {value}"))  # noqa: S608 - ours
        assert browser.get(f"/ratings/members/{number}").status_code == 404, column
    assert browser.get(f"/ratings/members/{10**30}").status_code == 404
