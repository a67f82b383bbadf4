"""The archive: every season for everybody, and of a closed one the sealed protocol."""

from typing import Final

from flask import Blueprint, Response, render_template, request
from flask_babel import get_locale
from flask_babel import lazy_gettext as _

from content.regions import all_regions
from psot import clock
from psot.database import transaction
from psot.members.queries import current_member
from psot.ratings.queries import seasons as rated
from psot.seasons import paper, queries
from psot.seasons.errors import UnknownSeason
from psot.seasons.queries import SeasonState, Status
from scoring.rating import points

blueprint = Blueprint("seasons", __name__, template_folder="templates")

LEADERS: Final = 50
ON_PAPER: Final = 20


@blueprint.get("/ratings/seasons", endpoint="seasons")
def archive() -> str:
    """List every season that was opened, with the winners of those closed."""
    with transaction() as session:
        found = queries.opened(session, clock.now())
        first = {
            one.name: queries.leaders(session, one.name, limit=1)
            for one in found
            if one.status is Status.CLOSED
        }
    return render_template(
        "seasons/archive.html", found=found, first=first, viewer=current_member()
    )


@blueprint.get("/ratings/seasons/<name>")
def season(name: str) -> str:
    """Show a season: where it stands, and once it is closed, what its protocol says."""
    viewer = current_member()
    with transaction() as session:
        state = _state(queries.opened(session, clock.now()), name)
        sealed = queries.sealed(session, name)
        leaders = queries.leaders(session, name, limit=LEADERS) if sealed else []
        own = queries.own_place(session, name, viewer.id) if sealed and viewer else None
        running = next((one for one in rated(session) if one.name == name), None)
    return render_template(
        "seasons/season.html",
        season=state,
        running=running,
        sealed=sealed,
        told=sealed.document if sealed else None,
        leaders=leaders,
        own=own,
        viewer=viewer,
        points=points,
        region_names=region_names(),
    )


@blueprint.get("/ratings/seasons/<name>/protocol.<any(json, pdf):kind>")
def protocol(name: str, kind: str) -> Response:
    """Give the protocol: as JSON the very bytes of the hash, or on paper."""
    with transaction() as session:
        state = _state(queries.opened(session, clock.now()), name)
        sealed = queries.sealed(session, name)
        leaders = queries.leaders(session, name, limit=ON_PAPER) if sealed else []
    if sealed is None or state.closed is None:
        raise UnknownSeason(_("This season is not closed yet."), subject=name)
    if kind == "json":
        response = Response(sealed.body, mimetype="application/json")
    else:
        address = f"{request.url_root.rstrip('/')}/ratings/seasons/{name}"
        made = paper.write(sealed, state.closed.occurred_at, leaders, region_names(), address)
        response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="psot-season-{name}.{kind}"'
    response.headers["X-Protocol-SHA256"] = sealed.sha256
    return response


def region_names() -> dict[str, str]:
    """Return the names of all regions in the reader's language, by code."""
    locale = get_locale()
    language = locale.language if locale else "ru"
    return {one.code: one.name(language) for one in all_regions()}


def _state(found: list[SeasonState], name: str) -> SeasonState:
    state = next((one for one in found if one.name == name), None)
    if state is None:
        raise UnknownSeason(_("There is no such season."), subject=name)
    return state
