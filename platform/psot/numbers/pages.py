"""The public numbers: all of them, one opened, and a table to take along."""

from flask import Blueprint, render_template
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from psot import clock
from psot.database import transaction
from psot.numbers import queries
from psot.numbers.chart import bars, spark
from psot.numbers.errors import UnknownFigure
from psot.numbers.values import MILLISECONDS, Figure
from psot.numbers.words import GROUPS, WORDS
from psot.shell import spreadsheets

blueprint = Blueprint("numbers", __name__, template_folder="templates")

MS_PER_HOUR = 3_600_000
WHOLE_HOURS_FROM = 100
"""From so many hours on, tenths of one tell nothing."""


@blueprint.get("/numbers")
def numbers() -> str:
    """Show every figure with a year of weeks as a line."""
    now = clock.now()
    with transaction() as session:
        found = {one.name: one for one in queries.figures(session, now)}
    return render_template(
        "numbers/numbers.html",
        groups=GROUPS,
        words=WORDS,
        figures=found,
        sparks={name: spark(one.weeks) for name, one in found.items()},
        shown=shown,
        now=now,
    )


@blueprint.get("/numbers/<name>")
def figure(name: str) -> str:
    """Open a figure: how it is counted, as of which fact, and its weeks."""
    now = clock.now()
    with transaction() as session:
        found = {one.name: one for one in queries.figures(session, now)}
    if name not in found:
        raise UnknownFigure(lazy_gettext("There is no such figure."), subject=name)
    return render_template(
        "numbers/figure.html",
        figure=found[name],
        told=WORDS[name],
        bars=bars(found[name].weeks),
        shown=shown,
        now_there=name in queries.NOW_THERE,
        now=now,
    )


@blueprint.get("/numbers.csv")
def table() -> Response:
    """Give all weeks of all figures as a table; times in hours."""
    with transaction() as session:
        found = [one for one in queries.figures(session, clock.now()) if one.weeks]
    head = [
        str(lazy_gettext("Week from")),
        *(str(WORDS[one.name].name) for one in found),
    ]
    rows = [
        [week.on.isoformat(), *(_cell(one, one.weeks[number].total) for one in found)]
        for number, week in enumerate(found[0].weeks)
    ]
    return spreadsheets.download("numbers.csv", head, rows)


def shown(one: Figure, total: int) -> tuple[float, int]:
    """Return ``total`` as it is shown, and with how many decimals: times in hours."""
    if one.unit != MILLISECONDS:
        return total, 0
    hours = total / MS_PER_HOUR
    return hours, 0 if hours >= WHOLE_HOURS_FROM or not total else 1


def _cell(one: Figure, total: int) -> int | float:
    return total / MS_PER_HOUR if one.unit == MILLISECONDS else total
