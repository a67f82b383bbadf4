"""The live board of medals: it tells that the lines are others now, and the page asks for them.

Its one row is a digest, so nothing of anybody is kept beside the database.
"""

import hashlib
import json
from dataclasses import asdict

from redis import Redis
from sqlalchemy.orm import Session

from psot.live import boards as live
from psot.rankings.queries import Medals, medal_seasons, medals

PREFIX = "medals"
SHOWN = 100
"""Lines of the board."""


def name_of(season: str) -> str:
    """Return the board's name on the wire; a season of races may be called anything."""
    return f"{PREFIX}:{hashlib.sha256(season.encode()).hexdigest()[:16]}"


def digest(found: Medals) -> str:
    """Return what tells these lines from any others: places, names, regions and medals."""
    told = [found.races, *map(asdict, found.lines)]
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def publish(session: Session, redis: "Redis") -> None:
    """Publish the medals of every season of races, where they changed."""
    for season in medal_seasons(session):
        found = medals(session, season, None, at_most=SHOWN)
        if found is not None:
            live.publish(redis, name_of(season), {"lines": {"sha256": digest(found)}})
