"""A house with one member who learns, at a moment of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from psot.ledger import Catalogue
from psot.ledger.consumers import enrol
from psot.study.projections import STUDY
from tests import web
from tests.e2e.serving import serving


@pytest.fixture(scope="module")
def app(
    postgres: Postgres,
    valkey: Valkey,
    migrated_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """The whole application; study listens to its ledger."""
    name = "study_e2e"
    with postgres.connect("postgres") as session:
        session.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_template} STRATEGY FILE_COPY")
    folder: Path = tmp_path_factory.mktemp("data")
    made = web.make_app(web.make_settings(postgres.url(name), valkey.url(), folder))
    enrol(web.database_of(made), Catalogue((STUDY,)))
    yield made
    web.database_of(made).close()


@pytest.fixture(scope="module")
def base(app: Flask) -> Iterator[str]:
    """Address of the running house."""
    with serving(app) as address:
        yield address
