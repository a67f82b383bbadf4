"""Who is registered: search, extra time, removal, a table to take along, and the start list."""

from typing import Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from psot import clock
from psot.database import transaction
from psot.errors import Conflict, Forbidden, Invalid
from psot.races import listing, operations, wording
from psot.races.desk import preview, reading
from psot.races.desk.door import blueprint, to
from psot.races.pages import LONGEST_SEARCH, page_asked, region_name, regions_named
from psot.races.stages import EDITABLE, Stage
from psot.shell import spreadsheets

ROWS_ON_A_PAGE: Final = 50
EXTRA_PERCENT: Final = 150
USUAL_PERCENT: Final = 100


@blueprint.get("/organizer/races/<uuid:race_id>/entries")
def entries(race_id: UUID) -> str:
    """List the registrations page by page."""
    search = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    page = page_asked()
    with transaction() as session:
        desk = reading.desk(session, race_id)
        found = reading.registered(session, race_id, search=search)
    first = (page - 1) * ROWS_ON_A_PAGE
    return render_template(
        "desk/entries.html",
        desk=desk,
        race=desk.race,
        rows=found[first : first + ROWS_ON_A_PAGE],
        total=len(found),
        page=page,
        pages=-(-len(found) // ROWS_ON_A_PAGE),
        search=search,
        extra=EXTRA_PERCENT,
        may_grant=desk.race.stage in {*EDITABLE, Stage.ZEROING},
        may_remove=desk.race.stage is Stage.REGISTRATION,
    )


@blueprint.post("/organizer/races/<uuid:race_id>/entries/<uuid:member>/time")
def extra_time(race_id: UUID, member: UUID) -> ResponseReturnValue:
    """Give a racer half as much time again for every shot, or take it back."""
    wanted = request.form.get("extra") == "yes"
    percent = EXTRA_PERCENT if wanted else USUAL_PERCENT
    try:
        with transaction() as session:
            reading.desk(session, race_id)
            operations.grant_time(session, race_id, member, percent)
    except (Conflict, Invalid, Forbidden) as error:
        flash(str(error.message), "warning")
    else:
        told = (
            gettext("Extra time is given.") if wanted else gettext("The usual time counts again.")
        )
        flash(told, "success")
    return _back(race_id)


@blueprint.post("/organizer/races/<uuid:race_id>/entries/<uuid:member>/remove")
def remove(race_id: UUID, member: UUID) -> ResponseReturnValue:
    """Take a registration back for a member, who can register again while that is open."""
    try:
        with transaction() as session:
            reading.desk(session, race_id)
            operations.withdraw(session, race_id, member, now=clock.now())
    except (Conflict, Forbidden) as error:
        flash(str(error.message), "warning")
    else:
        flash(
            gettext("The registration is removed. The member can register again while it is open."),
            "success",
        )
    return _back(race_id)


@blueprint.get("/organizer/races/<uuid:race_id>/entries.csv")
def entries_csv(race_id: UUID) -> Response:
    """Give all registrations as a table that a spreadsheet opens; names by consent only."""
    with transaction() as session:
        reading.desk(session, race_id)
        found = reading.registered(session, race_id)
    head = [
        gettext("Member's number"),
        gettext("Racer"),
        gettext("Region"),
        gettext("Experience"),
        gettext("Type of employer"),
        gettext("Time for shots, per cent"),
        gettext("Registered at (UTC)"),
        gettext("Bib"),
        gettext("Team"),
    ]
    rows = [
        [
            one.number,
            one.name,
            region_name(one.region),
            str(wording.EXPERIENCE_SHORT[one.experience]),
            str(wording.EMPLOYERS.get(one.employer, "")) if one.employer else "",
            one.time_percent,
            f"{one.registered_at:%Y-%m-%d %H:%M:%S}",
            one.bib or "",
            one.team or "",
        ]
        for one in found
    ]
    return spreadsheets.download(f"registrations-{race_id.hex[:8]}.csv", head, rows)


@blueprint.get("/organizer/races/<uuid:race_id>/start-list")
def start_list(race_id: UUID) -> str:
    """Show the start list, or what it would be if registration closed now."""
    search = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    page = page_asked()
    with transaction() as session:
        desk = reading.desk(session, race_id)
        rows, total = listing.start_page(
            session,
            race_id,
            search=search,
            regions=regions_named(search),
            offset=(page - 1) * ROWS_ON_A_PAGE,
            limit=ROWS_ON_A_PAGE,
        )
        sketch = preview.sketch(session, race_id) if desk.editable else None
    return render_template(
        "desk/start_list.html",
        desk=desk,
        race=desk.race,
        rows=rows,
        total=total,
        page=page,
        pages=-(-total // ROWS_ON_A_PAGE),
        search=search,
        sketch=sketch,
        zero=desk.race.zero_at or desk.race.starts_at,
    )


def _back(race_id: UUID) -> ResponseReturnValue:
    """Lead back to the rows one came from."""
    search = request.form.get("q", "")[:LONGEST_SEARCH]
    page = request.form.get("page", "")
    if not search and not page:
        return to("desk.entries", race_id)
    return redirect(url_for("desk.entries", race_id=race_id, q=search, page=page), 303)
