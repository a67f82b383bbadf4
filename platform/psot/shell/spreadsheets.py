"""CSV that opens rightly in a spreadsheet: UTF-8 with its mark, semicolons, no formula runs."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import current_app
from flask_babel import get_locale
from werkzeug.wrappers import Response

Cell = str | int | float | None
"""Text, a whole number, a figure (written with the reader's decimal sign), or nothing."""

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
DECIMALS = 6
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}")


def written(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV; a spreadsheet in Russian expects semicolons."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([defused(one) for one in head])
    writer.writerows([[_cell(one) for one in row] for row in rows])
    return f"{MARK}{file.getvalue()}".encode()


def line(row: Sequence[Cell]) -> bytes:
    """Return one more line of the same, for a file that is written while it is read."""
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerow([_cell(one) for one in row])
    return file.getvalue().encode()


def download(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """Return a table as a file called ``name`` that the browser keeps."""
    answer: Response = current_app.response_class(written(head, rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def defused(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula.

    >>> defused("=1+1"), defused("0+1"), defused("  @sum")
    ("'=1+1", '0+1', "'  @sum")
    """
    return f"'{text}" if text.lstrip(" \N{NO-BREAK SPACE}").startswith(_FORMULA) else text


def _cell(value: Cell) -> str | int:
    if value is None:
        return ""
    if isinstance(value, float):
        return _figure(value)
    return defused(value) if isinstance(value, str) else value


def _figure(value: float) -> str:
    """Return a figure as text: a number stays a number, below zero too."""
    plain = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    locale = get_locale()
    return plain.replace(".", ",") if locale is not None and locale.language == "ru" else plain
