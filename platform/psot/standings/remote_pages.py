"""The remote control of the big screen, made for the organizer's phone."""

from typing import Any

import structlog
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from redis.exceptions import RedisError
from sqlalchemy.orm import Session

from psot import clock
from psot.database import transaction
from psot.members.queries import current_member
from psot.members.viewer import Viewer
from psot.races import operations as acts
from psot.races import queries as races
from psot.races.values import Racer, RaceView
from psot.races.wording import FORMATS, STAGES, TONES
from psot.standings import names, remote, screens, seen, words

blueprint = Blueprint("remote", __name__, template_folder="templates")

PANELS = {
    "auto": lazy_gettext("In turn"),
    "range": lazy_gettext("The range"),
    "course": lazy_gettext("The course"),
    "class": lazy_gettext("Class board"),
    "news": lazy_gettext("What happens"),
    "reveal": lazy_gettext("Reveal of the results"),
}

FOUND = 8
"""How many racers a search offers."""

_log = structlog.get_logger()


@blueprint.get("/organizer/races/<uuid:race_id>/remote")
def control(race_id: Any) -> str:
    """Show what the screen shows now, and everything it could show."""
    viewer = _viewer()
    with transaction() as session:
        race = races.visible_race(session, race_id, member=viewer.id, roles=viewer.roles)
        field = races.start_list(session, race_id)
        classes = races.classes(session, race_id)
        wanted = screens.shown(session, race_id)
    return render_template(
        "standings/remote.html",
        race=race,
        format_name=FORMATS[race.format],
        stage_name=STAGES[race.stage],
        stage_tone=TONES.get(race.stage, ""),
        classes=classes,
        wanted=wanted,
        chosen=next((one for one in field if one.bib == wanted.bib), None),
        found=_fitting(field, request.args.get("q", "")),
        regions=words.region_names(),
        panels={name: str(title) for name, title in PANELS.items()},
        says=_says(),
        frozen=race.frozen_ms(clock.now()) is not None,
        truth=_true(race),
        screen_board=names.screen(race),
        client=words.client(race),
        words=words,
    )


@blueprint.post("/organizer/races/<uuid:race_id>/remote")
def press(race_id: Any) -> ResponseReturnValue:
    """Do what one button of the remote control says; a script gets the new state as JSON."""
    viewer, now = _viewer(), clock.now()
    with transaction() as session:
        race = races.visible_race(session, race_id, member=viewer.id, roles=viewer.roles)
        race = _standing_still(session, race, request.form.get("board", ""))
        before = screens.shown(session, race_id)
        wanted = screens.show(
            session, race_id, remote.pressed(before, request.form), by=viewer.id, now=now
        )
    told = _tell(race, wanted)
    if request.headers.get("X-Requested-With"):
        frozen = race.frozen_ms(now) is not None
        return {
            "ok": True,
            "told": told,
            "panel": wanted.panel,
            "bib": wanted.bib,
            "class": wanted.class_code,
            "revealed": wanted.revealed,
            "frozen": frozen,
        }
    if not told:
        flash(gettext("Kept, but the screen cannot be reached now. Press again."), "warning")
    return redirect(url_for("remote.control", race_id=race_id), 303)


def _says() -> dict[str, object]:
    """Return what the remote control's script says."""
    return {
        "panels": {name: str(title) for name, title in PANELS.items()},
        "nobody": gettext("nobody"),
        "still": gettext("stands still"),
        "moves": gettext("moves"),
        "told": gettext("The screen shows it."),
        "kept": gettext("Kept, but the screen cannot be reached now. Press again."),
        "failed": gettext("Not done: check the connection and press again."),
    }


def _standing_still(session: Session, race: RaceView, wish: str) -> RaceView:
    """Freeze or unfreeze the public board where the button said so."""
    if wish not in {"freeze", "unfreeze"}:
        return race
    return acts.set_frozen(session, race.id, frozen=wish == "freeze", now=clock.now())


def _tell(race: RaceView, wanted: screens.Shown) -> bool:
    """Tell the screens; False while Redis does not answer."""
    try:
        screens.publish(seen.redis(), race, wanted)
    except RedisError as error:
        _log.warning("screen_not_told", error=type(error).__name__)
        return False
    return True


def _true(race: RaceView) -> list[dict[str, Any]]:
    try:
        return screens.to_reveal(seen.redis(), race)
    except RedisError:
        return []


def _fitting(field: list[Racer], text: str) -> list[Racer]:
    """Return the racers whose number, name or region begins with or contains ``text``."""
    wanted = text.strip().casefold()
    if not wanted:
        return []
    if wanted.isdecimal():
        near = [one for one in field if str(one.bib).startswith(wanted)]
        return sorted(near, key=lambda one: (str(one.bib) != wanted, one.bib))[:FOUND]
    return [one for one in field if wanted in one.name.casefold()][:FOUND]


def _viewer() -> Viewer:
    viewer = current_member()
    if viewer is None:  # the door lets organizers in only; this is its second bolt
        abort(401)
    return viewer
