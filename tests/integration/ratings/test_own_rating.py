"""Every figure of a member opens down to the facts, says what would raise it, and can be taken."""

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event

from psot import clock
from psot.ledger.consumers import enrol
from psot.projections import CATALOGUE
from psot.ratings.boards import publish
from psot.ratings.derivations import open_rating
from scoring.rating import rating_milli
from tests.integration.ratings import history
from tests.integration.ratings.history import AUTUMN, SEASON
from tests.quizzes import the_pack
from tests.web import Browser, a_member, database_of, sign_in

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SUMMER = datetime(2026, 5, 2, tzinfo=UTC)
WEEK = timedelta(days=7)


@contextmanager
def statements_of(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that the app sends to its database."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    engine = database_of(app).engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def house(app: Flask) -> Iterator[Flask]:
    """An app in which two seasons are open, on a day in the eighth week of the second."""
    enrol(database_of(app), CATALOGUE)
    happen(app, history.opened("2026-Q3", date(2026, 7, 1)), history.opened())
    with clock.fixed(NOW):
        yield app


def happen(app: Flask, *entries: history.Entry) -> None:
    """Tell what happened; the ratings and the board follow."""
    history.happen(database_of(app), *entries)
    history.drain(database_of(app))
    publish(database_of(app), app.extensions["psot.redis"])


def somebody(app: Flask) -> UUID:
    with clock.fixed(SUMMER), database_of(app).begin() as session:
        return a_member(session, language="en").id


def everything(who: UUID) -> Iterator[history.Entry]:
    """One of each kind of thing that counts."""
    yield history.answered(who, "ppe-01", at=AUTUMN)
    yield history.answered_in_race(who, "ppe-02", at=AUTUMN + WEEK)
    yield history.raced(who, at=AUTUMN + WEEK)
    yield history.practised(who, "workshop-walk", at=AUTUMN + 2 * WEEK)
    yield history.watched(who, "five-briefings", ms=125_000, at=AUTUMN + 3 * WEEK)
    yield history.watched(who, "five-briefings", 2, ms=60_000, at=AUTUMN + 3 * WEEK)
    yield history.accepted(who, at=AUTUMN + 4 * WEEK)
    yield history.accepted(who, by_expert=False, by=91, at=AUTUMN + 4 * WEEK)
    yield history.approved(who, "ppe-77", at=AUTUMN + 5 * WEEK)
    yield history.calibrated(weeks_elapsed=8)


def facts_of(page: str) -> list[int]:
    return sorted({int(one) for one in re.findall(r"/ratings/me/facts/(\d+)", page)})


def test_every_kind_of_thing_leads_to_its_place_and_to_its_facts(house: Flask) -> None:
    who = somebody(house)
    happen(house, *everything(who))
    page = sign_in(house, member=who).get("/ratings/me").text

    # An answer, one of a race, the race, the run (twice: answer and norm), a recording, an answer
    # to a colleague, a question.
    assert page.count('class="me-item"') == 8
    assert len(facts_of(page)) == 8
    for path in (
        "/attempts/",
        "/races/",
        "/workplace/runs/",
        "/questions/",
    ):
        assert f'href="{path}' in page, path
    assert "3:05" in page


def test_a_fact_shows_what_the_ledger_says_to_its_member_alone(house: Flask) -> None:
    who, other = somebody(house), somebody(house)
    happen(house, *everything(who), history.answered(other, at=AUTUMN))
    browser = sign_in(house, member=who)
    found = facts_of(browser.get("/ratings/me").text)
    pages = [browser.get(f"/ratings/me/facts/{seq}") for seq in found]

    assert {page.status_code for page in pages} == {200}
    shown = "".join(page.text for page in pages)
    for kind in (
        "learning.question.answered",
        "race.question.answered",
        "race.participation.credited",
        "workplace.run.finished",
        "recording.time.credited",
        "community.answer.accepted",
        "library.version.published",
    ):
        assert f"psot.{kind}." in shown, kind
    assert str(history.REVIEWER) not in shown
    stranger = sign_in(house, member=other)
    assert {stranger.get(f"/ratings/me/facts/{seq}").status_code for seq in found} == {404}


def test_facts_that_count_for_nobody_are_not_shown(house: Flask) -> None:
    who = somebody(house)
    happen(house, *everything(who))
    browser = sign_in(house, member=who)
    own = facts_of(browser.get("/ratings/me").text)
    others = [seq for seq in range(1, max(own) + 3) if seq not in own]

    assert {browser.get(f"/ratings/me/facts/{seq}").status_code for seq in others} == {404}


def test_a_page_asks_no_more_where_more_counts(house: Flask) -> None:
    who = somebody(house)
    happen(house, *everything(who))
    browser = sign_in(house, member=who)
    browser.get("/ratings/me")
    with statements_of(house) as before:
        browser.get("/ratings/me")
    happen(
        house,
        *(history.answered(who, one, at=AUTUMN + 3 * WEEK) for one in [*the_pack().questions][:80]),
        *(history.raced(who, race, at=AUTUMN + 5 * WEEK) for race in range(2, 9)),
        *(history.watched(who, f"film-{number}", at=AUTUMN) for number in range(9)),
        *(history.practised(who, f"roof-{number}", at=AUTUMN) for number in range(9)),
    )
    with statements_of(house) as after:
        assert browser.get("/ratings/me").status_code == 200

    assert len(after) == len(before)
    assert len(after) < 60


def test_own_place_is_shown_on_choice_and_neighbours_without_theirs(house: Flask) -> None:
    who, other = somebody(house), somebody(house)
    happen(house, *everything(who), history.answered(other, score_ppm=0, at=AUTUMN))
    browser = sign_in(house, member=who)
    hidden = browser.get("/ratings/me").text
    shown = browser.get("/ratings/me?place=1").text

    assert "Show my exact place" in hidden
    assert "of 2" not in hidden
    assert '<b class="rank">' not in hidden
    assert "Show my exact place" not in shown
    assert "of 2" in shown


def test_seasons_open_one_by_one_and_make_the_career(house: Flask) -> None:
    who = somebody(house)
    july = datetime(2026, 7, 6, 9, tzinfo=UTC)
    happen(house, history.answered(who, "ppe-05", at=july), history.answered(who, nth=2, at=AUTUMN))
    browser = sign_in(house, member=who)
    summer = browser.get("/ratings/me?season=2026-Q3").text

    assert "What would raise it most" in browser.get("/ratings/me").text
    assert "What would raise it most" not in summer
    assert summer.count('class="me-question"') == 1
    assert "0.5 ×" in summer
    assert browser.get("/ratings/me?season=2026-Q1").status_code == 404
    assert browser.get("/ratings/me/derivation.csv?season=2026-Q1").status_code == 404


def test_advice_names_things_of_the_product_with_their_gain(house: Flask) -> None:
    who = somebody(house)
    happen(house, *everything(who))
    page = sign_in(house, member=who).get("/ratings/me").text
    advice = page[page.index("advice-title") : page.index("weeks-title")]

    assert len(re.findall(r"\+\d+\.\d points", advice)) == 3
    assert re.search(r'href="/topics/[a-z-]+/practice"|href="/quizzes/', advice)
    assert "This week lacks 90 minutes of a full one." in advice
    assert "/lesson" not in advice


def test_the_lesson_of_the_topic_where_most_was_lost_is_named(house: Flask) -> None:
    who = somebody(house)
    asked = the_pack().questions
    lost = next(one for one in asked.values() if one.topic == "training")
    kept = next(one for one in asked.values() if one.topic == "service")
    happen(
        house,
        history.answered(who, lost.id, score_ppm=0, at=AUTUMN),
        history.answered(who, kept.id, score_ppm=900_000, at=AUTUMN),
    )
    page = sign_in(house, member=who).get("/ratings/me").text

    assert 'href="/topics/training/lesson"' in page
    assert "where you answer 0% right" in page


def test_an_approved_question_leads_its_author_to_the_desk(house: Flask) -> None:
    with clock.fixed(SUMMER), database_of(house).begin() as session:
        who = a_member(session, roles=("editor",)).id
    happen(house, *everything(who))

    page = sign_in(house, member=who).get("/ratings/me").text
    assert 'href="/editor/content/question/ppe-77"' in page


def test_a_full_week_is_said_to_be_full(house: Flask) -> None:
    who = somebody(house)
    happen(house, history.watched(who, ms=91 * 60_000, at=NOW))
    page = sign_in(house, member=who).get("/ratings/me").text

    assert "This week is full" in page
    assert "This week lacks" not in page


def test_the_table_and_the_integers_taken_along_say_the_same(house: Flask) -> None:
    who = somebody(house)
    happen(house, *everything(who))
    browser = sign_in(house, member=who)
    text = browser.get("/ratings/me/derivation.csv").get_data(as_text=True)
    rows = list(
        csv.DictReader(
            io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")), delimiter=";"
        )
    )
    told = json.loads(browser.get("/ratings/me/derivation.json").data)

    assert len(rows) == len(told["items"]) == 8
    assert sum(int(row["Minutes"]) for row in rows) == 3 + 3 + 20 + 9 + 15 + 10
    assert {int(seq) for row in rows for seq in row["Facts"].split()} == {
        seq for one in told["items"] for seq in one["facts"]
    }
    assert told["rating_milli"] == rating_milli(told["activity_ppb"], told["effectiveness_ppb"])
    assert browser.get("/ratings/me/derivation.json?season=2026-Q3").status_code == 404


def test_nothing_of_others_opens(house: Flask) -> None:
    who, other = somebody(house), somebody(house)
    happen(house, *everything(who))
    page = sign_in(house, member=other).get("/ratings/me")

    assert page.text.count("empty-title") == 1
    assert facts_of(page.text) == []
    for path in ("/ratings/me", "/ratings/me/derivation.csv", "/ratings/me/facts/1"):
        assert Browser(house).get(path).status_code in {302, 303, 401}, path


def test_what_an_editor_took_down_says_so_and_counts_nothing(house: Flask) -> None:
    who = somebody(house)
    happen(house, *everything(who), history.decided(who, at=AUTUMN + 5 * WEEK))
    with database_of(house).begin() as session:
        opened = open_rating(session, SEASON, who)
    page = sign_in(house, member=who).get("/ratings/me").text

    assert opened is not None
    assert [one.minutes for one in opened.contributions] == [0, 10]
    assert "taken down by an editor" in page
