"""The pages of a season: its tables, every number open to the races behind it, and as CSV."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from psot.database import transaction
from psot.members.queries import current_member
from psot.results import asked, seasons
from psot.results.errors import NoSeason
from psot.results.exports import csv_file
from psot.results.exports.table import Cell, Table
from psot.results.leaves import LINES
from psot.results.pages import blueprint
from psot.results.seasons import REGIONS, RELAYS, TOTAL, Season, SeasonLine
from psot.results.words import DISCIPLINES, region_names


@blueprint.get("/races/seasons", endpoint="seasons")
def season_list() -> str:
    """List the seasons, the newest first."""
    with transaction() as session:
        found = seasons.names(session, current_member())
    return render_template("results/seasons.html", found=found)


@blueprint.get("/races/seasons/<path:season>")
def season(season: str) -> str:
    """Show one table of a season."""
    with transaction() as session:
        found, table, lines = _asked(session, season)
    races = seasons.races_of(found, table)
    page = asked.page(len(lines), LINES)
    shown = lines[(page - 1) * LINES : page * LINES]
    return render_template(
        "results/season.html",
        season=found,
        table=table,
        tables=[(one, table_name(one)) for one in found.tables],
        title=table_name(table),
        lines=shown,
        own=next((one for one in lines if one.own), None),
        races=races,
        people=table not in {RELAYS, REGIONS},
        who=_who,
        count=len(lines),
        first=(page - 1) * LINES + 1,
        earlier=_page(page - 1) if page > 1 else "",
        later=_page(page + 1) if page * LINES < len(lines) else "",
        region_names=region_names(),
    )


@blueprint.get("/races/seasons.csv")
def season_file() -> Response:
    """Give one table of ``?season=`` as CSV."""
    with transaction() as session:
        found, table, lines = _asked(session, request.args.get("season", ""))
    races = seasons.races_of(found, table)
    response = Response(csv_file.write(_table(table, lines, races)), mimetype="text/csv")
    name = "".join(one if one.isascii() and one.isalnum() else "-" for one in found.name)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="psot-season-{name}-{table}.csv"'
    )
    return response


def table_name(table: str) -> str:
    """Return the title of a table of a season."""
    if table == TOTAL:
        return str(gettext("Total"))
    if table == RELAYS:
        return str(gettext("Relays"))
    if table == REGIONS:
        return str(gettext("Regions' cup"))
    return str(DISCIPLINES.get(table, table))


def _asked(session: Session, name: str) -> tuple[Season, str, list[SeasonLine]]:
    viewer = current_member()
    found = seasons.season(session, name, viewer)
    if not found.counted:
        raise NoSeason(_("There is no such season."), subject=name)
    table = asked.word("table")
    table = table if table in found.tables else found.tables[0]
    return found, table, seasons.lines(session, found, table, viewer)


def _who(one: SeasonLine) -> str:
    """Return a line's name: of a person by consent, of a region in the reader's language."""
    return region_names().get(one.label, one.label)


def _table(table: str, lines: list[SeasonLine], races: list[Any]) -> Table:
    names = region_names()
    rows: list[tuple[Cell, ...]] = [
        (
            one.rank,
            _who(one),
            names.get(one.region, one.region),
            one.points,
            *(_points(one, race.id) for race in races),
        )
        for one in lines
    ]
    head = (gettext("Place"), gettext("Name"), gettext("Region"), gettext("Points"))
    return Table(
        title=table_name(table), head=(*head, *(one.title for one in races)), rows=tuple(rows)
    )


def _points(one: SeasonLine, race: UUID) -> int | None:
    return one.behind[race].points if race in one.behind else None


def _page(number: int) -> str:
    kept = {name: values for name, values in request.args.lists() if name != "page"}
    return f"{request.path}?{urlencode({**kept, 'page': number}, doseq=True)}"
