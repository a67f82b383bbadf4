"""The officials' pages: the region in figures, and who is invited into it how."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from content.regions import all_regions
from psot import clock
from psot.database import transaction
from psot.officials import words
from psot.officials.access import EVERY_REGION, asked_region, viewer
from psot.officials.cells import Cell
from psot.officials.exports.tables import tables
from psot.officials.portrait import portrait

blueprint = Blueprint("officials", __name__, template_folder="templates")


@blueprint.app_template_filter("official_cell")
def official_cell(value: Cell) -> str:
    """Write a count of people, or why it is not shown."""
    return words.cell(value)


@blueprint.get("/official")
def region() -> ResponseReturnValue:
    """Show the region in figures; an organizer chooses which."""
    chosen = asked_region()
    if chosen is None:
        named = sorted(all_regions(), key=lambda one: one.name(words.language()))
        return render_template("officials/choose.html", regions=named)
    with transaction() as session:
        found = portrait(session, chosen, clock.now())
        topics = words.topic_titles(session)
    return render_template(
        "officials/region.html",
        region=chosen,
        found=found,
        tables=[(one.name, one.title) for one in tables(found, topics)] if found else [],
        topics=topics,
        kinds=words.KINDS,
        leagues=words.LEAGUES,
        names={one.code: one.name(words.language()) for one in all_regions()},
        may_choose=viewer().has_role(*EVERY_REGION),
    )
