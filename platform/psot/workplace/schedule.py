"""What has to happen without anybody asking: checks whose time is up end, misses are added up."""

from datetime import datetime

from psot.database import Database
from psot.workplace import operations
from psot.workplace.tallying import tally


def keep(database: Database, now: datetime) -> int:
    """End the checks whose time is up, each by itself; returns how many there were.

    Ended runs are added to the map of misses.
    """
    with database.begin() as session:
        waiting = operations.overdue(session, now)
    ended = 0
    for run in waiting:
        with database.begin() as session:
            ended += operations.settle(session, run=run, now=now)
    while True:
        with database.begin() as session:
            if not tally(session):
                return ended
