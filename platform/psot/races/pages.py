"""The pages of races for everybody: what there is, one race, registering for it, its calendar."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from content import regions
from psot import clock
from psot.config import Settings
from psot.database import reading, transaction
from psot.errors import Conflict, Invalid
from psot.members.queries import current_member
from psot.races import ics, listing, moments, operations, queries, wording
from psot.races.forms import RegistrationForm, show
from psot.races.listing import NOW, PAST, Wanted
from psot.races.stages import Stage
from psot.races.ways import ways
from scoring.biathlon import format_names

blueprint = Blueprint("races", __name__, template_folder="templates")

LONGEST_SEARCH = 100
PAST_ON_A_PAGE = 12
RACERS_ON_A_PAGE = 50
LONGEST_NUMBER = 6


@blueprint.record
def _words(state: BlueprintSetupState) -> None:
    """Let templates name formats, stages and moments of races, in any room."""
    state.app.jinja_env.globals.update(race_words=wording, race_moments=moments)


@blueprint.app_template_global("race_region")
def region_name(code: str) -> str:
    """Return the name of a region in the reader's language."""
    found = regions.find(code)
    locale = get_locale()
    return found.name(locale.language if locale else "ru") if found else code


@blueprint.get("/races")
def races() -> str:
    """List what is on, what takes registrations, what comes and what was, by the reader's wish."""
    viewer = current_member()
    format_ = request.args.get("format", "")
    wanted = Wanted(
        search=request.args.get("q", "").strip()[:LONGEST_SEARCH],
        format=format_ if format_ in format_names() else "",
        season=request.args.get("season", "")[:LONGEST_SEARCH],
        members=viewer is not None,
    )
    page = page_asked()
    member = viewer.id if viewer else None
    with transaction() as session:
        now_on = listing.listed(session, wanted, NOW, member=member)
        open_ = listing.listed(session, wanted, {Stage.REGISTRATION}, member=member)
        soon = listing.listed(session, wanted, {Stage.ANNOUNCED}, member=member)
        past = listing.listed(
            session,
            wanted,
            PAST,
            member=member,
            newest_first=True,
            limit=PAST_ON_A_PAGE,
            offset=(page - 1) * PAST_ON_A_PAGE,
        )
        total = listing.count(session, wanted, PAST)
        seasons = listing.seasons(session)
    return render_template(
        "races/list.html",
        now_on=now_on,
        open_=open_,
        soon=soon,
        past=past,
        past_total=total,
        page=page,
        pages=-(-total // PAST_ON_A_PAGE),
        wanted=wanted,
        seasons=seasons,
        formats=format_names(),
        now=clock.now(),
    )


@blueprint.get("/races/<uuid:race_id>")
def race(race_id: UUID) -> str:
    """Show one race as it stands: its rules in words, its schedule, what the reader can do."""
    return _race_page(race_id, RegistrationForm())


@blueprint.post("/races/<uuid:race_id>/register")
def register(race_id: UUID) -> ResponseReturnValue:
    """Enter the reader for the race."""
    form = RegistrationForm()
    with transaction() as session:
        _seen(session, race_id)
    if not form.validate():
        return _race_page(race_id, form), 422
    try:
        with transaction() as session:
            operations.register(
                session,
                race_id,
                _me(),
                experience=form.experience.data,
                employer=form.employer.data or "",
                now=clock.now(),
            )
    except Invalid as error:
        show(form, error)
        return _race_page(race_id, form), error.status
    except Conflict as error:
        flash(str(error.message), "warning")
    else:
        flash(gettext("You are registered. We will remind you before the start."), "success")
    return _to_race(race_id)


@blueprint.post("/races/<uuid:race_id>/withdraw")
def withdraw(race_id: UUID) -> ResponseReturnValue:
    """Take the reader's registration back."""
    try:
        with transaction() as session:
            _seen(session, race_id)
            operations.withdraw(session, race_id, _me(), now=clock.now())
    except Conflict as error:
        flash(str(error.message), "warning")
    else:
        flash(
            gettext("Your registration is withdrawn. You can register again while it is open."),
            "success",
        )
    return _to_race(race_id)


@blueprint.get("/races/<uuid:race_id>/calendar.ics")
def calendar(race_id: UUID) -> Response:
    """Give the race as a file for a calendar."""
    with transaction() as session:
        found = _seen(session, race_id)
    if (found.zero_at or found.starts_at) is None:
        abort(404)
    settings: Settings = current_app.extensions["psot.settings"]
    text = ics.calendar(
        found,
        address=settings.base_url.rstrip("/") + url_for("races.race", race_id=race_id),
        now=clock.now(),
    )
    answer: Response = current_app.response_class(text, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="race-{race_id.hex[:8]}.ics"'
    return answer


def _race_page(race_id: UUID, form: RegistrationForm) -> str:
    viewer = current_member()
    search = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    page = page_asked()
    with reading() as session:
        found = _seen(session, race_id)
        entry = listing.own_entry(session, race_id, viewer.id) if viewer else None
        by_region = listing.regions_entered(session, race_id)
        rows, total = listing.start_page(
            session,
            race_id,
            search=search,
            regions=regions_named(search),
            offset=(page - 1) * RACERS_ON_A_PAGE,
            limit=RACERS_ON_A_PAGE,
        )
        bib = entry.bib if entry else None
        own = listing.lines_of(session, race_id, [bib]).get(bib, ()) if bib else ()
        classes = queries.classes(session, race_id)
        earlier = _earlier(session, found.from_race)
        roles = viewer.roles if viewer else frozenset()
        return render_template(
            "races/race.html",
            race=found,
            rules=found.rules,
            entry=entry,
            own=own,
            form=form,
            viewer=viewer,
            staff=not queries.STAFF.isdisjoint(roles),
            by_region=by_region,
            rows=rows,
            starts=tuple(rows),
            total=total,
            page=page,
            pages=-(-total // RACERS_ON_A_PAGE),
            search=search,
            classes=classes,
            earlier=earlier,
            ways=ways(found, own=entry is not None),
            awaited=moments.awaited(found),
            zero=found.zero_at or found.starts_at,
            now=clock.now(),
        )


def _seen(session: Any, race_id: UUID) -> Any:
    """Return the race where this reader may see it; raises UnknownRace."""
    viewer = current_member()
    return queries.visible_race(
        session,
        race_id,
        member=viewer.id if viewer else None,
        roles=viewer.roles if viewer else frozenset(),
    )


def _earlier(session: Any, race_id: UUID | None) -> Any:
    """Return the race that a pursuit follows, where it may be named to everybody."""
    if race_id is None:
        return None
    found = queries.race(session, race_id)
    return found if found.stage is not Stage.DRAFT and found.public else None


def regions_named(search: str) -> frozenset[str]:
    """Return the codes of the regions whose name begins with what the reader looks for."""
    word = search.casefold()
    if not word:
        return frozenset()
    return frozenset(
        one.code
        for one in regions.all_regions()
        if one.name_ru.casefold().startswith(word) or one.name_en.casefold().startswith(word)
    )


def page_asked() -> int:
    """Return the number of the page that the address asks for, from 1."""
    told = request.args.get("page", "")
    plain = told.isascii() and told.isdecimal() and len(told) <= LONGEST_NUMBER
    return max(int(told), 1) if plain else 1


def _me() -> UUID:
    viewer = current_member()
    if viewer is None:  # the door lets members in only; this is its second bolt
        abort(401)
    return viewer.id


def _to_race(race_id: UUID) -> Response:
    return redirect(url_for("races.race", race_id=race_id), 303)
