"""What the pages that everybody opens ask of the database: no more for many rows than for few."""

import sys
from types import FrameType
from typing import Any, cast
from uuid import UUID

import pytest
from flask import Flask

from psot.copies import Copies
from psot.copies.store import Store
from psot.races.stages import Stage
from tests.integration.rankings.community import keep, people, season_of
from tests.races import a_race
from tests.results import crowd, raced
from tests.statements import Sent, statements
from tests.web import Browser, database_of, sign_in

FEW, MANY = 3, 15

MOST = {
    "home": (5, 13),
    "race": (6, 10),
    "protocol": (5, 7),
    "topic": (4, 8),
    "lesson": (1, 5),
    "rating": (3, 6),
    "board": (3, 5),
}
"""Statements of each page, at most: to a visitor, and to a member."""

MOST_CALLS = {
    "home": (13_400, 24_400),
    "race": (16_500, 23_000),
    "protocol": (15_000, 24_000),
    "topic": (15_300, 19_000),
    "lesson": (19_300, 23_600),
    "rating": (14_100, 20_000),
    "board": (15_500, 19_900),
}
"""Calls of functions, Python's and C's, that making each page of many rows takes, at most.

They are what CPU goes into, and unlike it the same in every run; a twelfth is left free.
"""


def grown(app: Flask, rows: int, first: int = 0) -> tuple[dict[str, str], UUID]:
    """The addresses of the hot pages of a house with so many rows, and a member of it."""
    found = people(app, rows, first=first)
    keep(app)
    with app.app_context(), database_of(app).begin() as session:
        race = a_race(session, members=found, racers=rows, stage=Stage.ZEROING)
        over = raced(session, crowd(rows), members=found, stage=Stage.OFFICIAL)
    addresses = {
        "home": "/",
        "race": f"/races/{race.id}",
        "protocol": f"/races/{over.id}/protocol",
        "topic": "/topics/service",
        "lesson": "/topics/service/lesson",
        "rating": "/ratings",
        "board": "/ratings/boards/region/RU-TYU",
    }
    return addresses, found[0]


def asked(app: Flask, browser: Browser, address: str) -> Sent:
    """What one page asks once the process is warm."""
    assert browser.get(address).status_code == 200
    with statements(database_of(app)) as sent:
        browser.get(address)
    return sent


def calls(browser: Browser, address: str) -> int:
    """How many functions one page calls once the process is warm."""
    browser.get(address)
    made = 0

    def note(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        browser.get(address)
    finally:
        sys.setprofile(before)
    return made


@pytest.fixture
def counts(app: Flask) -> dict[str, list[tuple[Sent, Sent]]]:
    """What each page asks for a visitor and for a member, of a few rows and of many."""
    season_of(app)
    found: dict[str, list[tuple[Sent, Sent]]] = {name: [] for name in MOST}
    for rows, first in ((FEW, 0), (MANY, FEW)):
        addresses, member = grown(app, rows, first)
        visitor = cast("Browser", app.test_client())
        own = sign_in(app, member=member)
        for name, address in addresses.items():
            found[name].append((asked(app, visitor, address), asked(app, own, address)))
    return found


def test_a_hot_page_asks_no_more_for_many_rows_than_for_few(
    counts: dict[str, list[tuple[Sent, Sent]]],
) -> None:
    told = {
        name: [tuple(len(one.said) for one in readers) for readers in sizes]
        for name, sizes in counts.items()
    }

    assert {name: few for name, (few, _) in told.items()} == {
        name: many for name, (_, many) in told.items()
    }
    over = {
        name: many
        for name, (_, many) in told.items()
        if many[0] > MOST[name][0] or many[1] > MOST[name][1]
    }
    assert over == {}
    # A page that holds one connection and asks for another could wait for itself under a storm.
    crowded = {
        name
        for name, sizes in counts.items()
        if any(one.most > 1 for readers in sizes for one in readers)
    }
    assert crowded == set()


def test_a_hot_page_is_made_with_few_calls(app: Flask) -> None:
    season_of(app)
    addresses, member = grown(app, MANY)
    visitor, own = cast("Browser", app.test_client()), sign_in(app, member=member)

    made = {
        name: (calls(visitor, address), calls(own, address)) for name, address in addresses.items()
    }

    assert {
        name: found
        for name, found in made.items()
        if found[0] > MOST_CALLS[name][0] or found[1] > MOST_CALLS[name][1]
    } == {}


COPIES = {
    ("visitor", "protocol"): (0, 1_220),
    ("member", "protocol"): (2, 2_290),
    ("visitor", "home"): (0, 1_220),
    ("member", "home"): (9, 9_900),
}
"""Statements and calls that sending one copy takes, at most; with the steps of a member."""


def test_a_copy_is_sent_with_few_statements_and_calls(app: Flask) -> None:
    season_of(app)
    addresses, _ = grown(app, MANY)
    store = Store(monotonic=lambda: 0.0)
    app.wsgi_app = Copies(app.wsgi_app, app, store=store)  # type: ignore[method-assign]  # Flask's documented way
    readers = {"visitor": cast("Browser", app.test_client()), "member": sign_in(app)}

    found = {
        (name, page): (
            len(asked(app, readers[name], addresses[page]).said),
            calls(readers[name], addresses[page]),
        )
        for name, page in COPIES
    }

    assert {
        which: one
        for which, one in found.items()
        if one[0] > COPIES[which][0] or one[1] > COPIES[which][1]
    } == {}
