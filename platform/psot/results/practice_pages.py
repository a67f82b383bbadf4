"""Racing a finished race again: start it, its ghosts, what it came to. Own practice only."""

from uuid import UUID

from flask import Response, jsonify, render_template
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as Answer

from psot import clock
from psot.database import transaction
from psot.races import operations
from psot.races.stages import RESULTS
from psot.races.values import RaceView
from psot.results import practice as rules
from psot.results.access import me, race_here, veiled
from psot.results.errors import NotAPractice, NotYet
from psot.results.pages import blueprint


@blueprint.post("/races/<uuid:race_id>/practice")
def practise(race_id: UUID) -> Answer:
    """Start a practice against the field of a race with results, or go on with the running one."""
    viewer = me()
    with transaction() as session:
        race = race_here(session, race_id)
        _open(race)
        made = operations.start_practice(session, race_id, viewer.id, clock.now())
    return redirect(f"/races/{made.id}/run", 303)


@blueprint.get("/races/practices")
def practices() -> str:
    """List the reader's practice races."""
    viewer = me()
    with transaction() as session:
        found = rules.practices(session, viewer.id)
    return render_template("results/practices.html", found=found)


@blueprint.get("/races/<uuid:race_id>/practice")
def practice(race_id: UUID) -> str:
    """Show what the reader's practice would have come to among its field."""
    with transaction() as session:
        race, pattern = _practice(session, race_id)
        found = rules.comparison(session, race, pattern)
    return render_template("results/practice.html", race=race, pattern=pattern, found=found)


@blueprint.get("/races/<uuid:race_id>/ghosts.json")
def ghosts(race_id: UUID) -> Response:
    """Give the splits of the original field to who races it again."""
    with transaction() as session:
        _race, pattern = _practice(session, race_id)
        found = rules.ghosts(session, pattern)
    return jsonify(found)


def _practice(session: Session, race_id: UUID) -> tuple[RaceView, RaceView]:
    """Return a practice of the reader and the race it follows. Raises NotAPractice, NotYet."""
    race = race_here(session, race_id)
    pattern = rules.original(session, race, me().id)
    if pattern is None or race.practice_member != me().id:
        raise NotAPractice(_("This is not a practice of yours."), subject=str(race_id))
    _open(pattern)
    return race, pattern


def _open(race: RaceView) -> None:
    if race.stage not in RESULTS or veiled(race):
        raise NotYet(_("The race has no results yet."), subject=race.title)
