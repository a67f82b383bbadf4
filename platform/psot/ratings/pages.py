"""The pages of the ratings: who leads and where one stands; see `me_pages` for the own rating."""

from typing import cast
from uuid import UUID

import structlog
from flask import Blueprint, current_app, render_template, request
from flask_babel import get_locale
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.orm import Session

from content.regions import all_regions
from psot.database import reading, transaction
from psot.members.queries import current_member
from psot.ratings import boards, queries
from psot.ratings.queries import OpenSeason, newest_season
from psot.ratings.standings import LEADERS, Standings, standings

blueprint = Blueprint("ratings", __name__, template_folder="templates")

LEADERS_SHOWN = 10
BIG_SCREEN_SHOWN = 12

_log = structlog.get_logger()


@blueprint.get("/ratings")
def leaders() -> str:
    """Show who leads, the own place and the three neighbours to each side."""
    return _leaders("ratings/leaders.html", LEADERS_SHOWN)


@blueprint.get("/ratings/top")
def top() -> str:
    """Show the first fifty."""
    return _leaders("ratings/top.html", LEADERS)


@blueprint.get("/ratings/board")
def big_screen() -> str:
    """Show leaders and regions on a screen for a hall."""
    with transaction() as session:
        season = newest_season(session)
        found = standings_of(session, season, BIG_SCREEN_SHOWN, None)
        regions = _ranked_regions(session, season)
    return render_template(
        "ratings/board.html",
        season=season,
        found=found,
        regions=regions,
        region_names=region_names(),
        slots=BIG_SCREEN_SHOWN,
    )


def region_names() -> dict[str, str]:
    """Return the names of all regions in the reader's language, by code."""
    locale = get_locale()
    language = locale.language if locale else "ru"
    return {one.code: one.name(language) for one in all_regions()}


def _leaders(template: str, shown: int) -> str:
    viewer = current_member()
    with reading() as session:
        season = newest_season(session)
        return render_template(
            template,
            season=season,
            found=standings_of(session, season, shown, viewer.id if viewer else None),
            rating=(
                queries.member_rating(session, season.name, viewer.id)
                if season and viewer
                else None
            ),
            own=str(viewer.id) if viewer else "",
            viewer=viewer,
            board=boards.members_board(season.name) if season else "",
            region_names=region_names(),
            slots=shown,
            # Nobody is shown a place far from the top unasked.
            place=request.args.get("place") == "1",
        )


def standings_of(
    session: Session, season: OpenSeason | None, shown: int, member: UUID | None
) -> Standings | None:
    """Return the standings, None while Redis does not answer: the page says so and stays."""
    if season is None:
        return None
    redis = cast("Redis", current_app.extensions["psot.redis"])
    try:
        return standings(session, redis, season, leaders=shown, member=member)
    except RedisError as error:
        _log.warning("standings_not_read", error=type(error).__name__)
        return None


def _ranked_regions(session: Session, season: OpenSeason | None) -> list[dict[str, object]]:
    if season is None:
        return []
    lines = queries.region_table(session, season.name)
    return [_region_row(one) for one in lines if one.rank is not None][:BIG_SCREEN_SHOWN]


def _region_row(line: queries.RegionLine) -> dict[str, object]:
    return {
        "key": line.region,
        "rank": line.rank,
        "region": line.region,
        "rating": line.points,
        "delta": 0,
    }
