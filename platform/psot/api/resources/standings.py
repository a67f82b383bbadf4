"""Who is ahead in a race, as everybody may see it: never before the freeze or the delay is over."""

from typing import Any, cast
from uuid import UUID

from flask import current_app
from redis import Redis

from psot.api.contract import operation
from psot.api.identity import optional_caller
from psot.api.schemas.standings import StandingsPage, StandingsQuery
from psot.api.words import N_
from psot.database import transaction
from psot.races import queries as races
from psot.standings import queries


@operation(
    "/races/<uuid:race_id>/standings",
    group="races",
    summary=N_("Standings of a race"),
    about=N_("The whole field in its order, as frozen and delayed as the public board."),
    answer=StandingsPage,
    query=StandingsQuery,
    errors=(404,),
)
def race_standings(query: dict[str, Any], race_id: UUID) -> dict[str, Any]:
    """Return one page of the field; a class goes before a region."""
    member = optional_caller()
    with transaction() as session:
        view = races.visible_race(
            session,
            race_id,
            member=member.id if member else None,
            roles=member.roles if member else frozenset(),
        )
    start, limit = int(query.get("cursor", "1")), query["limit"]
    found = queries.listed(
        cast("Redis", current_app.extensions["psot.redis"]),
        view,
        start=start,
        count=limit,
        class_code=query.get("class_code", ""),
        region=query.get("region", ""),
    )
    more = start + limit <= found.total
    return {
        "items": found.rows,
        "next": str(start + limit) if more else None,
        "total": found.total,
    }
