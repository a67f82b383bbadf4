"""What a reader asks of the table of regions: season, week, league, measure and order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from flask import request

from psot.regions.measures import MEASURES, SCORE, Measure
from psot.regions.standing import Standing
from scoring.rating import SizeLeague

MOST_DIGITS: Final = 3

ORDERS: Final[Mapping[str, Callable[[Standing], Any]]] = {
    "place": lambda one: -(one.rank or 0),
    "members": lambda one: one.members,
    **{code: measure.value for code, measure in MEASURES.items()},
}
"""What the table can be ordered by; the greater the better."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The question behind a table. ``week`` counts from 1, 0 asks for what stands now.

    ``up`` turns the order of the table: the least first.
    """

    season: str = ""
    week: int = 0
    league: SizeLeague | None = None
    measure: Measure = SCORE
    order: str = "place"
    up: bool = False

    def query(self, **changes: Any) -> str:
        """Return this question, changed, as the end of an address; what is usual is left out."""
        one = replace(self, **changes)
        told = {
            "season": one.season,
            "week": one.week or "",
            "league": one.league.value if one.league else "",
            "measure": one.measure.code if one.measure is not SCORE else "",
            "sort": one.order if one.order != "place" else "",
            "up": "1" if one.up else "",
        }
        written = urlencode({name: value for name, value in told.items() if value})
        return f"?{written}" if written else ""

    def sorting(self, order: str) -> str:
        """Return the end of the address that orders by ``order``, and turns it if it does."""
        return self.query(order=order, up=order == self.order and not self.up)

    def picked(self, lines: Sequence[Standing]) -> list[Standing]:
        """Return the lines of the league asked for."""
        return [one for one in lines if self.league in {None, one.league}]

    def arranged(self, lines: Sequence[Standing]) -> list[Standing]:
        """Return ``lines`` in the order asked for; those without a value stay at the end."""
        value = ORDERS[self.order]
        known = [one for one in lines if value(one) is not None]
        known.sort(key=lambda one: (value(one), -(one.rank or 0)), reverse=not self.up)
        return known + [one for one in lines if value(one) is None]


def asked() -> Asked:
    """Read the question from the address; what makes no sense there is left out."""
    said = request.args
    week, league, order = said.get("week", ""), said.get("league", ""), said.get("sort", "")
    number = week.isascii() and week.isdigit() and len(week) <= MOST_DIGITS
    return Asked(
        season=said.get("season", ""),
        week=int(week) if number else 0,
        league=SizeLeague(league) if league in set(SizeLeague) else None,
        measure=MEASURES.get(said.get("measure", ""), SCORE),
        order=order if order in ORDERS else "place",
        up=said.get("up") == "1",
    )
