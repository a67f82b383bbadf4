"""What spectators see: the live standings, the big screen, the board for other sites, the list."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from psot.database import reading, transaction
from psot.members.queries import current_member
from psot.races import queries as races
from psot.races.errors import UnknownRace
from psot.races.stages import RESULTS
from psot.races.values import ClassView, RaceView
from psot.races.wording import FORMATS, STAGES, TONES
from psot.security.headers import framed_anywhere
from psot.standings import listing, names, screens, seen, wishes, words
from scoring.biathlon import PenaltyKind

blueprint = Blueprint("standings", __name__, template_folder="templates")

EMBEDDED_ROWS = 10
LIST_FRESH_S = 2
"""For so long a public answer may be shared by everybody who asks."""


@blueprint.get("/races/<uuid:race_id>/live")
def live(race_id: Any) -> str:
    """Show the standings of a race while they change; the first rows come with the page."""
    viewer = current_member()
    wish = wishes.read(request.args)
    with reading() as session:
        race = _visible(session, race_id)
        classes = races.classes(session, race_id)
        own = races.bib_of(session, race_id, viewer.id) if viewer else None
    wish = _known(race, classes, wish)
    shown = seen.board(seen.board_of(race, wish))
    found = listing.page(race, wish)
    return render_template(
        "standings/live.html",
        **_about(race),
        classes=classes,
        wish=wish,
        own=own,
        organizes=viewer is not None and viewer.has_role("organizer", "administrator"),
        shown=shown,
        head=shown.head or seen.board(names.main(race)).head,
        found=found,
        board=seen.board_of(race, wish),
        title=_title(classes, wish),
        **_neighbours(race, wish, found.total),
    )


@blueprint.get("/races/<uuid:race_id>/screen")
def screen(race_id: Any) -> str:
    """Show the race on a screen for a hall; another device chooses what it shows."""
    with transaction() as session:
        race = _visible(session, race_id)
        classes = races.classes(session, race_id)
        wanted = screens.shown(session, race_id)
    return render_template(
        "standings/screen.html",
        **_about(race),
        classes=classes,
        wanted=wanted,
        class_titles={one.code: one.title for one in classes},
        loops=race.rules.penalty.kind is PenaltyKind.LOOP,
        shown=seen.board(names.main(race)),
        screen_board=names.screen(race),
    )


@blueprint.get("/races/<uuid:race_id>/embed")
def embed(race_id: Any) -> Response:
    """Show the first places in a frame of another site; public races only, without cookies."""
    with transaction() as session:
        race = races.visible_race(session, race_id, member=None)
    shown = seen.board(names.main(race))
    page = make_response(
        render_template("standings/embed.html", **_about(race), shown=shown, rows=EMBEDDED_ROWS)
    )
    framed_anywhere(page)
    page.headers["Cache-Control"] = f"public, max-age={LIST_FRESH_S}"
    return page


@blueprint.get("/races/<uuid:race_id>/standings.json")
def listed(race_id: Any) -> Response:
    """Return a part of the whole field, as the consumer of the race laid it down."""
    wish = wishes.read(request.args)
    with transaction() as session:
        race = _visible(session, race_id)
    found = listing.page(race, wish)
    answer = make_response({"rows": list(found.rows), "total": found.total, "from": found.start})
    if race.public:
        answer.headers["Cache-Control"] = f"public, max-age={LIST_FRESH_S}"
        answer.add_etag()
        answer.make_conditional(request)
    else:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _visible(session: Any, race_id: Any) -> RaceView:
    viewer = current_member()
    return races.visible_race(
        session,
        race_id,
        member=viewer.id if viewer else None,
        roles=viewer.roles if viewer else frozenset(),
    )


def _about(race: RaceView) -> dict[str, Any]:
    """Return what every page about ``race`` draws."""
    return {
        "race": race,
        "format_name": FORMATS[race.format],
        "stage_name": STAGES[race.stage],
        "stage_tone": TONES.get(race.stage, ""),
        "over": race.stage in RESULTS,
        "main": names.main(race),
        "words": words,
        "bouts": len(race.rules.legs[0].bouts),
        "laps": race.rules.legs[0].laps,
        "stations": race.rules.stations,
        "list_url": url_for("standings.listed", race_id=race.id),
    }


def _title(classes: Sequence[ClassView], wish: wishes.Wish) -> str:
    """Return what the board of ``wish`` is called."""
    if wish.split:
        return words.label_name(wish.split)
    named = {one.code: one.title for one in classes} | words.region_names()
    return named.get(wish.class_code or wish.region) or gettext("Overall standings")


def _neighbours(race: RaceView, wish: wishes.Wish, total: int) -> dict[str, str]:
    """Return the addresses of the list's pages before and after, for readers without script."""
    told = {"class": wish.class_code, "region": wish.region, "q": wish.text}
    kept: dict[str, Any] = {name: value for name, value in told.items() if value}

    def address(start: int) -> str:
        return url_for("standings.live", race_id=race.id, **kept | {"from": start})

    more = wish.start + wish.count <= total
    return {
        "previous": address(max(1, wish.start - wish.count)) if wish.start > 1 else "",
        "next": address(wish.start + wish.count) if more else "",
    }


def _splits(race: RaceView) -> set[str]:
    return {*words.point_names(race.rules), *words.boards_of_points(race.rules)}


def _known(race: RaceView, classes: Sequence[ClassView], wish: wishes.Wish) -> wishes.Wish:
    """Return ``wish`` as it is where its class and point exist. Raises UnknownRace otherwise."""
    fits = (
        wish.class_code in {"", *(one.code for one in classes)}
        and (not wish.region or wish.region in words.region_names())
        and (not wish.split or wish.split in _splits(race))
    )
    if not fits:
        raise UnknownRace(lazy_gettext("There is no such board."), subject=str(race.id))
    return wish
