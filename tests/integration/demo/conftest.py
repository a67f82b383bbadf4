"""The demo community, loaded once for each day it is asked for; every story has a copy of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
import redis

from psot import clock
from psot.config import Settings
from psot.demo.load import load
from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from tests.databases import CleanDatabases
from tests.web import make_settings

Community = Callable[[datetime], Settings]
"""Settings of a house where the community was loaded on that day."""


class Communities:
    """Databases with the demo community in them, by the day of its load."""

    def __init__(self, postgres: Postgres, template: str, redis_url: str, folder: Path) -> None:
        self.postgres = postgres
        self.template = template
        self.redis_url = redis_url
        self.folder = folder
        self._made: dict[datetime, CleanDatabases] = {}

    def on(self, now: datetime) -> CleanDatabases:
        """Copies of the database into which the community was loaded at ``now``."""
        if now not in self._made:
            name = f"demo_{now:%Y%m%d}"
            with self.postgres.connect("postgres") as session:
                session.execute(
                    f"CREATE DATABASE {name} TEMPLATE {self.template} STRATEGY FILE_COPY"
                )
            with clock.fixed(now):
                settings = make_settings(
                    self.postgres.url(name), self.redis_url, self.folder, demo=True
                )
                assert load(settings, say=lambda _: None) is True
            self._made[now] = CleanDatabases(self.postgres, name)
        return self._made[now]

    def close(self) -> None:
        """Drop the copies that wait."""
        for databases in self._made.values():
            databases.close()


@pytest.fixture(scope="package")
def communities(
    postgres: Postgres,
    valkey: Valkey,
    migrated_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Communities]:
    """The communities of this folder's stories."""
    folder = tmp_path_factory.mktemp("demo")
    made = Communities(postgres, migrated_template, valkey.url(), folder)
    yield made
    made.close()


@pytest.fixture
def community(communities: Communities, valkey: Valkey, tmp_path: Path) -> Iterator[Community]:
    """A house of its own with the community of a day, and an empty Redis."""
    with ExitStack() as doors:

        def loaded(now: datetime) -> Settings:
            url = doors.enter_context(communities.on(now).one())
            with redis.Redis.from_url(valkey.url()) as client:
                client.flushall()
            return make_settings(url, valkey.url(), tmp_path, demo=True)

        yield loaded
