"""A member's own achievements, on the page and for programs."""

from uuid import UUID

import pytest
from flask import Flask

from psot import clock
from psot.database import Database
from tests.integration.achievements.history import (
    NOW,
    WEEK,
    accepted,
    attach,
    checked,
    cleaned,
    ran,
    tell,
    thing,
    watched,
)
from tests.races import a_race
from tests.web import Browser, database_of, sign_in

SEEN = NOW + 12 * WEEK


@pytest.fixture
def database(app: Flask) -> Database:
    """The database of the running app, to whose ledger achievements listen."""
    return attach(database_of(app))


@pytest.fixture
def member(app: Flask, database: Database) -> Browser:
    """A member who reads English pages."""
    assert database
    with clock.fixed(SEEN):
        return sign_in(app, language="en")


def who(browser: Browser) -> UUID:
    assert browser.member_id
    return browser.member_id


def page(browser: Browser) -> str:
    with clock.fixed(SEEN):
        answer = browser.get("/me/achievements")
    assert answer.status_code == 200
    return answer.text


def test_who_has_earned_nothing_sees_what_there_is_and_no_reproach(member: Browser) -> None:
    text = page(member)

    assert "Nothing earned yet" in text
    assert "Helped ten colleagues" in text
    assert "0 of 10" in text


def test_what_is_earned_leads_to_where_it_was(member: Browser, database: Database) -> None:
    me = who(member)
    with database.begin() as session:
        race = a_race(session, title="Кубок Тюмени").id
    clean, key, at = cleaned(me)
    tell(
        database,
        (type(clean)(race=race, member=me, bout=1), key, at),  # type: ignore[call-arg]  # its fields
        *checked(me, 900_000),
        *(accepted(me, n, by=n) for n in range(10)),
        *(watched(me, 90, n, at=NOW + n * WEEK) for n in range(10)),
        ran(me),
    )

    text = page(member)

    assert f'href="/races/{race}/mine">Кубок Тюмени</a>' in text
    assert f'href="/attempts/{thing(1, f"attempt of {me}")}/result"' in text
    assert f'href="/questions/{thing(9, "thread")}"' in text
    assert f'href="/workplace/runs/{thing(1, f"run of {me}")}/debrief"' in text
    assert "season 2026-Q4, the tenth week from" in text
    assert "Five races finished" in text.partition("Still open")[2]
    assert "Topic mastered" in text.partition("Still open")[2], "there are other topics"
    assert "Clean shooting" not in text.partition("Still open")[2]


def test_nobody_sees_the_achievements_of_another(
    app: Flask, member: Browser, database: Database
) -> None:
    tell(database, ran(who(member)))
    with clock.fixed(SEEN):
        other = sign_in(app, language="en")

    assert "Nothing earned yet" in page(other)
    assert app.test_client().get("/me/achievements").status_code in {302, 303, 401}


def test_a_program_reads_what_its_member_has(member: Browser, database: Database) -> None:
    tell(database, ran(who(member)), *(accepted(who(member), n, by=n) for n in range(3)))

    with clock.fixed(SEEN):
        items = member.get("/api/v1/me/achievements").get_json()["items"]

    found = {one["name"]: one for one in items}
    assert found["safe_practice"]["held"][0]["subject"] == ""
    assert found["safe_practice"]["held"][0]["fact"] > 0
    assert (found["helped"]["held"], found["helped"]["done"], found["helped"]["need"]) == (
        [],
        3,
        10,
    )
