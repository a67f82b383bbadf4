"""The one door of bots: an organizer starts an exhibition race. It is there in demo mode only."""

from typing import cast

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from psot import clock
from psot.bots.exhibition import open_exhibition
from psot.config import Settings
from psot.database import transaction
from psot.errors import NotFound
from psot.members.queries import current_member

blueprint = Blueprint("bots", __name__, template_folder="templates")


def offered() -> bool:
    """Tell whether bots wait for a race here."""
    return cast("Settings", current_app.extensions["psot.settings"]).demo


@blueprint.post("/organizer/races/exhibition")
def start() -> Response:
    """Open an exhibition race that begins in a moment, and show it. Raises NotFound elsewhere."""
    if not offered():
        raise NotFound(_("There are bots in demo mode only."))
    viewer = current_member()
    with transaction() as session:
        made = open_exhibition(session, now=clock.now(), by=viewer.id if viewer else None)
    flash(gettext("The exhibition race starts in half a minute. Watch it live."), "success")
    return redirect(url_for("standings.live", race_id=made.id), 303)
