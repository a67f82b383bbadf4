"""What may be taken along: the table as a file, a region on paper, and its card for other sites."""

from contextlib import AbstractContextManager, nullcontext
from typing import Final

from flask import Response, make_response, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import lazy_gettext as _

from psot.database import transaction
from psot.library import queries as library
from psot.members.queries import current_member
from psot.regions import files, paper, queries, story
from psot.regions.asked import asked
from psot.regions.errors import NoRoster, UnknownSeason
from psot.regions.pages import blueprint, language, region_called, region_names
from psot.security.headers import framed_anywhere

CARD_FRESH_S: Final = 300
LANGUAGES: Final = ("ru", "en")
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get("/ratings/regions.<any(csv, xlsx):kind>")
def file(kind: str) -> Response:
    """Give the table that was asked for as a file."""
    wish = asked()
    with transaction() as session:
        view = queries.view(session, wish.season, wish.week - 1 if wish.week else None)
    if view is None:
        raise UnknownSeason(_("There is no such season."), subject=wish.season)
    lines = wish.arranged([one for one in wish.picked(view.lines) if one.rank is not None])
    names = region_names()
    made = files.csv(lines, names) if kind == "csv" else files.xlsx(lines, names)
    response = Response(made, mimetype=TYPES[kind])
    week = (view.running if view.week is None else view.week) + 1
    name = f"psot-regions-{view.season.name}-week{week}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/ratings/regions/<code>.pdf", endpoint="paper")
def print_out(code: str) -> Response:
    """Give one page about a region, in ``?language=`` or the reader's own."""
    found = region_called(code)
    with transaction() as session, _spoken():
        told = story.tell(session, code, current_member())
        if told is None or told.own.rank is None:
            raise NoRoster(_("This region has no roster this season."), subject=code)
        topics = {
            id_: topic.name.in_language(language())
            for id_, topic in library.topics(session).items()
        }
        made = paper.write(found, told, region_names(), topics, language())
    response = Response(made, mimetype="application/pdf")
    name = f"psot-{code}-{told.view.season.name}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/ratings/regions/<code>/card")
def card(code: str) -> Response:
    """Show a region's card in a frame of another site: without cookies, in ``?language=``."""
    page = _card(code, "regions/card.html")
    framed_anywhere(page)
    return page


@blueprint.get("/ratings/regions/<code>/card.svg")
def card_picture(code: str) -> Response:
    """Give a region's card as a picture, in ``?language=``."""
    picture = _card(code, "regions/card.svg")
    picture.mimetype = "image/svg+xml"
    # A picture is shown inside pages of other sites.
    picture.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return picture


def _card(code: str, template: str) -> Response:
    found = region_called(code)
    with transaction() as session, _spoken():
        view = queries.view(session)
        own = next((one for one in view.lines if one.region == code), None) if view else None
        # Whoever frames the card has a site of their own: its links need the whole address.
        made = render_template(
            template,
            region=found,
            view=view,
            own=own,
            spoken=language(),
            page=url_for("regions.region", code=code, _external=True),
        )
    response = make_response(made)
    response.headers["Cache-Control"] = f"public, max-age={CARD_FRESH_S}"
    return response


def _spoken() -> AbstractContextManager[None]:
    """Speak the language of the address; a card on another site cannot ask its reader."""
    wanted = request.args.get("language", "")
    return force_locale(wanted) if wanted in LANGUAGES else nullcontext()
