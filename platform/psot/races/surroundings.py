"""What races need of the process around them: Redis, the site's address, results of earlier races.

Whoever connects a process to the database attaches them once; see `psot.runtime`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast
from uuid import UUID

from redis import Redis
from sqlalchemy.orm import Session

from psot.database import Database

Results = Callable[[Session, UUID], Iterable[Mapping[str, Any]] | None]
"""Gives the rows of a race's newest protocol (`scoring.biathlon.written`), None without one."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """``redis`` takes jobs for later, ``base_url`` begins links in letters."""

    redis: Redis | None = None
    base_url: str = ""
    results: Results | None = None


_KEY: Final = "psot.races"
_NOTHING: Final = Surroundings()


def attach(database: Database, around: Surroundings) -> None:
    """Let every session of ``database`` know ``around``."""
    known = database.sessions.kw.get("info") or {}
    database.sessions.configure(info={**known, _KEY: around})


def around(session: Session) -> Surroundings:
    """Return what was attached; nothing is there where nobody did."""
    return cast("Surroundings", session.info.get(_KEY, _NOTHING))
