"""CSV that opens rightly in a spreadsheet: UTF-8 with its mark, semicolons, no formula runs."""

import csv
import io

from psot.results.exports.table import Cell, Table, Time
from psot.results.figures import race_time

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}")


def write(table: Table) -> bytes:
    """Return ``table`` as CSV. Times are written as text and stay text."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([defused(one) for one in table.head])
    writer.writerows([[cell(one) for one in row] for row in table.rows])
    return f"{MARK}{file.getvalue()}".encode()


def cell(value: Cell) -> str | int:
    """Return a cell as it stands in the file."""
    if value is None:
        return ""
    if isinstance(value, Time):
        return race_time(value.ms)
    return defused(value) if isinstance(value, str) else value


def defused(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula.

    >>> defused("=1+1"), defused("0+1"), defused("  @sum")
    ("'=1+1", '0+1', "'  @sum")
    """
    return f"'{text}" if text.lstrip(" \N{NO-BREAK SPACE}").startswith(_FORMULA) else text
