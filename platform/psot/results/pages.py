"""The pages of a protocol: results with filters, and the analysis of the splits."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from psot.database import reading, transaction
from psot.members.queries import current_member
from psot.races.wording import FORMATS
from psot.results import analysis, asked, chart
from psot.results.access import race_here, veiled
from psot.results.leaves import LINES, leaf
from psot.results.protocols import Line, Sheet, sheet
from psot.results.words import PARTS, SERIES, region_names, team_name

blueprint = Blueprint("results", __name__, template_folder="templates")


@blueprint.context_processor
def words() -> dict[str, object]:
    """Give the room's templates the words of formats, parts and marks."""
    return {
        "format_names": FORMATS,
        "part_names": PARTS,
        "series_names": SERIES,
    }


DRAWN_AT_FIRST = 5


@blueprint.get("/races/<uuid:race_id>/protocol")
def protocol(race_id: UUID) -> str | Response:
    """Show the results of a race as the jury published them."""
    current_member()
    choice = asked.choice()
    with reading() as session:
        race = race_here(session, race_id)
        if race.practice_of is not None:
            # A practice has no protocol: it is told beside the field of its race.
            return redirect(url_for("results.practice", race_id=race_id), 303)
        found = leaf(session, race, asked.stage(), choice)
        if found is None:
            return render_template("results/none_yet.html", race=race, veiled=veiled(race))
        names = region_names()
        return render_template(
            "results/protocol.html",
            race=race,
            found=found,
            choice=choice,
            earlier=_page(found.page - 1) if found.page > 1 else "",
            later=_page(found.page + 1) if found.last < found.count else "",
            regions=sorted(found.regions, key=lambda code: names.get(code, code)),
            region_names=names,
            spares=bool(race.rules.spares),
        )


@blueprint.get("/races/<uuid:race_id>/splits")
def splits(race_id: UUID) -> str:
    """Show where the race was won: gaps over time, parts, laps and bouts, and every point."""
    with transaction() as session:
        race = race_here(session, race_id)
        found = sheet(session, race, asked.stage())
    if found is None:
        return render_template("results/none_yet.html", race=race, veiled=veiled(race))
    legs = len(race.rules.legs)
    leg = min(max(asked.whole("leg", 1), 1), legs)
    lines = [one for one in found.lines if one.row["leg"] == leg]
    rows = [one.row for one in lines]
    points = analysis.points(rows)
    point = asked.word("point")
    point = point if point in points else (points[-1] if points else "")
    drawn = _drawn_teams(found) if found.relay else _drawn_racers(lines, points)
    series = {name: analysis.series(rows, name) for name in analysis.SERIES}
    page = asked.page(len(lines), LINES)
    shown = lines[(page - 1) * LINES : page * LINES]
    return render_template(
        "results/splits.html",
        race=race,
        found=found,
        leg=leg,
        legs=legs,
        lines=shown,
        everybody=lines,
        by_bib={one.row["bib"]: one for one in lines},
        points=points,
        point=point,
        at_point=analysis.at_point(rows, point),
        parts=analysis.parts(rows),
        series=series,
        widths={name: max(map(len, by.values()), default=0) for name, by in series.items()},
        page=page,
        earlier=_page(page - 1) if page > 1 else "",
        later=_page(page + 1) if page * LINES < len(lines) else "",
        region_names=region_names(),
        most=chart.MOST_LINES,
        **drawn,
    )


def _drawn_racers(lines: Sequence[Line], points: Sequence[str]) -> dict[str, Any]:
    """The chart of the racers in the address, or of the first few and the reader."""
    rows = [one.row for one in lines]
    chosen = asked.wholes("bib", chart.MOST_LINES)
    if not chosen:
        own = [one.row["bib"] for one in lines if one.person.own]
        chosen = [row["bib"] for row in rows[:DRAWN_AT_FIRST]]
        chosen += [bib for bib in own if bib not in chosen]
    labels = {one.row["bib"]: one.person.label for one in lines}
    columns = chart.racer_columns(rows, chart.drawn(points))
    runs = chart.racers(rows, labels, chosen)
    return {
        "drawing": chart.chart(columns, runs),
        "runs": runs,
        "columns": columns,
        "chosen": chosen,
    }


def _drawn_teams(found: Sheet) -> dict[str, Any]:
    """The chart of the teams in the address, or of the first few and the reader's."""
    rows = [one.row for one in found.lines]
    teams = [str(one.row["team"]) for one in found.teams]
    chosen = [one for one in asked.words("team", chart.MOST_LINES) if one in teams]
    if not chosen:
        own = [str(one.row["team"]) for one in found.teams if one.own]
        chosen = teams[:DRAWN_AT_FIRST]
        chosen += [one for one in own if one not in chosen]
    legs = sorted({row["leg"] for row in rows})
    points = {leg: analysis.points([row for row in rows if row["leg"] == leg]) for leg in legs}
    labels = {one: team_name(one) for one in teams}
    columns, runs = chart.teams(rows, labels, chosen, chart.drawn(chart.team_points(points)))
    return {
        "drawing": chart.chart(columns, runs),
        "runs": runs,
        "columns": columns,
        "chosen": chosen,
    }


def _page(number: int) -> str:
    """Return the address of another page of the same question."""
    kept = {name: values for name, values in request.args.lists() if name != "page"}
    return f"{request.path}?{urlencode({**kept, 'page': number}, doseq=True)}"
