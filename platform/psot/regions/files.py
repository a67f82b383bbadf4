"""The table of regions to take along, as CSV and as a workbook."""

import io
from collections.abc import Sequence
from typing import Final

import xlsxwriter
from flask_babel import gettext, pgettext

from psot.regions.measures import LEAGUES, PPB, PPM
from psot.regions.standing import Standing
from psot.shell import spreadsheets
from psot.shell.spreadsheets import Cell
from scoring.rating import SharedPlace

_WIDE, _NARROW = 34, 14
_LONGEST_NAME: Final = 31


def head() -> list[str]:
    """Return the names of the columns, in the reader's language."""
    return [
        gettext("Place from"),
        gettext("Place to"),
        gettext("Code"),
        gettext("Region"),
        gettext("Score"),
        gettext("Interval from"),
        gettext("Interval to"),
        gettext("Activity"),
        gettext("Effectiveness"),
        gettext("Roster"),
        gettext("Taking part"),
        gettext("Coverage"),
        pgettext("regions", "Progress"),
        gettext("League by size"),
        gettext("Place in the league from"),
        gettext("Place in the league to"),
    ]


def rows(lines: Sequence[Standing], names: dict[str, str]) -> list[list[Cell]]:
    """Return a row for each region; figures are numbers, points with their decimals."""
    return [
        [
            *_place(one.place),
            one.region,
            names[one.region],
            one.score.score_milli / 1000,
            one.interval.low_milli / 1000,
            one.interval.high_milli / 1000,
            one.score.activity_ppb / PPB,
            one.score.effectiveness_ppb / PPB,
            one.members,
            one.active,
            one.coverage_ppm / PPM,
            None if one.progress_milli is None else one.progress_milli / 1000,
            str(LEAGUES[one.league]),
            *_place(one.league_place),
        ]
        for one in lines
    ]


def csv(lines: Sequence[Standing], names: dict[str, str]) -> bytes:
    """Return the table as CSV."""
    return spreadsheets.written(head(), rows(lines, names))


def xlsx(lines: Sequence[Standing], names: dict[str, str]) -> bytes:
    """Return the table as a workbook."""
    file = io.BytesIO()
    # Names are words whatever they look like: no cell becomes a formula or an address.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    told = head()
    with xlsxwriter.Workbook(file, options) as book:
        page = book.add_worksheet(gettext("Regions")[:_LONGEST_NAME])
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        page.freeze_panes(1, 0)
        page.write_row(0, 0, told, bold)
        for number, row in enumerate(rows(lines, names), 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(number, column, value)
                elif value is not None:
                    page.write_number(number, column, value)
        page.set_column(0, len(told) - 1, _NARROW)
        page.set_column(told.index(gettext("Region")), told.index(gettext("Region")), _WIDE)
        page.autofilter(0, 0, max(1, len(lines)), len(told) - 1)
    return file.getvalue()


def _place(place: SharedPlace | None) -> tuple[int | None, int | None]:
    return (place.first, place.last) if place else (None, None)
