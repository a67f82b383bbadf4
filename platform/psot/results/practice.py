"""Ghosts: a finished race raced again, beside the splits of its original field."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from psot.jury.queries import published
from psot.jury.results import compute
from psot.races.queries import field, races_in, visible_race
from psot.races.stages import KEYS_OPEN, Stage
from psot.races.values import RaceView
from psot.results.people import people, somebody
from psot.standings.queries import log
from scoring.biathlon import tenths

LEADERS = 10

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Met:
    """A point of a practice: the own time, the field's best, and the place it would have been."""

    point: str
    run_ms: int
    best_ms: int | None
    place: int
    of: int


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A practice beside its field; ``place`` is None before the finish."""

    row: Row | None
    met: tuple[Met, ...]
    place: int | None
    of: int
    points: int


def original(session: Session, practice: RaceView, member: UUID) -> RaceView | None:
    """Return the race that is practised, as far as the member may see it; None: no practice."""
    if practice.practice_of is None:
        return None
    return visible_race(session, practice.practice_of, member=member)


def ghosts(session: Session, race: RaceView) -> dict[str, Any]:
    """Return the field of ``race`` for who races it again: sorted times at each point, leaders.

    Of a relay the first legs count: that is what a practice races.
    """
    rows = _field(session, race)
    times: dict[str, list[int]] = {}
    for row in rows:
        for one in row["splits"]:
            times.setdefault(one["point"], []).append(one["run_ms"])
    everybody = people(session, race.id, None, [])
    leaders = [row for row in rows if row["rank"] is not None][:LEADERS]
    return {
        "points": {point: sorted(values) for point, values in times.items()},
        "leaders": [
            {
                "name": (who := somebody(everybody, row["bib"])).name,
                "number": who.number,
                "bib": row["bib"],
                "splits": {one["point"]: one["run_ms"] for one in row["splits"]},
            }
            for row in leaders
        ],
    }


def comparison(session: Session, practice: RaceView, race: RaceView) -> Comparison:
    """Return what a practice would have come to in its race."""
    told = compute(practice.rules, field(session, practice.id), log(session, practice.id))
    row = next(iter(told["results"]), None)
    rows = _field(session, race)
    ended = sorted(one["total_ms"] for one in rows if one["rank"] is not None)
    total_ms = row["total_ms"] if row is not None and row["irm"] is None else None
    place = None if total_ms is None else _place(ended, total_ms)
    table = practice.rules.points
    return Comparison(
        row=row,
        met=tuple(_met(row, rows)) if row is not None else (),
        place=place,
        of=len(ended),
        points=table[place - 1] if place is not None and place <= len(table) else 0,
    )


def practices(session: Session, member: UUID) -> list[RaceView]:
    """Return the practice races of ``member``, the newest first."""
    stages = [Stage.RUNNING, *KEYS_OPEN]
    mine = [one for one in races_in(session, stages) if one.practice_member == member]
    return sorted(mine, key=lambda one: (one.zero_at is not None, one.zero_at), reverse=True)


def _field(session: Session, race: RaceView) -> list[Row]:
    """The first legs of the original field as published, without who was disqualified."""
    found = published(session, race.id)
    rows = found.body["results"] if found is not None else []
    return [one for one in rows if one["leg"] == 1 and one["irm"] != "DSQ"]


def _met(row: Row, rows: Sequence[Row]) -> list[Met]:
    times: dict[str, list[int]] = {}
    for one in rows:
        for split in one["splits"]:
            times.setdefault(split["point"], []).append(split["run_ms"])
    return [
        Met(
            point=one["point"],
            run_ms=one["run_ms"],
            best_ms=min(times.get(one["point"], []), default=None),
            place=_place(sorted(times.get(one["point"], [])), one["run_ms"]),
            of=len(times.get(one["point"], [])),
        )
        for one in row["splits"]
    ]


def _place(ordered: Sequence[int], ms: int) -> int:
    """The place among ``ordered``: who is equal at a tenth shares it."""
    return bisect_left([tenths(one) for one in ordered], tenths(ms)) + 1
