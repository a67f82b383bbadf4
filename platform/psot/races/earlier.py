"""The results that a pursuit follows: the ranked of the newest protocol of the race before it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from psot.races.surroundings import around
from scoring.biathlon import Qualified


def results(session: Session, race_id: UUID) -> list[Qualified] | None:
    """Return who has a rank in the newest protocol of a race, or None where there is none."""
    provider = around(session).results
    rows = provider(session, race_id) if provider else None
    return None if rows is None else ranked(rows)


def ranked(rows: Iterable[Mapping[str, Any]]) -> list[Qualified]:
    """Return the ranked of a protocol's rows.

    >>> ranked([{"bib": 3, "rank": 1, "behind_ms": 0}, {"bib": 4, "rank": None}])
    [Qualified(bib=3, rank=1, behind_ms=0)]
    """
    return [
        Qualified(bib=row["bib"], rank=row["rank"], behind_ms=row["behind_ms"])
        for row in rows
        if row["rank"] is not None
    ]
