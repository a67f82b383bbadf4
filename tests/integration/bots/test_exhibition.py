"""An organizer starts an exhibition race by one button; bots wait for it in demo mode only."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import text

from psot import clock
from psot.bots import people
from psot.bots.exhibition import claimed, options_at, register
from psot.database import Database
from psot.members.queries import members_count
from psot.races import queries
from psot.races.stages import Stage
from scoring.biathlon import StartKind, format_names, load_format
from tests.web import database_of, make_app, make_settings, sign_in

BUTTON = "/organizer/races/exhibition"


@pytest.fixture
def demo(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    made = make_app(make_settings(database_url, redis_url, tmp_path, demo=True))
    yield made
    database_of(made).close()


def test_one_click_opens_a_public_race_that_begins_by_itself(demo: Flask) -> None:
    organizer = sign_in(demo, roles=("organizer",))
    assert BUTTON in organizer.get("/organizer/races").text
    answer = organizer.post(BUTTON)

    with database_of(demo).begin() as session:
        (race,) = queries.races_in(session, [Stage.REGISTRATION])
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/races/{race.id}/live"
    assert race.public
    assert race.exhibition
    assert race.starts_at is not None
    assert race.starts_at - clock.now() < timedelta(seconds=30)
    assert demo.test_client().get(answer.headers["Location"]).status_code == 200
    assert race.title in demo.test_client().get("/races").text


def test_outside_demo_mode_there_is_no_button_and_no_race(app: Flask) -> None:
    organizer = sign_in(app, roles=("organizer",))

    assert BUTTON not in organizer.get("/organizer/races").text
    assert organizer.post(BUTTON).status_code == 404


def test_members_may_not_start_it(demo: Flask) -> None:
    assert sign_in(demo).post(BUTTON).status_code == 403


def test_bots_are_made_once_and_counted_nowhere(database: Database) -> None:
    with database.begin() as session:
        bots = people.gather(session, 3)
    with database.begin() as session:
        again = people.gather(session, 3)
        counted = members_count(session)

    assert again == bots
    assert counted == 0


def test_a_signed_in_bot_passes_the_doors_of_any_member(demo: Flask) -> None:
    with database_of(demo).begin() as session:
        bots = people.gather(session, 1)
        secrets = people.enter_sessions(session, bots)
    browser = demo.test_client()
    browser.set_cookie("psot", secrets[1])

    assert browser.get("/me/settings").status_code == 200
    assert browser.get("/organizer/races").status_code == 403


def test_bots_of_a_race_belong_to_one_crowd(demo: Flask) -> None:
    sign_in(demo, roles=("organizer",)).post(BUTTON)
    database = database_of(demo)
    with database.begin() as session:
        (race,) = queries.races_in(session, [Stage.REGISTRATION])
        bots = people.gather(session, 2)
        register(session, race.id, bots, clock.now())

    with claimed(database, race.id) as first, claimed(database, race.id) as second:
        assert (first, second) == (True, False)
    with claimed(database, race.id) as third:
        assert third


def test_a_claim_ends_with_its_connection_and_nobody_stumbles(database: Database) -> None:
    race = uuid4()
    with claimed(database, race) as first:
        with database.begin() as session:
            session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                    " AND pid <> pg_backend_pid()"
                    " AND database = (SELECT oid FROM pg_database"
                    " WHERE datname = current_database())"
                )
            )
        with claimed(database, race) as next_one:
            assert (first, next_one) == (True, True)


@pytest.mark.parametrize("name", format_names())
def test_every_format_has_room_for_all_bots_and_shorter_holds(name: str) -> None:
    usual, quick = load_format(name), load_format(name, options_at(name, 200, 4))

    assert quick.fall_s == round(usual.fall_s / 4)
    assert quick.prone_s == usual.prone_s
    if quick.start.kind is not StartKind.PURSUIT:
        assert quick.start.field is None or quick.start.field >= 200
    if quick.start.kind is StartKind.GROUP:
        groups = 200 / (quick.start.group or 1)
        assert groups * (quick.start.interval_s or 0) <= 60
