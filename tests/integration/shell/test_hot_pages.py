"""What the pages that everybody opens ask of the database: no more for many rows than for few."""

from typing import cast
from uuid import UUID

import pytest
from flask import Flask

from psot.races.stages import Stage
from tests.integration.rankings.community import keep, people, season_of
from tests.races import a_race
from tests.results import crowd, raced
from tests.statements import Sent, statements
from tests.web import Browser, database_of, sign_in

FEW, MANY = 3, 15

MOST = {
    "home": (8, 22),
    "race": (7, 11),
    "protocol": (5, 7),
    "topic": (8, 12),
    "lesson": (1, 5),
    "rating": (4, 8),
    "board": (4, 7),
}
"""Statements of each page, at most: to a visitor, and to a member."""


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
