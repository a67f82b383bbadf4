"""The services every test may ask for: real ones, thrown away afterwards."""

import gc
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
import redis as redis_py
from coverage import Coverage
from flask import Flask
from hypothesis import settings

from psot import migrations
from psot.database import Database
from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from tests.content import load_start_pack
from tests.databases import CleanDatabases
from tests.services import postgres_running, roomy, valkey_running
from tests.sharing import SharedHouses
from tests.web import Browser, database_of, make_app, make_settings

UNIT = Path(__file__).parent / "unit"
IN_A_BROWSER = Path(__file__).parent / "e2e"

_numbers = itertools.count(1)

# A busy machine is slow, not wrong: no example of a property is judged by its time.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a browser's test a second time where the first failed; the summary lists each such test.

    A browser, a server and its services share two busy cores: what is wrong fails twice.
    """
    for item in items:
        if IN_A_BROWSER in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(optionalhook=True)  # where tests run side by side
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> SharedHouses | None:
    """Divide the tests among processes so that no house of several files is built twice."""
    return SharedHouses(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[object]:
    """Let the collector of garbage never look at what is imported, neither now nor later.

    Nothing of it is garbage, and every app that a test makes and leaves would have it walk through
    all of that.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure coverage of rules and facts by the unit tests alone, which must reach all of it.

    Through the whole house the tracer would make every test half as long again.
    """
    measuring = None if UNIT in item.path.parents else Coverage.current()
    if measuring is None:
        return (yield)
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL for the whole run."""
    with postgres_running(place=roomy()) as server:
        yield server


@pytest.fixture(scope="session")
def migrated_template(postgres: Postgres) -> str:
    """Name of a database at the newest migration with the start pack in it, to be copied."""
    with postgres.connect("postgres") as session:
        session.execute("CREATE DATABASE migrated")
    migrations.upgrade(postgres.url("migrated"))
    load_start_pack(postgres.url("migrated"))
    return "migrated"


@pytest.fixture(scope="session")
def clean_databases(postgres: Postgres, migrated_template: str) -> Iterator[CleanDatabases]:
    """Databases equal to the template, one at a time."""
    databases = CleanDatabases(postgres, migrated_template)
    yield databases
    databases.close()


@pytest.fixture
def database_url(clean_databases: CleanDatabases) -> Iterator[str]:
    """A database of its own, at the newest migration, with content and nobody in it."""
    with clean_databases.one() as url:
        yield url


@pytest.fixture
def empty_database_url(postgres: Postgres) -> Iterator[str]:
    """A database of its own without any table."""
    name = f"empty_{next(_numbers)}"
    with postgres.connect("postgres") as session:
        session.execute(f"CREATE DATABASE {name}")
    yield postgres.url(name)
    with postgres.connect("postgres") as session:
        session.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The product's own pool on ``database_url``."""
    pool = Database(database_url)
    yield pool
    pool.close()


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    """One Valkey for the whole run."""
    with valkey_running(place=roomy()) as server:
        yield server


@pytest.fixture
def redis_url(valkey: Valkey) -> str:
    """Address of an empty Redis."""
    with redis_py.Redis.from_url(valkey.url()) as client:
        client.flushall()
    return valkey.url()


@pytest.fixture
def redis(redis_url: str) -> Iterator[redis_py.Redis]:
    """A client of an empty Redis; values are bytes."""
    with redis_py.Redis.from_url(redis_url) as client:
        yield client


@pytest.fixture
def app(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The whole web application on services of its own; see `tests.web` for members to sign in."""
    made = make_app(make_settings(database_url, redis_url, tmp_path / "data"))
    yield made
    database_of(made).close()


@pytest.fixture
def client(app: Flask) -> Browser:
    """A visitor's browser; `tests.web.sign_in` gives a member's."""
    return cast("Browser", app.test_client())
