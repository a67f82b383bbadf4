"""The boards people watch: the leaders of the running season, and all regions.

Published from what is kept ready: the ranking in Redis, one row of sums per region, and names.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Flask
from redis import Redis

from psot.database import Database
from psot.live import BoardKind
from psot.live import boards as live
from psot.live.door import Door
from psot.policies import PUBLIC
from psot.ratings import ranks
from psot.ratings.queries import newest_season, region_table
from psot.ratings.standings import LEADERS, named, windows

MEMBERS = "ratings"
REGIONS = "regions"


def members_board(season: str) -> str:
    """Return the name on the wire of the board of leaders."""
    return f"{MEMBERS}:{season}"


def regions_board(season: str) -> str:
    """Return the name on the wire of the board of regions."""
    return f"{REGIONS}:{season}"


def publish(database: Database, redis: "Redis") -> None:
    """Bring rankings and boards up to the stored ratings; cheap where nothing changed."""
    ranks.sync(database, redis)
    with database.begin() as session:
        season = newest_season(session)
        if season is None:
            return
        look = ranks.look(redis, season.name, leaders=LEADERS)
        lines = named(session, season.name, look.leaders)
        regions = region_table(session, season.name)
    live.publish(
        redis,
        members_board(season.name),
        {one.key: one.wire() for one in lines.values()},
        as_of=look.version,
    )
    live.publish(
        redis,
        regions_board(season.name),
        {
            one.region: {"rank": one.rank, "region": one.region, "rating": one.points}
            for one in regions
            if one.rank is not None
        },
    )


def register(app: Flask) -> None:
    """Let anybody watch the boards, and members their own place."""
    database: Database = app.extensions["psot.database"]
    door: Door = app.extensions["psot.live"]

    def around(redis: "Redis", board: str, members: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
        with database.begin() as session:
            return windows(session, redis, board.removeprefix(f"{MEMBERS}:"), members)

    door.register_board(BoardKind(prefix=MEMBERS, policy=PUBLIC, windows=around))
    door.register_board(BoardKind(prefix=REGIONS, policy=PUBLIC))
