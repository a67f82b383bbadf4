"""What has to happen in learning without anybody asking: attempts whose time is up end."""

from datetime import datetime

from psot.database import Database
from psot.learning.operations import finish_overdue


def keep(database: Database, now: datetime) -> int:
    """End the attempts whose time is up; returns how many there were."""
    with database.begin() as session:
        return finish_overdue(session, now)
