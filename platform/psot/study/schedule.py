"""What has to happen in study without anybody asking: plans whose year is over begin anew."""

from datetime import datetime

from psot.database import Database
from psot.study.operations import renew_due


def keep(database: Database, now: datetime) -> int:
    """Renew the courses whose time is over; returns how many there were."""
    with database.begin() as session:
        return renew_due(session, now)
