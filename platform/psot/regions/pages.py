"""The pages of the regions: the map with its table, and the story of each region."""

from dataclasses import replace

from flask import Blueprint, render_template
from flask_babel import get_locale
from flask_babel import lazy_gettext as _

from content.regions import Region, all_regions, by_code
from psot.database import transaction
from psot.library import queries as library
from psot.members.queries import current_member
from psot.ratings import boards
from psot.ratings.queries import seasons
from psot.regions import queries, story
from psot.regions.asked import Asked, asked
from psot.regions.errors import UnknownRegion, UnknownSeason
from psot.regions.measures import LEAGUES, MEASURES, SCORE, ordered
from psot.regions.queries import View
from psot.regions.tilemap import STEPS, TILE, shades, tiles

blueprint = Blueprint("regions", __name__, template_folder="templates")

FIRST_SHOWN = 10


@blueprint.get("/ratings/regions")
def table() -> str:
    """Show all regions as a map of tiles and as a table, in any week of any season."""
    wish = asked()
    viewer = current_member()
    with transaction() as session:
        opened = seasons(session)
        view = queries.view(session, wish.season, wish.week - 1 if wish.week else None)
    if view is None and wish.season:
        raise UnknownSeason(_("There is no such season."), subject=wish.season)
    if view is None:
        return render_template("regions/none_yet.html", own=viewer is not None)
    wish = settled(wish, view)
    picked = wish.picked(view.lines)
    first = ordered(picked, wish.measure)
    return render_template(
        "regions/table.html",
        view=view,
        asked=wish,
        seasons=opened,
        lines=wish.arranged([one for one in picked if one.rank is not None]),
        tiles=tiles(view.lines, wish.measure, picked),
        shades=shades(picked, wish.measure),
        first=first[:FIRST_SHOWN],
        board=boards.regions_board(view.season.name),
        rows=[
            {"key": one.region, "rank": one.rank, "region": one.region, "rating": one.points}
            for one in view.ranked[:FIRST_SHOWN]
        ],
        # A week that is over, a league or another measure has no board that moves by itself.
        moving=view.newest and view.week is None and not wish.league and wish.measure is SCORE,
        own=viewer.region if viewer else "",
        region_names=region_names(),
        tile=TILE,
        steps=STEPS,
        measures=MEASURES,
        leagues=LEAGUES,
    )


@blueprint.get("/ratings/regions/<code>")
def region(code: str) -> str:
    """Tell the story of a region."""
    found = region_called(code)
    viewer = current_member()
    with transaction() as session:
        told = story.tell(session, code, viewer)
        topic_names = {
            id_: topic.name.in_language(language())
            for id_, topic in library.topics(session).items()
        }
    return render_template(
        "regions/region.html",
        region=found,
        told=told,
        topic_names=topic_names,
        region_names=region_names(),
        leagues=LEAGUES,
        fewest=queries.FEWEST,
        own=viewer.region if viewer else "",
    )


def settled(wish: Asked, view: View) -> Asked:
    """Return the question as it was answered: the season by its name, the week that is shown."""
    week = 0 if view.week is None else view.week + 1
    return replace(wish, season="" if view.newest else view.season.name, week=week)


def region_called(code: str) -> Region:
    """Return a region by its code. Raises UnknownRegion."""
    found = by_code().get(code)
    if found is None:
        raise UnknownRegion(_("There is no such region."), subject=code)
    return found


def region_names() -> dict[str, str]:
    """Return the names of all regions in the reader's language, by code."""
    return {one.code: one.name(language()) for one in all_regions()}


def language() -> str:
    """Return the reader's language: "ru" or "en"."""
    locale = get_locale()
    return locale.language if locale else "ru"
