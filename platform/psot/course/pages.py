"""The racer's page: one screen from the zeroing to the finish."""

from uuid import UUID

from flask import Blueprint, render_template
from flask_babel import get_locale

from content.regions import all_regions
from psot.course.words import words
from psot.database import transaction
from psot.members.queries import current_member
from psot.races.lanes import lane
from psot.races.queries import visible_race
from psot.races.values import RaceView
from psot.races.wording import FORMATS

blueprint = Blueprint("course", __name__, template_folder="templates")


@blueprint.get("/races/<uuid:race_id>/run")
def run(race_id: UUID) -> str:
    """Show the screen of this member's race; everything that moves on it comes by script."""
    viewer = current_member()
    member = viewer.id if viewer else None
    roles = viewer.roles if viewer else frozenset()
    with transaction() as session:
        race = visible_race(session, race_id, member=member, roles=roles)
        own = None if member is None else lane(session, race_id, member=member)
    language = str(get_locale() or "ru")
    return render_template(
        "course/run.html",
        race=race,
        format_name=FORMATS[race.format],
        rules=race.rules,
        board=board_of(race),
        bib=own.bib if own else None,
        words=words(),
        regions={one.code: one.label(language) for one in all_regions()},
    )


def board_of(race: RaceView) -> str:
    """Return the name of the race's board: its own kind where only members may watch."""
    return f"{'race' if race.public else 'racem'}:{race.id.hex}"
