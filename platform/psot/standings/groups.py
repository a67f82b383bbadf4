"""Boards of a part of the field, and boards of a timing point; both from what a side knows."""

from collections.abc import Iterable
from typing import Any

from psot.standings.pictures import TOP, Row
from psot.standings.side import Side
from scoring.biathlon.live import Stage
from scoring.biathlon.running import Line

Group = list[Line]


def groups(side: Side) -> dict[str, Group]:
    """Return every part of the field in its order, by names such as ``r.RU-TYU``."""
    found: dict[str, Group] = {}
    parts = side.roster.parts
    for line in side.order:
        for name in parts[line.crew]:
            found.setdefault(name, []).append(line)
    return found


def group_board(side: Side, lines: Group) -> dict[str, Row]:
    """Return the top of a part of the field: places, ranks and gaps within it."""
    rows: dict[str, Row] = {}
    best: dict[Stage, int] = {}
    rank, before = 0, None
    for number, line in enumerate(lines[:TOP], 1):
        if line.rank != before:
            rank, before = number, line.rank
        rows[side.roster.lines[line.crew].key] = {
            "pos": number,
            "rank": None if line.rank is None else rank,
            **side.rows[line.crew],
            "gap_ms": _gap_ms(side, lines, line, best),
        }
    return rows


def _gap_ms(side: Side, lines: Group, line: Line, best: dict[Stage, int]) -> int | None:
    """Return the gap to the best of the part at the last point of ``line``."""
    crew = side.board.crews[line.crew]
    if line.rank is None or crew.last is None or line.crew in side.revealed:
        return line.gap_ms
    stage = crew.last
    if stage not in best:
        known = (side.board.crews[one.crew].stages.get(stage) for one in lines)
        best[stage] = min(value for value in known if value is not None)
    return crew.stages[stage] - best[stage]


def point_boards(side: Side, stages: Iterable[Stage]) -> dict[str, dict[str, Row]]:
    """Return the boards of the timing points among ``stages``, by label; stations have none.

    A relay has one for each leg, called ``leg2.lap1.range_exit``, and under the plain label that of
    the newest leg on which anybody passed the point.
    """
    passed = side.ticker.passed
    newest: dict[str, Stage] = {}
    for stage in passed:
        label = stage[1].label
        if passed[stage].of_crew and stage >= newest.get(label, stage):
            newest[label] = stage
    found: dict[str, dict[str, Row]] = {}
    for stage in stages:
        leg, label = stage[0], stage[1].label
        if label not in newest:
            continue
        board = _point_board(side, stage)
        if newest[label] == stage:
            found[label] = board
        if side.roster.format.relay:
            found[f"leg{leg}.{label}"] = board
    return found


def _point_board(side: Side, stage: Stage) -> dict[str, Row]:
    columns = side.board.splits
    rows: dict[str, Row] = {}
    for number, (crew, passed) in enumerate(side.ticker.passed[stage].best(TOP), 1):
        t_ms, value, bib = passed
        passing: dict[str, Any] = {
            "rank": columns.rank(stage, value),
            "gap_ms": columns.behind_ms(stage, value),
            "point": stage[1].label,
            "leg": stage[0],
            "t_ms": t_ms,
        }
        base = {**side.rows[crew], **side.roster.named(bib)}
        rows[side.roster.lines[crew].key] = {"pos": number, **base, **passing}
    return rows
