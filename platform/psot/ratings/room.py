"""What the ratings bring into the app: pages, boards, and the leaders of the first page."""

from typing import cast
from uuid import UUID

from flask import Flask, current_app
from redis import Redis
from redis.exceptions import RedisError

from psot import shell
from psot.database import transaction
from psot.items import queries as items
from psot.members.queries import current_member
from psot.ratings import boards, me_pages, pages, queries
from psot.ratings.queries import newest_season
from psot.ratings.standings import standings
from psot.shell import slots

# Importing the pages of the own rating puts their routes on the one blueprint.
__all__ = ["install", "me_pages"]

HOME_SHOWN = 5


def install(app: Flask) -> None:
    """Bring the pages and boards of the ratings, and what the first page shows of them."""
    app.register_blueprint(pages.blueprint)
    # Rooms above have pages of ratings too: the tabs name those that are there.
    app.jinja_env.globals["has_page"] = app.view_functions.__contains__
    boards.register(app)
    items.left_by(app, queries.absences)
    shell.show(app, leaders=_leaders)


def _leaders() -> shell.HomeBoard | None:
    viewer = current_member()
    redis = cast("Redis", current_app.extensions["psot.redis"])
    with transaction() as session:
        season = newest_season(session)
        if season is None:
            return None
        try:
            found = standings(session, redis, season, leaders=HOME_SHOWN, member=None)
        except RedisError:
            return None
    slots.shows(UUID(one.key) for one in found.leaders)
    return shell.HomeBoard(
        name=boards.members_board(season.name),
        rows=[
            shell.Row(
                key=one.key, rank=one.rank, rating=one.rating, member=one.member, region=one.region
            )
            for one in found.leaders
        ],
        own=str(viewer.id) if viewer else "",
        region_names=pages.region_names(),
    )
