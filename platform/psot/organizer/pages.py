"""The operator's page: what waits, what died, who works, and two buttons that mend it."""

from typing import cast
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from redis import Redis

from psot.database import transaction
from psot.errors import Invalid
from psot.members.queries import current_member
from psot.organizer import operations as acts
from psot.organizer import queries

blueprint = Blueprint("organizer", __name__, template_folder="templates")

LARGEST_SEQ = 2**63 - 1


@blueprint.get("/organizer")
def operations() -> str:
    """Show the ledger's lag, queues, workers and dead letters as they are now."""
    redis = cast("Redis", current_app.extensions["psot.redis"])
    with transaction() as session:
        found = queries.operations(session, redis)
    return render_template("organizer/operations.html", found=found)


@blueprint.post("/organizer/dead-letters/replay")
def replay() -> ResponseReturnValue:
    """Open dead letters of one projection again: the one named, or all."""
    projection, seqs = request.form.get("projection", ""), _seqs()
    with transaction() as session:
        opened = acts.replay(session, operator=_operator(), projection=projection, seqs=seqs)
    if opened:
        flash(
            ngettext("%(num)d fact is tried again.", "%(num)d facts are tried again.", opened),
            "success",
        )
    else:
        flash(gettext("Nothing was left to try again."), "warning")
    return redirect(url_for("organizer.operations"), 303)


@blueprint.post("/organizer/projections/<projection>/resume")
def resume(projection: str) -> ResponseReturnValue:
    """Let a stopped projection go on."""
    with transaction() as session:
        resumed = acts.resume(session, operator=_operator(), projection=projection)
    if resumed:
        flash(gettext("The projection goes on."), "success")
    else:
        flash(gettext("The projection was not stopped."), "warning")
    return redirect(url_for("organizer.operations"), 303)


def _seqs() -> list[int] | None:
    """Return the fact named by the form, None for all; raises Invalid for anything else."""
    told = request.form.get("seq", "")
    if not told:
        return None
    if not (told.isascii() and told.isdecimal()) or int(told) > LARGEST_SEQ:
        raise Invalid(lazy_gettext("A fact is named by its number."), subject=told[:40])
    return [int(told)]


def _operator() -> UUID:
    viewer = current_member()
    if viewer is None:  # the door lets organizers in only; this is its second bolt
        abort(401)
    return viewer.id
