"""The season in which a moment lies: the same quarters as the ratings count by."""

from datetime import datetime
from zoneinfo import ZoneInfo

from scoring.rating import PARAMETERS, season_of

ZONE = ZoneInfo(PARAMETERS[max(PARAMETERS)].time_zone)


def season_at(moment: datetime) -> str:
    """Return the name of the season, such as ``2026-Q4``, in which ``moment`` lies."""
    return season_of(moment, ZONE).name
