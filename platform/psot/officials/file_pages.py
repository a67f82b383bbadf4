"""Files for a report: the region's tables as CSV, all of them as XLSX or PDF."""

from collections.abc import Callable, Mapping
from typing import Final

from flask import Response, current_app, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response as WrappedResponse

from content.regions import Region
from psot import clock
from psot.database import transaction
from psot.officials import queries, words
from psot.officials.access import needed_region
from psot.officials.errors import NoFigures
from psot.officials.exports import pdf_file, tables, xlsx_file
from psot.officials.exports.tables import Table
from psot.officials.pages import blueprint
from psot.officials.portrait import Portrait, portrait
from psot.shell import spreadsheets

INVITATIONS = "invitations"
Writer = Callable[[tuple[Table, ...], tuple[tuple[str, str], ...], str], bytes]


@blueprint.get("/official/report.<any(xlsx, pdf):kind>")
def report(kind: str) -> Response:
    """Give the whole page of the region as one file, with its date and its source."""
    region = needed_region()
    found, made = _figures(region)
    source = request.url_root.rstrip("/") + url_for("officials.region", region=region.code)
    title = gettext("%(region)s: taking part", region=region.name(words.language()))
    body = WRITERS[kind](made, tables.about(found, source), title)
    answer: Response = current_app.response_class(body, mimetype=TYPES[kind])
    name = f"psot-{region.code.lower()}-{found.taken_at:%Y-%m-%d}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.get("/official/tables/<name>.csv")
def table(name: str) -> WrappedResponse:
    """Give one table of the region as CSV."""
    region = needed_region()
    wanted = _invitations(region) if name == INVITATIONS else _one(region, name)
    stem = f"psot-{region.code.lower()}-{wanted.name}-{clock.now():%Y-%m-%d}.csv"
    return spreadsheets.download(stem, wanted.head, wanted.rows)


def _invitations(region: Region) -> Table:
    with transaction() as session:
        return tables.of_invitations(queries.invitations(session, region.code))


def _one(region: Region, name: str) -> Table:
    _found, made = _figures(region)
    wanted = next((one for one in made if one.name == name), None)
    if wanted is None:
        raise NoFigures(lazy_gettext("There is no such table."), subject=name)
    return wanted


def _figures(region: Region) -> tuple[Portrait, tuple[Table, ...]]:
    with transaction() as session:
        found = portrait(session, region, clock.now())
        titles = words.topic_titles(session)
    if found is None:
        raise NoFigures(lazy_gettext("There are no figures before the first season."))
    return found, tables.tables(found, titles)


WRITERS: Final[Mapping[str, Writer]] = {"xlsx": xlsx_file.write, "pdf": pdf_file.write}
TYPES: Final[Mapping[str, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
