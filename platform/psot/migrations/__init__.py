"""The schema's history, both ways, run through Alembic from code: no ini file to keep in step."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from psot.database import driver_url

FOLDER = Path(__file__).parent


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at ``url`` up to ``revision``; two processes may try at once."""
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Bring the database at ``url`` down to ``revision`` (``base``: to nothing)."""
    _run(url, lambda config: command.downgrade(config, revision))


def check(url: str) -> None:
    """Raise alembic's CommandError if the database differs from the models of this release."""
    _run(url, command.check)


def revise(url: str, message: str) -> None:
    """Write a new version file from the difference between the database and the models."""
    _run(url, lambda config: command.revision(config, message, autogenerate=True))


def _run(url: str, act: Callable[[Config], object]) -> None:
    engine = create_engine(driver_url(url))
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('psot.migrations'))"))
            config.attributes["connection"] = connection
            act(config)
    finally:
        engine.dispose()
