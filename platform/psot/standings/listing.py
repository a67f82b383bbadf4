"""The whole field, page by page, as the consumer of the race laid it down in Redis."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from redis.exceptions import RedisError

from psot.races.values import RaceView
from psot.standings import queries, seen
from psot.standings.wishes import Wish

_log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Page:
    """Rows of the field from place ``start`` on, and how many fit the wish in all."""

    rows: tuple[Mapping[str, Any], ...]
    total: int
    start: int = 1


def page(race: RaceView, wish: Wish) -> Page:
    """Return the rows of ``wish``."""
    try:
        found = queries.listed(
            seen.redis(),
            race,
            start=wish.start,
            count=wish.count,
            class_code=wish.class_code,
            region=wish.region,
            text=wish.text,
            around=wish.around,
        )
    except RedisError as error:
        _log.warning("standings_not_listed", error=type(error).__name__)
        return Page(rows=(), total=0)
    return Page(rows=found.rows, total=found.total, start=found.start)
