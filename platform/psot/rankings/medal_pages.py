"""The board of medals: who won how often in the races of a season."""

from flask import render_template, request

from psot.database import transaction
from psot.members.queries import current_member
from psot.rankings import medal_board, queries
from psot.rankings.pages import blueprint
from psot.ratings.pages import region_names


@blueprint.get("/ratings/boards/medals")
def medals() -> str:
    """Show who has medals in the newest season of races, or in that of ``?season=``."""
    viewer = current_member()
    with transaction() as session:
        seasons = queries.medal_seasons(session)
        asked = request.args.get("season", "")
        season = asked if asked in seasons else next(iter(seasons), "")
        member = viewer.id if viewer else None
        found = (
            queries.medals(session, season, member, at_most=medal_board.SHOWN) if season else None
        )
    return render_template(
        "rankings/medals.html",
        seasons=seasons,
        found=found,
        board=medal_board.name_of(season) if found else "",
        shown=medal_board.digest(found) if found else "",
        viewer=viewer,
        region_names=region_names(),
    )
