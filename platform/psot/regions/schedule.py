"""What the scheduler does for the regions."""

from datetime import datetime

from psot.database import Database
from psot.regions import operations

# A page that shows a past week shows what stood at its end, give or take this.
NOTE_EVERY_S = 300
# Walks over the members of the season.
PORTRAITS_EVERY_S = 600
# Walks over all first answers of the season.
TOPICS_EVERY_S = 3600


def note(database: Database, now: datetime) -> int:
    """Note how every region stands this week."""
    with database.begin() as session:
        return operations.note_week(session, now)


def draw(database: Database, now: datetime) -> int:
    """Keep what the members of every region are like as a whole."""
    with database.begin() as session:
        return operations.draw_portraits(session, now)


def draw_topics(database: Database) -> int:
    """Keep what every region answered by topic."""
    with database.begin() as session:
        return operations.draw_topics(session)
