"""The pages of the own rating: what every figure is made of."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from content.regions import by_code
from psot.database import transaction
from psot.items import words as items_words
from psot.learning.queries import content_language, question_texts
from psot.library import queries as library
from psot.members.queries import current_member
from psot.races.queries import race
from psot.ratings import queries
from psot.ratings.derivations import Opened, open_rating
from psot.ratings.pages import blueprint, standings_of
from psot.ratings.queries import newest_season
from psot.recordings import queries as recordings


@blueprint.get("/me")
def progress() -> Response:
    """Lead to the own rating."""
    return redirect(url_for("ratings.me"), 303)


@blueprint.get("/ratings/me")
def me() -> ResponseReturnValue:
    """Open the own rating: every week, every answer, and what each was worth."""
    viewer = current_member()
    if viewer is None:  # the door lets members only in; this is its second bolt
        abort(401)
    with transaction() as session:
        season = newest_season(session)
        opened = open_rating(session, season.name, viewer.id) if season else None
        rating = queries.member_rating(session, season.name, viewer.id) if season else None
        found = standings_of(session, season, 0, viewer.id)
        raced = _titles(session, opened) if opened else {}
        watched = _recordings(session, opened) if opened else {}
        practised = _scenarios(session, opened) if opened else {}
        asked = [one.question for one in opened.answers] if opened else []
        texts = question_texts(session, asked)
        language = content_language(session)
    return render_template(
        "ratings/me.html",
        raced=raced,
        watched=watched,
        practised=practised,
        reasons=items_words.REASONS,
        texts=texts,
        content_language=language,
        season=season,
        opened=opened,
        rating=rating,
        found=found,
        region=by_code().get(rating.region if rating else viewer.region),
    )


def _titles(session: Session, opened: Opened) -> dict[UUID, str]:
    """Return the titles of the races that count."""
    ids = {one.race for one in opened.races} | {one.race for one in opened.answers if one.race}
    return {one: race(session, one).title for one in ids}


def _recordings(session: Session, opened: Opened) -> dict[str, str]:
    """Return the titles of the recordings that count, those still there."""
    locale = get_locale()
    language = locale.language if locale else "ru"
    slugs = {one.recording for one in opened.recordings}
    return {
        slug: recordings.recording(session, slug, editor=True).title.in_language(language)
        for slug in slugs
        if recordings.exists(session, slug)
    }


def _scenarios(session: Session, opened: Opened) -> dict[str, str]:
    """Return the titles of the scenarios that count, those still there."""
    locale = get_locale()
    language = locale.language if locale else "ru"
    ids = {one.scenario for one in opened.practices} | {one.scenario for one in opened.answers}
    known = library.scenarios(session)
    return {one: known[one].title.in_language(language) for one in ids if one in known}
