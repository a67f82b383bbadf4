"""The pages of the own rating: what every figure is made of, and what would raise it."""

from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, lazy_gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

import events
from content.regions import by_code
from psot import clock
from psot.database import transaction
from psot.items import words as items_words
from psot.learning.queries import content_language
from psot.members.queries import current_member, public_names
from psot.members.viewer import Viewer
from psot.ratings import diary, me_files, queries
from psot.ratings.advising import advice
from psot.ratings.career import career_line
from psot.ratings.derivations import Opened, open_rating
from psot.ratings.errors import UnknownFact, UnknownSeason
from psot.ratings.evidence import MEANINGS, evidence, own_fact
from psot.ratings.pages import blueprint, region_names, standings_of
from psot.ratings.queries import MemberRating, OpenSeason
from psot.ratings.streaks import taken_part
from psot.shell import spreadsheets

PEOPLE = {"member", "by", "author", "reviewer"}
"""Fields of facts that name a member."""


@blueprint.get("/me")
def progress() -> Response:
    """Lead to the own rating."""
    return redirect(url_for("ratings.me"), 303)


@blueprint.get("/ratings/me")
def me() -> ResponseReturnValue:
    """Open the own rating: every week, every answer, what each was worth, what would raise it.

    ``?season=`` opens an earlier one; ``?place=1`` shows the own exact place.
    """
    viewer = _viewer()
    now = clock.now()
    with transaction() as session:
        opened_seasons = queries.seasons(session)
        season = _wanted(opened_seasons)
        if season is None:
            return render_template("ratings/me.html", season=None, own=None)
        own = _own(session, season, viewer)
        part = taken_part(session, viewer.id, opened_seasons, season, now)
        careers = {one.season: one for one in career_line(session, viewer.id)}
        running = season == opened_seasons[0]
        shown: dict[str, Any] = {}
        if own is not None:
            language = _language()
            shown = {
                "weeks": diary.weeks(
                    own.opened, season.calendar, season.calendar.weeks_elapsed(now), own.items
                ),
                "found": standings_of(session, season, 0, viewer.id),
                "advice": advice(
                    session, season.calendar, viewer.id, own.opened, now=now, language=language
                )
                if running
                else None,
                "content_language": content_language(session),
            }
    return render_template(
        "ratings/me.html",
        season=season,
        own=own,
        part=part,
        career=careers[season.name],
        running=running,
        place="place" in request.args,
        region_names=region_names(),
        reasons=items_words.REASONS,
        region=by_code().get(own.rating.region if own else viewer.region),
        **shown,
    )


@blueprint.get("/ratings/me/derivation.csv")
def me_csv() -> Response:
    """Give everything that counted as a table."""
    season, own = _opened()
    head, rows = me_files.table(season, own.items)
    return spreadsheets.download(f"rating-{season.name}.csv", head, rows)


@blueprint.get("/ratings/me/derivation.json")
def me_json() -> Response:
    """Give the whole derivation as exact integers."""
    season, own = _opened()
    told = me_files.document(season, own.rating, own.opened, own.items)
    answer: Response = current_app.response_class(told, mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="rating-{season.name}.json"'
    return answer


@blueprint.get("/ratings/me/facts/<int:seq>")
def fact(seq: int) -> str:
    """Show a fact that counted for the member as it stands on the ledger."""
    viewer = _viewer()
    with transaction() as session:
        found = own_fact(session, seq, viewer.id)
        if found is None:
            raise UnknownFact(lazy_gettext("There is no such fact of yours."), subject=str(seq))
        people = [one for name in PEOPLE if (one := getattr(found.fact, name, None))]
        names = public_names(session, people)
    data = events.dump(found.fact)
    for name in PEOPLE & data.keys():
        # Others appear by the name they chose, as everywhere.
        data[name] = str(names.get(getattr(found.fact, name), ""))
    return render_template(
        "ratings/fact.html", found=found, data=data, meaning=MEANINGS[type(found.fact)]
    )


@dataclass(frozen=True, kw_only=True)
class _Own:
    rating: MemberRating
    opened: Opened
    items: list[diary.Item]


def _own(session: Session, season: OpenSeason, viewer: Viewer) -> _Own | None:
    opened = open_rating(session, season.name, viewer.id)
    rating = queries.member_rating(session, season.name, viewer.id)
    if opened is None or rating is None:
        return None
    proof = evidence(session, season.calendar, viewer.id, opened)
    names = diary.titles(session, opened, _language())
    told = diary.items(opened, names, proof, desk=viewer.has_role("editor", "administrator"))
    return _Own(rating=rating, opened=opened, items=told)


def _opened() -> tuple[OpenSeason, _Own]:
    viewer = _viewer()
    with transaction() as session:
        season = _wanted(queries.seasons(session))
        own = _own(session, season, viewer) if season else None
    if season is None or own is None:
        raise UnknownSeason(lazy_gettext("Nothing of yours counts in this season."))
    return season, own


def _wanted(opened: list[OpenSeason]) -> OpenSeason | None:
    """Return the season asked for, the newest where none is. Raises UnknownSeason."""
    name = request.args.get("season")
    if name is None:
        return opened[0] if opened else None
    found = next((one for one in opened if one.name == name), None)
    if found is None:
        raise UnknownSeason(lazy_gettext("There is no such season."), subject=name)
    return found


def _viewer() -> Viewer:
    viewer = current_member()
    if viewer is None:  # the door lets members only in; this is its second bolt
        abort(401)
    return viewer


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else "ru"
