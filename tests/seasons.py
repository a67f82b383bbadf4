"""A small season on the ledger: who is on which roster, who answered what, and when it was."""

from datetime import UTC, datetime, timedelta

from psot.database import Database
from psot.seasons import operations
from tests.integration.ratings.history import (
    AUTUMN,
    Entry,
    answered,
    drain,
    member,
    moved,
    registered,
    tell,
)

SEASON = "2026-Q4"
OPENED = datetime(2026, 10, 1, 6, tzinfo=UTC)
OVER = datetime(2027, 1, 1, 9, tzinfo=UTC)

HISTORY: list[Entry] = [
    registered(member(1), "RU-TYU"),
    registered(member(2), "RU-TYU"),
    registered(member(3), "RU-ALT"),
    # Moved before the first moment (the roster of the new region), and after it (the old one's).
    registered(member(4), "RU-ALT"),
    moved(member(4), "RU-TYU", OPENED - timedelta(days=20)),
    moved(member(3), "RU-TYU", OPENED + timedelta(days=3)),
    # Came late: on no roster this season.
    registered(member(5), "RU-TYU", OPENED + timedelta(days=2)),
]
ANSWERS: list[Entry] = [
    *(answered(member(1), f"ppe-{number:02}", at=AUTUMN) for number in range(1, 13)),
    *(answered(member(2), f"ppe-{number:02}", at=AUTUMN, score_ppm=0) for number in range(1, 7)),
    *(answered(member(3), f"ppe-{number:02}", at=AUTUMN) for number in range(1, 5)),
    *(answered(member(5), f"ppe-{number:02}", at=AUTUMN) for number in range(1, 3)),
]


def played(database: Database) -> None:
    """Open the season, let everybody answer, and take the figures of its last week."""
    tell(database, HISTORY)
    with database.begin() as session:
        operations.open_season(session, now=OPENED, name=SEASON)
    tell(database, ANSWERS)
    finished(database)


def finished(database: Database) -> None:
    """Take the last figures of the season and count them."""
    with database.begin() as session:
        assert operations.take_last_figures(session, SEASON, now=OVER)
    drain(database)


def closed(database: Database) -> str:
    """Play the season and close it; returns the hash of its protocol."""
    played(database)
    with database.begin() as session:
        return operations.close(session, SEASON, confirmed=SEASON, now=OVER).sha256
