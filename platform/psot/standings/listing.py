"""The whole field, page by page, as the consumer of the race laid it down in Redis."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psot.races.values import RaceView
from psot.standings import names, seen
from psot.standings.wishes import Wish


@dataclass(frozen=True, kw_only=True)
class Page:
    """Rows of the field from place ``start`` on, and how many fit the wish in all."""

    rows: tuple[Mapping[str, Any], ...]
    total: int
    start: int = 1


def page(race: RaceView, wish: Wish) -> Page:
    """Return the rows of ``wish``."""
    rows = seen.board(names.main(race)).rows
    first = wish.start - 1
    return Page(rows=rows[first : first + wish.count], total=len(rows), start=wish.start)
