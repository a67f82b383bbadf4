"""A protocol as one table of plain cells, in the reader's language: what every file is made of."""

from dataclasses import dataclass

from flask_babel import gettext

from psot.results.protocols import Line, Row, Sheet
from psot.results.words import point_name, region_names, team_name


@dataclass(frozen=True)
class Time:
    """A time in whole milliseconds; each kind of file writes it in its own way."""

    ms: int


@dataclass(frozen=True)
class Gap(Time):
    """A gap to the best."""


Cell = str | int | Time | None


@dataclass(frozen=True, kw_only=True)
class Table:
    """A title, one head and its rows; ``wide`` are the columns that hold words."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    wide: frozenset[int] = frozenset()


def results(sheet: Sheet) -> Table:
    """Return the results: of a relay every team followed by its legs."""
    return _teams(sheet) if sheet.relay else _racers(sheet)


def splits(sheet: Sheet) -> Table:
    """Return every racer at every timing point, a row each."""
    names = region_names()
    rows: list[tuple[Cell, ...]] = []
    for one in sheet.lines:
        person = one.person
        rows += [
            (
                one.row["bib"],
                person.label,
                names.get(person.region, person.region),
                one.row["leg"],
                point_name(at["point"]),
                at["rank"],
                Time(at["run_ms"]),
                None if at["behind_ms"] is None else Gap(at["behind_ms"]),
            )
            for at in one.row["splits"]
        ]
    return Table(
        title=gettext("Splits"),
        head=(
            gettext("Bib"),
            gettext("Racer"),
            gettext("Region"),
            gettext("Leg"),
            gettext("Point"),
            gettext("Place there"),
            gettext("Time"),
            gettext("Gap"),
        ),
        rows=tuple(rows),
        wide=frozenset({1, 2, 4}),
    )


def _racers(sheet: Sheet) -> Table:
    names = region_names()
    return Table(
        title=gettext("Results"),
        head=(
            gettext("Place"),
            gettext("Mark"),
            gettext("Bib"),
            gettext("Racer"),
            gettext("Region"),
            gettext("Shooting"),
            gettext("Misses"),
            gettext("Time"),
            gettext("Gap"),
            gettext("Points"),
        ),
        rows=tuple(
            (
                one.row["rank"],
                one.row["irm"] or "",
                one.row["bib"],
                one.person.label,
                names.get(one.person.region, one.person.region),
                one.row["shootings"],
                one.row["misses"],
                _total(one),
                _gap(one.row["rank"], one.row["behind_ms"]),
                one.row["points"],
            )
            for one in sheet.lines
        ),
        wide=frozenset({3, 4}),
    )


def _teams(sheet: Sheet) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for team in sheet.teams:
        row = team.row
        rows.append(
            (
                row["rank"],
                row["irm"] or "",
                team_name(row["team"]),
                None,
                None,
                "",
                row["shootings"],
                None if row["total_ms"] is None else Time(row["total_ms"]),
                _gap(row["rank"], row["behind_ms"]),
                row["points"],
            )
        )
        rows += [
            _leg(row["team"], line, told) for line, told in zip(team.legs, row["legs"], strict=True)
        ]
    return Table(
        title=gettext("Results"),
        head=(
            gettext("Place"),
            gettext("Mark"),
            gettext("Team"),
            gettext("Leg"),
            gettext("Bib"),
            gettext("Racer"),
            gettext("Shooting"),
            gettext("Time"),
            gettext("Gap"),
            gettext("Points"),
        ),
        rows=tuple(rows),
        wide=frozenset({2, 5}),
    )


def _leg(team: str, line: Line, told: Row) -> tuple[Cell, ...]:
    return (
        told["rank"],
        line.row["irm"] or "",
        team_name(team),
        told["leg"],
        told["bib"],
        line.person.label,
        told["shootings"],
        None if told["total_ms"] is None else Time(told["total_ms"]),
        _gap(told["rank"], told["behind_ms"]),
        None,
    )


def _total(one: Line) -> Time | None:
    ms = one.row["total_ms"]
    return None if ms is None or one.row["irm"] else Time(ms)


def _gap(rank: int | None, ms: int | None) -> Gap | None:
    return None if rank is None or ms is None else Gap(ms)
