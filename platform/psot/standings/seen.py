"""What a page reads of the standings: boards as they lie ready in Redis, nothing is computed.

Until the consumer has published anything, everything is empty and the page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import structlog
from flask import current_app
from redis import Redis
from redis.exceptions import RedisError

from psot.live import boards
from psot.races.values import RaceView
from psot.standings import names
from psot.standings.wishes import Wish

Row = Mapping[str, Any]

HEAD = "race"
"""Key of the row that tells of the race itself."""

_log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A board: what it says of the race, its rows in their order, whether it could be read."""

    head: Row
    rows: tuple[Row, ...]
    readable: bool = True


def board(name: str) -> Seen:
    """Return a board as it stands; an empty one where nobody published, or Redis is silent."""
    try:
        found = boards.snapshot(redis(), name)
    except RedisError as error:
        _log.warning("standings_not_read", board=name, error=type(error).__name__)
        return Seen(head={}, rows=(), readable=False)
    rows = found.rows if found else {}
    return Seen(head=rows.get(HEAD, {}), rows=tuple(_in_order(rows)))


def board_of(race: RaceView, wish: Wish) -> str:
    """Return the name of the board that ``wish`` is about: a point's, a class's, a region's."""
    if wish.split:
        return names.of_point(race, wish.split)
    if wish.class_code:
        return names.of_class(race, wish.class_code)
    if wish.region:
        return names.of_region(race, wish.region)
    return names.main(race)


def redis() -> Redis:
    """Return the app's Redis."""
    return cast("Redis", current_app.extensions["psot.redis"])


def _in_order(rows: Mapping[str, Any]) -> list[Row]:
    listed = [{**row, "key": key} for key, row in rows.items() if key != HEAD]
    return sorted(listed, key=lambda row: (row.get("pos", 0), row["key"]))
