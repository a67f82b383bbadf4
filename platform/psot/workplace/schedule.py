"""What has to happen without anybody asking: checks whose time is up end."""

from datetime import datetime

from psot.database import Database
from psot.workplace import operations


def keep(database: Database, now: datetime) -> int:
    """End the checks whose time is up, each by itself; returns how many there were."""
    with database.begin() as session:
        waiting = operations.overdue(session, now)
    ended = 0
    for run in waiting:
        with database.begin() as session:
            ended += operations.settle(session, run=run, now=now)
    return ended
