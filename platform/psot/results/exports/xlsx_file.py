"""XLSX: results and splits on a sheet each; times are numbers that a spreadsheet can add."""

import io
from typing import Final

import xlsxwriter
from flask_babel import gettext

from psot.results.exports.table import Table, Time
from psot.results.protocols import Sheet
from scoring.biathlon import tenths

_TENTHS_A_DAY: Final = 864_000
_LONGEST_NAME: Final = 31
_WIDE, _NARROW = 30, 12


def write(sheet: Sheet, tables: tuple[Table, ...], about: tuple[tuple[str, str], ...]) -> bytes:
    """Return a workbook with ``tables`` and a sheet that says what the file is."""
    file = io.BytesIO()
    # Names are words whatever they look like: no cell becomes a formula or an address.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": sheet.race.title, "comments": f"SHA-256 {sheet.sha256}"})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        time = book.add_format({"num_format": "[m]:ss.0"})
        for table in tables:
            page = book.add_worksheet(table.title[:_LONGEST_NAME])
            page.freeze_panes(1, 0)
            page.write_row(0, 0, table.head, bold)
            for column in range(len(table.head)):
                page.set_column(column, column, _WIDE if column in table.wide else _NARROW)
            for number, row in enumerate(table.rows, 1):
                for column, value in enumerate(row):
                    if isinstance(value, Time):
                        page.write_number(number, column, tenths(value.ms) / _TENTHS_A_DAY, time)
                    elif isinstance(value, int):
                        page.write_number(number, column, value)
                    elif value:
                        page.write_string(number, column, value)
            page.autofilter(0, 0, max(1, len(table.rows)), len(table.head) - 1)
        page = book.add_worksheet(gettext("About this file"))
        page.set_column(0, 0, _WIDE)
        page.set_column(1, 1, 2 * _WIDE)
        for number, (name, value) in enumerate(about):
            page.write_string(number, 0, name)
            page.write_string(number, 1, value)
    return file.getvalue()
