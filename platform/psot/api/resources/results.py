"""Results of races: protocols with their hashes, and the seasons they make."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from flask_babel import gettext

from psot.api.contract import operation
from psot.api.identity import optional_caller
from psot.api.schemas.results import ProtocolPage, ProtocolQuery, SeasonPage, SeasonQuery
from psot.api.words import N_
from psot.database import transaction
from psot.races.stages import Stage
from psot.results import seasons
from psot.results.access import race_here
from psot.results.errors import NoProtocol, NoSeason
from psot.results.protocols import Line, sheet
from psot.results.seasons import SeasonLine

_Row = TypeVar("_Row")


@operation(
    "/races/<uuid:race_id>/protocol",
    group="races",
    summary=N_("The protocol of a race"),
    about=N_("As the jury published it, with every split. Names by consent, else the number."),
    answer=ProtocolPage,
    query=ProtocolQuery,
    errors=(404,),
)
def race_protocol(query: dict[str, Any], race_id: UUID) -> dict[str, Any]:
    """Return one page of a protocol."""
    optional_caller()
    stage = Stage(query["stage"]) if "stage" in query else None
    with transaction() as session:
        found = sheet(session, race_here(session, race_id), stage)
    if found is None:
        raise NoProtocol(gettext("There is no such protocol."), subject=str(race_id))
    lines, following = _page(found.lines, query)
    return {
        "race": race_id,
        "stage": found.stage,
        "sha256": found.sha256,
        "published_at": found.published_at,
        "teams": [one.row for one in found.teams],
        "items": [_line(one) for one in lines],
        "next": following,
        "total": len(found.lines),
    }


@operation(
    "/races/seasons",
    group="races",
    summary=N_("A table of a season"),
    about=N_("Over the official races that the caller may see: racers, relays or regions."),
    answer=SeasonPage,
    query=SeasonQuery,
    errors=(404,),
)
def race_season(query: dict[str, Any]) -> dict[str, Any]:
    """Return one page of a season's table."""
    member = optional_caller()
    with transaction() as session:
        found = seasons.season(session, query["season"], member)
        if not found.counted:
            raise NoSeason(gettext("There is no such season."), subject=query["season"])
        lines = seasons.lines(session, found, query["table"], member)
    shown, following = _page(lines, query)
    return {
        "season": found.name,
        "table": query["table"],
        "items": [_standing(one) for one in shown],
        "next": following,
        "total": len(lines),
    }


def _page(rows: Sequence[_Row], query: dict[str, Any]) -> tuple[Sequence[_Row], str | None]:
    """Return the rows of a page and the cursor of the next: how many rows came before it."""
    first = int(query.get("cursor", "0"))
    last = first + int(query["limit"])
    return rows[first:last], str(last) if last < len(rows) else None


def _line(one: Line) -> dict[str, Any]:
    return {**one.row, "name": one.person.label, "region": one.person.region}


def _standing(one: SeasonLine) -> dict[str, Any]:
    return {
        "rank": one.rank,
        "name": one.label,
        "region": one.region,
        "points": one.points,
        "races": [
            {"race": race, "rank": won.rank, "points": won.points}
            for race, won in one.behind.items()
        ],
    }
