"""The boards people watch: the leaders of the running season, and all regions.

Published from what is kept ready: the ranking in Redis, one row of sums per region, and names.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from redis import Redis

from psot.database import Database
from psot.live import boards as live
from psot.members.queries import public_names
from psot.ratings import ranks
from psot.ratings.queries import newest_season, region_table, regions_of
from psot.ratings.ranks import Place
from scoring.rating import points

LEADERS = 50

Row = dict[str, Any]


def members_board(season: str) -> str:
    """Return the name on the wire of the board of leaders."""
    return f"ratings:{season}"


def regions_board(season: str) -> str:
    """Return the name on the wire of the board of regions."""
    return f"regions:{season}"


def publish(database: Database, redis: "Redis") -> None:
    """Bring rankings and boards up to the stored ratings; cheap where nothing changed."""
    ranks.sync(database, redis)
    with database.begin() as session:
        season = newest_season(session)
        if season is None:
            return
        look = ranks.look(redis, season.name, leaders=LEADERS)
        members = [one.member for one in look.leaders]
        names = public_names(session, members)
        homes = regions_of(session, season.name, members)
        regions = region_table(session, season.name)
    live.publish(
        redis,
        members_board(season.name),
        member_rows(look.leaders, names, homes),
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


def member_rows(
    places: Sequence[Place], names: Mapping[UUID, str], homes: Mapping[UUID, str]
) -> dict[str, Row]:
    """Return the rows of ``places`` as they travel, by member; an erased one is left out."""
    return {
        str(one.member): {
            "rank": one.rank,
            "member": names[one.member],
            "region": homes.get(one.member, ""),
            "rating": points(one.rating_milli),
        }
        for one in places
        if one.member in names
    }
