"""Weeks are noted as they were shown, and portraits are kept of members as a whole."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from psot import clock
from psot.ratings.operations import open_season
from psot.ratings.queries import member_rating, region_table
from psot.regions import queries, schedule
from psot.regions.queries import FEWEST
from scoring.rating import squared_ppm2
from tests.integration.ratings.history import AUTUMN
from tests.regions import NOW, Country
from tests.web import database_of

WEEK = timedelta(days=7)


def test_what_was_shown_last_in_a_week_stands(app: Flask, country: Country) -> None:
    members = country.people("RU-TYU", 3)
    country.settle(at=NOW)
    first = _history(app, country)[-1].score_milli
    country.answer(dict.fromkeys(members, 1_000_000), first=20)
    country.settle(at=NOW + timedelta(minutes=5))
    second = _history(app, country)

    assert [one.week for one in second] == [7]
    assert second[0].score_milli > first
    country.answer(dict.fromkeys(members, 1_000_000), first=40, at=AUTUMN + WEEK)
    country.settle(at=NOW + WEEK)
    third = _history(app, country)
    assert [one.week for one in third] == [7, 8]
    assert third[0].score_milli == second[0].score_milli


def test_a_season_that_is_over_keeps_its_last_week(app: Flask, country: Country) -> None:
    country.people("RU-TYU", 3)
    country.settle(at=NOW + 20 * WEEK)

    assert [one.week for one in _history(app, country)] == [12]


def test_nothing_is_noted_before_a_season(app: Flask) -> None:
    database = database_of(app)

    assert schedule.note(database, NOW) == 0
    assert schedule.draw(database, NOW) == 0
    assert schedule.draw_topics(database) == 0


def test_a_past_week_is_shown_as_it_was_noted(app: Flask, country: Country) -> None:
    members = country.people("RU-TYU", 3)
    country.settle(at=NOW - 2 * WEEK)
    country.answer(dict.fromkeys(members, 1_000_000), first=20)
    country.settle(at=NOW)

    with database_of(app).begin() as session:
        now = queries.view(session)
        then = queries.view(session, country.season, 5)
        between = queries.view(session, country.season, 6)
        before = queries.view(session, country.season, 1)
        running = queries.view(session, country.season, 7)
        nowhere = queries.view(session, "2031-Q1")
    assert now is not None
    assert then is not None
    assert between is not None
    assert before is not None
    assert running is not None
    assert nowhere is None
    assert (now.week, then.week, between.week, before.week, running.week) == (None, 5, 5, 5, None)
    assert now.lines[0].score.score_milli > then.lines[0].score.score_milli
    assert now.lines[0].region == then.lines[0].region == "RU-TYU"


def test_few_members_have_neither_a_distribution_nor_names(app: Flask, country: Country) -> None:
    country.people("RU-TYU", FEWEST - 1)
    country.people("RU-MOW", FEWEST)
    country.settle()

    with database_of(app).begin() as session:
        few = queries.portrait(session, country.season, "RU-TYU")
        enough = queries.portrait(session, country.season, "RU-MOW")
        topics = {
            code: queries.topics(session, country.season, code) for code in ("RU-TYU", "RU-MOW")
        }
    assert few is None
    assert enough is not None
    assert sum(enough.bins) == FEWEST
    assert str(enough.leaders[0][1]) == "RU-MOW Участница 00"
    assert len(enough.leaders) == queries.LEADERS
    assert topics["RU-TYU"] == []
    (ppe,) = topics["RU-MOW"]
    assert (ppe.topic, ppe.members, ppe.answers) == ("ppe", FEWEST, 12 * FEWEST)


def test_leaders_without_consent_stand_under_their_numbers(app: Flask, country: Country) -> None:
    country.people("RU-MOW", FEWEST, public=False)
    country.settle()

    with database_of(app).begin() as session:
        portrait = queries.portrait(session, country.season, "RU-MOW")
    assert portrait is not None
    assert [one.name for _, one in portrait.leaders] == [""] * queries.LEADERS


def _history(app: Flask, country: Country) -> list[queries.RegionWeek]:
    with database_of(app).begin() as session:
        return queries.history(session, country.season, "RU-TYU")


def test_progress_is_told_against_the_end_of_the_season_before(
    app: Flask, country: Country
) -> None:
    members = country.people("RU-TYU", 12, score_ppm=600_000)
    country.settle(at=NOW)
    country.settle(at=NOW + 5 * WEEK)
    winter = datetime(2027, 1, 20, 12, tzinfo=UTC)
    with clock.fixed(winter):
        with database_of(app).begin() as session:
            opened = open_season(session, now=winter).name
        country.answer(dict.fromkeys(members, 1_000_000), at=winter - WEEK)
        country.settle(at=winter)

        with database_of(app).begin() as session:
            now = queries.view(session)
            before = queries.view(session, country.season)
            last = queries.last_scores(session, country.season)
    assert now is not None
    assert before is not None
    assert (now.season.name, now.newest, before.newest) == (opened, True, False)
    assert before.week == 12
    first = now.lines[0]
    assert first.progress_milli == first.score.score_milli - last["RU-TYU"]
    assert before.lines[0].progress_milli is None
    # Nobody was on the roster of a region that had none.
    assert all(one.progress_milli is None for one in now.lines[1:])


def test_the_spread_of_a_region_is_kept_to_the_last_digit(app: Flask, country: Country) -> None:
    members = country.people("RU-TYU", 7)
    country.settle()
    country.answer(dict.fromkeys(members[:3], 1_000_000), first=20)
    country.settle()

    with database_of(app).begin() as session:
        line = next(one for one in region_table(session, country.season) if one.rank)
        ratings = [member_rating(session, country.season, one) for one in members]
    assert line.sums.activity_ppm2 == sum(squared_ppm2(one.activity_ppb) for one in ratings if one)
    assert line.sums.effectiveness_ppm2 == sum(
        squared_ppm2(one.effectiveness_ppb) for one in ratings if one
    )
    assert line.interval.low_milli < line.score_milli < line.interval.high_milli
