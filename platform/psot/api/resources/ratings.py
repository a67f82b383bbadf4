"""Ratings of members and regions."""

from typing import Any, cast
from uuid import UUID

from flask import current_app
from flask_babel import gettext
from redis import Redis
from sqlalchemy.orm import Session

from psot.api import scopes
from psot.api.contract import operation
from psot.api.errors import NoRatingYet
from psot.api.identity import caller
from psot.api.paging import page
from psot.api.schemas.ratings import (
    MemberRatingsPage,
    MemberRatingsQuery,
    OwnRatingSchema,
    RegionRatingsPage,
)
from psot.api.words import N_
from psot.database import transaction
from psot.members.boards import board_names, off_boards
from psot.members.queries import PublicName
from psot.ratings import listing, queries
from psot.ratings.errors import UnknownSeason
from psot.ratings.listing import After, ListedMember
from psot.ratings.queries import OpenSeason, RegionLine
from psot.ratings.standings import Line, standings
from scoring.rating import points


@operation(
    "/ratings/<season>/members",
    group="ratings",
    summary=N_("Members of a season by their rating"),
    about=N_("The highest first; equal ratings share a rank. `season` is such as `2026-Q4`."),
    answer=MemberRatingsPage,
    query=MemberRatingsQuery,
    errors=(404,),
)
def members_ratings(query: dict[str, Any], season: str) -> dict[str, Any]:
    """Return one page of a season's members."""
    limit: int = query["limit"]
    with transaction() as session:
        opened = _season(session, season)
        rows = listing.members_page(
            session, opened.name, after=_after(query.get("cursor")), limit=limit + 1
        )
        total = listing.rated_count(session, opened.name)
        whole = page(rows, limit, _cursor)
        asked = [one.member for one in whole.items]
        names = board_names(session, asked)
        hidden = off_boards(session, asked)
    # Who stands on no board is not listed: the places of the others stay, a page holds fewer.
    items = [_listed(one, names) for one in whole.items if one.member not in hidden]
    return {"items": items, "next": whole.next, "total": total}


@operation(
    "/ratings/<season>/members/me",
    group="ratings",
    summary=N_("My own place in a season"),
    about=N_("With what the rating is made of, the league, and three neighbours to each side."),
    answer=OwnRatingSchema,
    scope=scopes.READ,
    errors=(404,),
)
def own_rating(season: str) -> dict[str, Any]:
    """Return the caller's own rating."""
    member = caller()
    redis = cast("Redis", current_app.extensions["psot.redis"])
    with transaction() as session:
        opened = _season(session, season)
        mine = queries.member_rating(session, opened.name, member.id)
        if mine is None:
            raise NoRatingYet(gettext("You have no rating in this season yet."), subject=season)
        found = standings(session, redis, opened, leaders=0, member=member.id)
    return {
        "rank": found.own.rank if found.own else None,
        "member": member.id,
        "name": member.public_name,
        "region": mine.region,
        "rating": mine.points,
        "rating_milli": mine.rating_milli,
        "activity_ppb": mine.activity_ppb,
        "effectiveness_ppb": mine.effectiveness_ppb,
        "minutes": mine.minutes,
        "first_attempts": mine.first_attempts,
        "league": found.league,
        "around": [_neighbour(one) for one in found.around],
    }


@operation(
    "/ratings/<season>/regions",
    group="ratings",
    summary=N_("Regions of a season by their score"),
    about=N_("All 85, those without anybody on their roster at the end."),
    answer=RegionRatingsPage,
    errors=(404,),
)
def regions_ratings(season: str) -> dict[str, Any]:
    """Return all regions of a season."""
    with transaction() as session:
        opened = _season(session, season)
        lines = queries.region_table(session, opened.name)
    return {"items": [_region(one) for one in lines], "next": None}


def _season(session: Session, name: str) -> OpenSeason:
    found = queries.season_called(session, name)
    if found is None:
        raise UnknownSeason(gettext("There is no such season."), subject=name)
    return found


def _after(cursor: str | None) -> After | None:
    if cursor is None:
        return None
    milli, _mark, member = cursor.partition("_")
    return After(rating_milli=int(milli), member=UUID(hex=member))


def _cursor(one: ListedMember) -> str:
    return f"{one.rating_milli}_{one.member.hex}"


def _listed(one: ListedMember, names: dict[UUID, PublicName]) -> dict[str, Any]:
    # Who erased the account keeps the place and loses the name.
    return {
        "rank": one.rank,
        "member": one.member,
        "name": str(names.get(one.member) or gettext("Former member")),
        "region": one.region,
        "rating": points(one.rating_milli),
        "rating_milli": one.rating_milli,
        "activity_ppb": one.activity_ppb,
        "effectiveness_ppb": one.effectiveness_ppb,
    }


def _neighbour(one: Line) -> dict[str, Any]:
    return {
        "rank": one.rank,
        "member": one.key,
        "name": one.member,
        "region": one.region,
        "rating": one.rating,
    }


def _region(one: RegionLine) -> dict[str, Any]:
    return {
        "rank": one.rank,
        "region": one.region,
        "score": one.points,
        "score_milli": one.score_milli,
        "activity_ppb": one.activity_ppb,
        "effectiveness_ppb": one.effectiveness_ppb,
        "members": one.sums.members,
        "active": one.sums.active,
        "coverage_ppm": one.coverage_ppm,
    }
