"""The pages of boards: which there are, and each of them."""

from collections.abc import Callable
from typing import TypeVar, cast

import structlog
from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import get_locale, lazy_gettext
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from content.regions import by_code
from psot.database import transaction
from psot.library.queries import topics
from psot.members.queries import current_member
from psot.rankings import queries
from psot.rankings.errors import UnknownBoard
from psot.rankings.kinds import Board, Kind
from psot.ratings import queries as ratings
from psot.ratings.bands import LEAGUES, Band, bands
from psot.ratings.pages import region_names
from psot.ratings.queries import OpenSeason, newest_season

blueprint = Blueprint("rankings", __name__, template_folder="templates")

SHOWN = 20
FEW = 10
"""A board with no more rows than so many does not keep room for others."""

Answer = TypeVar("Answer")

_log = structlog.get_logger()


@blueprint.get("/ratings/boards")
def boards() -> str | Response:
    """Show which boards there are, the reader's own first; ``?region=`` leads to a region's."""
    viewer = current_member()
    if request.args.get("region") in by_code():
        return redirect(url_for("rankings.region", code=request.args["region"]), 303)
    with transaction() as session:
        season = newest_season(session)
        rating = (
            ratings.member_rating(session, season.name, viewer.id) if season and viewer else None
        )
        named = topic_names(session)
    found = asked_of_redis(lambda redis: bands(redis, season)) if season else ()
    return render_template(
        "rankings/boards.html",
        season=season,
        viewer=viewer,
        region=rating.region if rating else viewer.region if viewer else "",
        region_names=region_names(),
        leagues=found,
        own_league=_league_of(rating.rating_milli, found) if rating and found else 0,
        topics=named,
    )


@blueprint.get("/ratings/boards/region/<code>")
def region(code: str) -> str:
    """Show who leads in a region."""
    if code not in by_code():
        raise UnknownBoard(lazy_gettext("There is no such region."), subject=code)
    return _board(Kind.REGION, code, region_names()[code])


@blueprint.get("/ratings/boards/topic/<code>")
def topic(code: str) -> str:
    """Show who answers best in a topic."""
    with transaction() as session:
        title = topic_names(session).get(code, "")
    if not title:
        raise UnknownBoard(lazy_gettext("There is no such topic."), subject=code)
    return _board(Kind.TOPIC, code, title)


@blueprint.get("/ratings/boards/league/<int:number>")
def league(number: int) -> str:
    """Show who leads in a league."""
    if not 1 <= number <= LEAGUES:
        raise UnknownBoard(lazy_gettext("There is no such league."), subject=str(number))
    return _board(Kind.LEAGUE, str(number), "")


def topic_names(session: Session) -> dict[str, str]:
    """Return the topics in the reader's language, in the order of their packs."""
    locale = get_locale()
    language = locale.language if locale else "ru"
    return {name: one.name.in_language(language) for name, one in topics(session).items()}


def asked_of_redis(ask: Callable[["Redis"], Answer]) -> Answer | None:
    """Return what Redis answers, None while it does not: pages then say that boards are late."""
    redis = cast("Redis", current_app.extensions["psot.redis"])
    try:
        return ask(redis)
    except RedisError as error:
        _log.warning("board_not_read", error=type(error).__name__)
        return None


def _board(kind: Kind, code: str, title: str) -> str:
    viewer = current_member()
    with transaction() as session:
        season = newest_season(session)
        board = Board(kind=kind, season=season.name, code=code) if season else None
        member = viewer.id if viewer else None
        found = asked_of_redis(
            lambda redis: (
                queries.board_view(session, redis, cast("OpenSeason", season), board, member)
                if board
                else None
            )
        )
        limits = asked_of_redis(lambda redis: bands(redis, season)) if season else ()
    return render_template(
        "rankings/board.html",
        kind=kind.value,
        code=code,
        title=title,
        season=season,
        board=board,
        found=found,
        viewer=viewer,
        own=str(viewer.id) if viewer else "",
        region_names=region_names(),
        band=next((one for one in limits or () if str(one.league) == code), None),
        slots=SHOWN if found and len(found.leaders) > FEW else FEW,
        places=request.args.get("place") == "1",
    )


def _league_of(rating_milli: int, found: tuple[Band, ...]) -> int:
    return next((one.league for one in found if rating_milli >= one.least_milli), LEAGUES)
