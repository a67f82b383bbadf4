"""The organizer's desk of seasons: what runs, what comes, and what is over and waits."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from psot import clock
from psot.database import transaction
from psot.errors import Conflict, Unavailable
from psot.members.queries import current_member
from psot.ratings import queries as rated
from psot.ratings.errors import SeasonIsOpen
from psot.ratings.rulesets import newest_rules
from psot.seasons import operations, protocol, queries
from psot.seasons.errors import NotConfirmed, NotYet, SeasonIsClosed, UnknownSeason
from psot.seasons.pages import region_names
from psot.seasons.queries import SeasonState, Status

blueprint = Blueprint("season_desk", __name__, template_folder="templates")


@blueprint.get("/organizer/seasons")
def seasons() -> str:
    """List the seasons with what can be done about each."""
    with transaction() as session:
        found = queries.known(session, clock.now())
    return render_template("season_desk/seasons.html", found=found)


@blueprint.get("/organizer/seasons/<name>/open")
def opening(name: str) -> str:
    """Show what opening a season would freeze: rosters, members, rules."""
    with transaction() as session:
        state = _known(queries.season(session, name, clock.now()), name)
        counted = queries.preview(session, name)
        rules = newest_rules(session)
    if state.opened is not None:
        raise SeasonIsOpen(_("This season is open already."), subject=name)
    return render_template(
        "season_desk/opening.html",
        season=state,
        counted=counted,
        rules=rules,
        region_names=region_names(),
    )


@blueprint.post("/organizer/seasons/<name>/open")
def open_season(name: str) -> ResponseReturnValue:
    """Open a season that has begun."""
    with transaction() as session:
        operations.open_season(session, now=clock.now(), name=name, by=organizer())
    flash(gettext("Season %(name)s is open, its rosters are frozen.", name=name), "success")
    return redirect(url_for("season_desk.seasons"), 303)


@blueprint.post("/organizer/seasons/<name>/plan")
def plan(name: str) -> ResponseReturnValue:
    """Let a season open by itself at its first moment."""
    with transaction() as session:
        operations.plan(session, name, now=clock.now(), by=organizer())
    flash(gettext("Season %(name)s will open by itself.", name=name), "success")
    return redirect(url_for("season_desk.seasons"), 303)


@blueprint.post("/organizer/seasons/<name>/drop-plan")
def drop_plan(name: str) -> ResponseReturnValue:
    """Let a season wait for a hand after all."""
    with transaction() as session:
        operations.drop_plan(session, name)
    flash(gettext("Season %(name)s waits to be opened by hand.", name=name), "success")
    return redirect(url_for("season_desk.seasons"), 303)


@blueprint.get("/organizer/seasons/<name>/close")
def closing(name: str) -> str:
    """Show what closing a season means, what is missing, and ask for its name."""
    return _closing(name)


@blueprint.post("/organizer/seasons/<name>/close")
def close(name: str) -> ResponseReturnValue:
    """Close a season for ever."""
    try:
        with transaction() as session:
            fresh = operations.take_last_figures(session, name, now=clock.now())
        if fresh:
            told = gettext("The last figures have just been taken. Close it in a minute.")
            return _closing(name, wrong=told), Conflict.status
        with transaction() as session:
            operations.close(
                session,
                name,
                confirmed=request.form.get("confirmed", "").strip(),
                now=clock.now(),
                by=organizer(),
            )
    except NotConfirmed as error:
        return _closing(name, unconfirmed=str(error.message)), error.status
    except (Conflict, Unavailable) as error:
        return _closing(name, wrong=str(error.message)), error.status
    flash(gettext("Season %(name)s is closed.", name=name), "success")
    return redirect(url_for("seasons.season", name=name), 303)


@blueprint.get("/organizer/seasons/<name>/members.jsonl")
def members(name: str) -> Response:
    """Give the members' lines that the protocol sealed: random ids, places, figures."""
    with transaction() as session:
        if queries.closing(session, name) is None:
            raise UnknownSeason(_("There is no closed season of this name."), subject=name)
        lines = b"".join(protocol.line(one) for one in queries.lines(session, name))
    response = Response(lines, mimetype="application/jsonl")
    file = f'attachment; filename="psot-season-{name}-members.jsonl"'
    response.headers["Content-Disposition"] = file
    return response


def organizer() -> UUID:
    """Return who acts."""
    viewer = current_member()
    if viewer is None:  # the door lets organizers in only; this is its second bolt
        abort(401)
    return viewer.id


def _closing(name: str, *, wrong: str = "", unconfirmed: str = "") -> str:
    with transaction() as session:
        state = _known(queries.season(session, name, clock.now()), name)
        found = rated.season_called(session, name)
        missing = queries.missing(session, found, clock.now()) if found else []
    if state.status is Status.CLOSED:
        raise SeasonIsClosed(_("This season is closed already."), subject=name)
    if state.opened is None:
        raise NotYet(_("This season was never opened."), subject=name)
    return render_template(
        "season_desk/closing.html",
        season=state,
        over=state.status is Status.OVER,
        missing=missing,
        wrong=wrong,
        unconfirmed=unconfirmed,
    )


def _known(state: SeasonState | None, name: str) -> SeasonState:
    if state is None:
        raise UnknownSeason(_("There is no such season."), subject=name)
    return state
