"""Settings for a command: the environment, completed by what runs in the data folder."""

import os
from dataclasses import replace
from typing import Any

from psot.config import Settings
from psot.embedded.folder import DataFolder
from psot.errors import PsotError


class NotRunning(PsotError):  # noqa: N818 - read as a sentence
    """An embedded service is needed and does not answer."""

    code = "not_running"
    status = 503


def load() -> Settings:
    """Settings whose database and Redis addresses are known.

    Where the environment names none, the embedded services of a running ``psot up`` are taken.
    Raises BadSetting, and NotRunning when those do not answer.
    """
    settings = Settings.from_environment(os.environ)
    if settings.database_url and settings.redis_url:
        return settings
    folder = DataFolder.at(settings.data_dir)
    if not (folder.path / "version").exists():
        raise NotRunning(
            f"Nothing runs in {folder.path}: start `psot up` or set {_unset(settings)}"
        )
    found: dict[str, Any] = {}
    if not settings.database_url:
        if not folder.postgres.ready():
            raise NotRunning("The embedded PostgreSQL is down: start `psot up` or set DATABASE_URL")
        found["database_url"] = folder.postgres.url()
    if not settings.redis_url:
        if not folder.valkey.ready():
            raise NotRunning("The embedded Redis is down: start `psot up` or set REDIS_URL")
        found["redis_url"] = folder.valkey.url()
    if not settings.secret_key:
        found["secret_key"] = folder.secret_key()
    return replace(settings, **found)


def _unset(settings: Settings) -> str:
    names = {"DATABASE_URL": settings.database_url, "REDIS_URL": settings.redis_url}
    return " and ".join(name for name, value in names.items() if not value)
