"""XLSX: each table on a sheet of its own, and one that says what the file is."""

import io
from typing import Final

import xlsxwriter
from flask_babel import gettext

from psot.officials.exports.tables import Table

_LONGEST_NAME: Final = 31
_WIDE, _NARROW = 44, 18


def write(tables: tuple[Table, ...], about: tuple[tuple[str, str], ...], title: str) -> bytes:
    """Return a workbook with ``tables``; numbers are numbers, words are never formulas."""
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": title})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for table in tables:
            page = book.add_worksheet(table.title[:_LONGEST_NAME])
            page.freeze_panes(1, 0)
            page.write_row(0, 0, table.head, bold)
            page.set_column(0, 0, _WIDE)
            page.set_column(1, len(table.head) - 1, _NARROW)
            for number, row in enumerate(table.rows, 1):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(number, column, value)
                    elif value is not None:
                        page.write_number(number, column, value)
        page = book.add_worksheet(gettext("About this file"))
        page.set_column(0, 0, _NARROW)
        page.set_column(1, 1, 2 * _WIDE)
        for number, (name, value) in enumerate(about):
            page.write_string(number, 0, name, wrapped)
            page.write_string(number, 1, value, wrapped)
    return file.getvalue()
