"""What any visitor reads of the community, and how each figure opens."""

import csv
import io

import pytest
from flask import Flask

from psot import clock
from psot.database import Database
from psot.ledger import Catalogue
from psot.ledger.consumers import enrol
from psot.numbers.projections import NUMBERS
from psot.numbers.queries import UNITS, WEEKS
from psot.numbers.words import GROUPS, WORDS
from tests.integration.numbers.history import (
    NOW,
    WEEK,
    answered,
    asked,
    raced,
    registered,
    replied,
    tell,
    watched,
)
from tests.quizzes import the_pack
from tests.web import Browser, database_of

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def database(app: Flask) -> Database:
    """The database of the running app, to whose ledger numbers listen."""
    enrol(database_of(app), Catalogue((NUMBERS,)))
    return database_of(app)


@pytest.fixture(autouse=True)
def history(database: Database) -> None:
    """What had happened by `NOW`."""
    tell(
        database,
        registered(1),
        registered(2, "RU-ALT", at=NOW - WEEK),
        *(answered(who, f"q{n}") for who in (1, 2) for n in range(3)),
        watched(1, 5_400_000),
        asked(1),
        replied(1),
        raced(1),
        raced(2),
    )


def read(client: Browser, path: str) -> str:
    with clock.fixed(NOW):
        answer = client.get(path, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.text


def figures(client: Browser) -> dict[str, dict[str, object]]:
    with clock.fixed(NOW):
        items = client.get("/api/v1/numbers").get_json()["items"]
    return {one["name"]: one for one in items}


def test_every_figure_has_its_words_and_its_place_on_the_page() -> None:
    assert WORDS.keys() == UNITS.keys()
    assert sorted(one for group in GROUPS for one in group.figures) == sorted(UNITS)


def test_a_visitor_reads_what_the_ledger_and_the_library_say(client: Browser) -> None:
    text = read(client, "/numbers")

    assert '<p class="total">1.5</p>' in text, "hours watched"
    assert f'<p class="total">{len(the_pack().questions)}</p>' in text
    assert all(f'href="/numbers/{name}"' in text for name in UNITS)


def test_programs_read_the_same_with_a_year_of_weeks(client: Browser) -> None:
    found = figures(client)

    totals = {name: one["total"] for name, one in found.items()}
    assert totals.pop("content") >= 16 * 5 * 60_000  # type: ignore[operator]  # a number
    assert totals == {
        "members": 2,
        "regions": 2,
        "answers": 6,
        "watched": 5_400_000,
        "practice": 0,
        "topics": len(the_pack().topics),
        "questions": len(the_pack().questions),
        "asked": 1,
        "answered": 1,
        "races": 1,
        "finishers": 2,
    }
    weeks = found["members"]["weeks"]
    assert isinstance(weeks, list)
    assert len(weeks) == WEEKS
    assert [one["total"] for one in weeks[-3:]] == [0, 1, 1]
    assert found["practice"]["fact"] is None
    assert found["regions"]["weeks"] == found["content"]["weeks"] == []


def test_a_figure_opens_into_how_it_is_counted_and_as_of_which_fact(
    client: Browser,
) -> None:
    opened = read(client, "/numbers/answers")
    number = figures(client)["answers"]["fact"]

    assert "met for the first time" in opened
    assert f"number {number} of the ledger" in opened
    assert opened.count("<rect") == 1, "all in one week"
    assert opened.count("<tr>") == WEEKS + 1
    assert "The ledger holds no such fact yet" in read(client, "/numbers/practice")
    assert "<rect" not in read(client, "/numbers/content")


def test_what_is_no_figure_is_not_found(client: Browser) -> None:
    assert client.get("/numbers/likes").status_code == 404


def test_all_weeks_are_a_table_to_take_along(client: Browser) -> None:
    text = read(client, "/numbers.csv").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))

    assert len(rows) == WEEKS
    assert rows[-1]["Week from"] == "2026-11-16"
    assert (rows[-1]["First answers"], rows[-1]["Hours watched"]) == ("6", "1.5")


def test_the_first_page_shows_four_of_them_and_the_way_to_the_rest(client: Browser) -> None:
    text = read(client, "/")

    assert '<a href="/numbers">' in text
    assert "<dt>first answers</dt>" in text
    assert f"<dd>{len(the_pack().questions)}</dd>" in text
