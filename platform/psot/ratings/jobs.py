"""What the scheduler does for the ratings."""

from psot import clock
from psot.database import Database
from psot.ratings.operations import calibrate


def calibrate_seasons(database: Database) -> int:
    """Take the shared figures of every running season; returns how many changed."""
    with database.begin() as session:
        return len(calibrate(session, now=clock.now()))
