"""The full table as a page, and to take along as CSV and XLSX with the same choice."""

import tempfile
from collections.abc import Iterator
from typing import IO, Final, cast

import xlsxwriter
from flask import Response, current_app, render_template, request, send_file, stream_with_context
from flask_babel import gettext, lazy_gettext
from redis import Redis
from redis.exceptions import RedisError

from psot.database import transaction
from psot.members.queries import current_member
from psot.rankings import table
from psot.rankings.errors import BoardsAreLate, UnknownBoard
from psot.rankings.pages import asked_of_redis, blueprint
from psot.rankings.table import Choice, TableRow
from psot.ratings.pages import region_names
from psot.ratings.queries import OpenSeason, newest_season
from psot.shell import spreadsheets

ROWS_A_PAGE = 50
EXPORTED_ROWS: Final = 100_000
"""Rows of a workbook at most: more is for the CSV, which is written while it is read."""

_MILLION = 1_000_000


@blueprint.get("/ratings/all")
def table_page() -> str:
    """Show everybody in the order of their places, page by page, or those asked for."""
    viewer = current_member()
    choice = _choice()
    with transaction() as session:
        season = newest_season(session)
        found = (
            asked_of_redis(
                lambda redis: table.page(
                    session,
                    redis,
                    season,
                    choice,
                    after=request.args.get("after", ""),
                    limit=ROWS_A_PAGE,
                )
            )
            if season
            else None
        )
    return render_template(
        "rankings/table.html",
        season=season,
        found=found,
        choice=choice,
        first=not request.args.get("after"),
        viewer=viewer,
        region_names=region_names(),
    )


@blueprint.get("/ratings/all.<any(csv, xlsx):kind>")
def table_file(kind: str) -> Response:
    """Give the table as a file, with the choice of the page."""
    with transaction() as session:
        season = newest_season(session)
    if season is None:
        raise UnknownBoard(lazy_gettext("The season is not open yet."), subject=kind)
    redis = cast("Redis", current_app.extensions["psot.redis"])
    try:
        redis.ping()
    except RedisError as error:
        raise BoardsAreLate(lazy_gettext("Standings cannot be read at the moment.")) from error
    rows = _cells(redis, season, _choice())
    name = f"psot-{season.name}.{kind}"
    if kind == "csv":
        return _csv(name, rows)
    return _xlsx(name, rows)


def _choice() -> Choice:
    asked = request.args
    return table.choice_of(asked.get("q", ""), asked.get("region", ""), asked.get("league", ""))


def _head() -> list[str]:
    return [
        gettext("Place"),
        gettext("Member"),
        gettext("Region"),
        gettext("Rating"),
        gettext("Activity"),
        gettext("Effectiveness"),
        gettext("Minutes"),
        gettext("First answers"),
    ]


def _cells(redis: "Redis", season: OpenSeason, choice: Choice) -> Iterator[list[spreadsheets.Cell]]:
    names = region_names()
    with transaction() as session:
        for rows in table.chunks(session, redis, season, choice):
            yield from (_line(one, names) for one in rows)


def _line(one: TableRow, names: dict[str, str]) -> list[spreadsheets.Cell]:
    return [
        one.rank,
        str(one.who),
        names.get(one.region, one.region),
        one.rating,
        one.activity_ppb / 1_000 / _MILLION,
        one.effectiveness_ppb / 1_000 / _MILLION,
        one.minutes,
        one.first_attempts,
    ]


def _csv(name: str, rows: Iterator[list[spreadsheets.Cell]]) -> Response:
    # A file is written while the table is read: nobody's memory holds a million members.
    def lines() -> Iterator[bytes]:
        yield spreadsheets.written(_head(), [])
        # What breaks off is seen by its length: the connection ends without the last chunk.
        for row in rows:
            yield spreadsheets.line(row)

    answer = Response(stream_with_context(lines()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _xlsx(name: str, rows: Iterator[list[spreadsheets.Cell]]) -> Response:
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the response reads and closes it
    # Names are words whatever they look like: no cell becomes a formula or an address.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        share = book.add_format({"num_format": "0.0%"})
        sheet = book.add_worksheet(gettext("Ratings"))
        sheet.freeze_panes(1, 0)
        sheet.set_column(1, 2, 30)
        sheet.write_row(0, 0, _head(), bold)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                else:
                    sheet.write_number(number, column, value, share if column in {4, 5} else None)
            if number == EXPORTED_ROWS:
                break
    file.seek(0)
    return send_file(
        file,
        mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_attachment=True,
        download_name=name,
    )
