"""A table of results as CSV for spreadsheets."""

from psot.results.exports.table import Cell, Table, Time
from psot.results.figures import race_time
from psot.shell import spreadsheets


def write(table: Table) -> bytes:
    """Return ``table`` as CSV. Times are written as text and stay text."""
    return spreadsheets.written(table.head, [[_cell(one) for one in row] for row in table.rows])


def _cell(value: Cell) -> str | int | None:
    return race_time(value.ms) if isinstance(value, Time) else value
