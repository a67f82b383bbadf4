"""The desk of rules: what holds, a draft with its faults beside the fields, its shadow, its end."""

from datetime import timedelta

import pytest
from flask import Flask
from rq import Queue
from rq.serializers import JSONSerializer

from psot import clock
from psot.ledger.consumers import enrol
from psot.projections import CATALOGUE
from psot.seasons import trying
from psot.seasons.bell import JOB, QUEUE
from scoring.rating import BOUNDS, PARAMETERS_V1, figures_of
from tests.integration.ratings.history import drain
from tests.seasons import OVER, played
from tests.web import Browser, database_of, sign_in

HOLDING = {name: ", ".join(map(str, one)) for name, one in figures_of(PARAMETERS_V1).items()}
RULES = "/organizer/seasons/rules"


@pytest.fixture
def desk(app: Flask) -> Browser:
    """An organizer's browser after a season was played."""
    enrol(database_of(app), CATALOGUE)
    played(database_of(app))
    browser = sign_in(app, roles=("organizer",), language="en")
    drain(database_of(app))
    return browser


def count(app: Flask) -> None:
    """Do what the worker does."""
    assert trying.count(database_of(app), lambda: OVER + timedelta(minutes=1))


def test_every_parameter_is_shown_with_meaning_and_unit(desk: Browser) -> None:
    page = desk.get(RULES).text

    assert "Season 2026-Q4 plays by rules 1." in page
    assert "Credited minutes that make a week full" in page
    assert "20, 40, 60, 80" in page
    assert "Draft new rules" in page


def test_words_are_there_for_every_parameter_and_no_other(desk: Browser) -> None:
    page = desk.get(f"{RULES}/draft").text

    assert [name for name in BOUNDS if f'name="{name}"' in page] == [
        name for name in BOUNDS if name != "weeks"
    ]


def test_a_draft_is_tried_and_published(app: Flask, desk: Browser) -> None:
    with clock.fixed(OVER):
        desk = sign_in(app, roles=("organizer",), language="en")
        desk.post(f"{RULES}/draft", data=HOLDING | {"full_week_min": "120"})
        drafted = desk.get(RULES).text
        desk.post(f"{RULES}/shadow")
        waiting = desk.get(RULES).text
        early = desk.post(f"{RULES}/publish", data={"reason": "Longer weeks"})
        count(app)
        shown = desk.get(RULES).text
        silent = desk.post(f"{RULES}/publish", data={"reason": " "})
        published = desk.post(
            f"{RULES}/publish", data={"reason": "Longer weeks"}, follow_redirects=True
        )

    assert "Full week: 90 → <b>120</b>" in drafted
    assert "The shadow is being counted" in waiting
    assert early.status_code == 409
    assert "What the draft would change in season 2026-Q4" in shown
    assert "rank correlation" in shown
    assert (silent.status_code, "Say why" in silent.text) == (422, True)
    assert "Rules 101 are published" in published.text


def test_asking_for_a_shadow_calls_a_worker(app: Flask, desk: Browser) -> None:
    desk.post(f"{RULES}/draft", data=HOLDING | {"best_weeks": "9"})

    desk.post(f"{RULES}/shadow")

    redis = app.extensions["psot.redis"]
    jobs = Queue(QUEUE, connection=redis, serializer=JSONSerializer).jobs
    assert JOB in [one.func_name for one in jobs]


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("full_week_min", "ninety", "Write whole numbers"),
        ("best_weeks", "14", "From 1 to 13."),
        ("league_edges_percent", "20, 40, 40, 80", "Each edge is higher"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    desk: Browser, name: str, typed: str, said: str
) -> None:
    answer = desk.post(f"{RULES}/draft", data=HOLDING | {name: typed, "prior_weight": "33"})

    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{typed}"' in answer.text
    assert 'value="33"' in answer.text


def test_a_draft_can_be_dropped(desk: Browser) -> None:
    desk.post(f"{RULES}/draft", data=HOLDING | {"best_weeks": "9"})

    answer = desk.post(f"{RULES}/discard", follow_redirects=True)

    assert "The draft is gone." in answer.text
    assert "Draft new rules" in answer.text
    assert desk.post(f"{RULES}/shadow").status_code == 404
