"""The operator's page tells what waits, what died and why, and its buttons mend it."""

import re

import pytest
from flask import Flask
from redis import Redis
from sqlalchemy import text

from psot.config import Settings
from psot.database import Database
from psot.ledger import append_many
from psot.ledger.bell import Bell
from psot.ledger.consumers import enrol
from psot.ledger.delivery import deliver
from psot.ledger.stats import lags
from psot.projections import CATALOGUE
from tests.chaos.story import story
from tests.web import Browser, database_of, make_app, sign_in

RATINGS = CATALOGUE["ratings"]


@pytest.fixture
def database(app: Flask) -> Database:
    enrol(database_of(app), CATALOGUE)
    return database_of(app)


@pytest.fixture
def organizer(app: Flask, database: Database) -> Browser:
    assert database is database_of(app)
    return sign_in(app, roles=("organizer",))


def tell(database: Database, facts: int) -> None:
    with database.begin() as session:
        told = story(facts, seed=11, members=20)
        append_many(session, [(one.fact, one.key, one.at) for one in told])


def run(database: Database, statement: str) -> None:
    with database.begin() as session:
        session.execute(text(statement))


def kill_one(database: Database) -> int:
    """Make a dead letter of the first fact, as five failed tries would; returns its number."""
    tell(database, 60)
    deliver(database, RATINGS)
    run(
        database,
        "UPDATE ledger_deliveries SET dead = true, tries = 5, delivered_at = NULL"
        " WHERE projection = 'ratings'"
        " AND seq = (SELECT min(seq) FROM ledger_deliveries WHERE projection = 'ratings')",
    )
    run(
        database,
        "INSERT INTO ledger_dead_letters (projection, seq, error)"
        " SELECT projection, seq, 'ValueError: a poison fact' FROM ledger_deliveries WHERE dead",
    )
    with database.begin() as session:
        return int(session.execute(text("SELECT seq FROM ledger_dead_letters")).scalar_one())


def dead(database: Database) -> int:
    with database.begin() as session:
        return sum(one.dead for one in lags(session))


def read(client: Browser) -> str:
    answer = client.get("/organizer")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_quiet_house_says_so(organizer: Browser, database: Database) -> None:
    for consumer in CATALOGUE.projections:
        deliver(database, consumer)

    page = read(organizer)

    assert "Неучтённых фактов нет" in page
    assert "всё учтено" in page
    assert "PostgreSQL 18" in page


def test_what_waits_is_counted(organizer: Browser, database: Database, app: Flask) -> None:
    deliver(database, RATINGS)
    tell(database, 60)
    Bell(app.extensions["psot.redis"]).ring()

    page = read(organizer)

    with database.begin() as session:
        open_ = text("SELECT count(*) FROM ledger_deliveries WHERE delivered_at IS NULL")
        waiting = session.scalar(open_)
    assert waiting >= 60, "several projections wait for the same fact"
    assert re.search(rf"ждут учёта</dt>\s*<dd>{waiting}</dd>", page)
    assert re.search(r"<code>ledger</code></th><td class=\"number\">[1-9]", page)


def test_a_dead_letter_is_shown_with_its_error_and_its_fact(
    organizer: Browser, database: Database
) -> None:
    seq = kill_one(database)

    page = read(organizer)

    assert "ValueError: a poison fact" in page
    assert f"Факт {seq}" in page


def test_a_dead_letter_is_tried_again_by_its_button(organizer: Browser, database: Database) -> None:
    seq = kill_one(database)

    answer = organizer.post(
        "/organizer/dead-letters/replay", data={"projection": "ratings", "seq": str(seq)}
    )

    assert (answer.status_code, answer.location) == (303, "/organizer")
    assert "1 факт обрабатывается снова" in read(organizer)
    assert dead(database) == 0
    assert deliver(database, RATINGS).done == 1


def test_all_dead_letters_of_a_projection_are_tried_again(
    organizer: Browser, database: Database
) -> None:
    kill_one(database)

    organizer.post("/organizer/dead-letters/replay", data={"projection": "ratings"})

    assert dead(database) == 0


def test_a_stopped_projection_is_an_alarm_and_goes_on_by_its_button(
    organizer: Browser, database: Database
) -> None:
    run(
        database,
        "UPDATE ledger_consumers SET stopped_at = now(), stopped_because = 'ValueError: bad rule'"
        " WHERE projection = 'ratings'",
    )

    alarmed = read(organizer)
    organizer.post("/organizer/projections/ratings/resume")

    assert 'role="alert"' in alarmed
    assert "ValueError: bad rule" in alarmed
    assert "Проекция снова работает" in read(organizer)
    with database.begin() as session:
        assert [one for one in lags(session) if one.stopped_at] == []


def test_a_button_pressed_twice_says_that_nothing_was_left(organizer: Browser) -> None:
    organizer.post("/organizer/dead-letters/replay", data={"projection": "ratings"})
    assert "Повторять больше нечего" in read(organizer)
    organizer.post("/organizer/projections/ratings/resume")
    assert "Проекция и не была остановлена" in read(organizer)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"projection": "nonsense"}, 404),
        ({"projection": "ratings", "seq": "seven"}, 422),
        ({"projection": "ratings", "seq": "9" * 30}, 422),
        ({}, 404),
    ],
)
def test_a_wrong_form_is_refused(organizer: Browser, form: dict[str, str], status: int) -> None:
    assert organizer.post("/organizer/dead-letters/replay", data=form).status_code == status


def test_a_projection_that_is_not_there_cannot_go_on(organizer: Browser) -> None:
    assert organizer.post("/organizer/projections/nonsense/resume").status_code == 404


def test_without_redis_the_ledger_is_told_all_the_same(
    database_url: str, redis: Redis, tmp_path: object
) -> None:
    assert redis.ping()
    app = make_app(
        Settings(
            database_url=database_url,
            redis_url="unix:///nowhere/redis.sock",
            data_dir=tmp_path,  # type: ignore[arg-type]  # a Path
            secret_key="s" * 40,
            base_url="http://localhost",
            allowed_origins=("http://localhost",),
        )
    )
    enrol(database_of(app), CATALOGUE)
    page = read(sign_in(app, roles=("organizer",)))
    database_of(app).close()

    assert "Redis не отвечает" in page
    assert "<code>ratings</code>" in page


def test_no_name_of_a_member_is_on_the_page(organizer: Browser, database: Database) -> None:
    kill_one(database)

    page = read(organizer)

    letters = page[page.index("letters-title") :]
    assert "Петрова" not in letters
    assert "@example.org" not in letters
