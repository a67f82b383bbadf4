"""A protocol as plain data, ready for JSON."""

from typing import Any

from scoring.biathlon.protocol import Protocol, Result
from scoring.biathlon.splits import Split
from scoring.biathlon.teams import TeamResult


def written(protocol: Protocol) -> dict[str, Any]:
    """The protocol as lists and dicts of numbers and words; every time in ms."""
    return {
        "results": [_result(line) for line in protocol.results],
        "teams": [_team(line) for line in protocol.teams],
    }


def _result(line: Result) -> dict[str, Any]:
    return {
        "rank": line.rank,
        "bib": line.entry.bib,
        "irm": line.irm,
        "shootings": line.shootings,
        "misses": line.misses,
        "total_ms": line.total_ms,
        "behind_ms": line.behind_ms,
        "points": line.points,
        "splits": [_split(split) for split in line.splits],
        "name": line.entry.name,
        "team": line.entry.team,
        "leg": line.entry.leg,
        "state": line.state,
        "start_ms": line.start_ms,
        "finish_ms": line.finish_ms,
        "penalty_ms": line.penalty_ms,
        "adjust_ms": line.adjust_ms,
        "falls": line.falls,
        "course_ms": line.times.course_ms,
        "range_ms": line.times.range_ms,
        "shooting_ms": line.times.shooting_ms,
        "loop_ms": line.times.loop_ms,
        "ski_ms": line.times.ski_ms,
        "laps_ms": list(line.times.laps_ms),
        "ranges_ms": list(line.times.ranges_ms),
        "shootings_ms": list(line.times.shootings_ms),
        "loops_ms": list(line.times.loops_ms),
    }


def _split(split: Split) -> dict[str, Any]:
    return {
        "point": split.point,
        "t_ms": split.t_ms,
        "run_ms": split.run_ms,
        "rank": split.rank,
        "behind_ms": split.behind_ms,
    }


def _team(line: TeamResult) -> dict[str, Any]:
    return {
        "rank": line.rank,
        "team": line.team,
        "irm": line.irm,
        "shootings": line.shootings,
        "misses": line.misses,
        "spares": line.spares,
        "total_ms": line.total_ms,
        "behind_ms": line.behind_ms,
        "points": line.points,
        "legs": [
            {
                "leg": leg.leg,
                "bib": leg.bib,
                "total_ms": leg.total_ms,
                "rank": leg.rank,
                "behind_ms": leg.behind_ms,
                "shootings": leg.shootings,
            }
            for leg in line.legs
        ],
    }
