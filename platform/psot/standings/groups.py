"""Boards of a part of the field, and boards of a timing point; both from what a side knows."""

from collections.abc import Iterable, Mapping
from typing import Any

from psot.standings.pictures import TOP, Row
from psot.standings.side import Side
from scoring.biathlon.live import Stage
from scoring.biathlon.order import LINE_BYTES, Line, Order


def groups(side: Side) -> dict[str, Order]:
    """Return every part of the field in its order, by names such as ``r.RU-TYU``.

    Lines move as they are: ten thousand are dealt out and few of them are looked at.
    """
    found: dict[str, list[bytes]] = {}
    parts, data = side.roster.parts, side.order.data
    lines = (data[at : at + LINE_BYTES] for at in range(0, len(data), LINE_BYTES))
    for crew, line in zip(side.order.crews(), lines, strict=True):
        for name in parts[crew]:
            found.setdefault(name, []).append(line)
    return {name: Order(b"".join(those)) for name, those in found.items()}


def group_board(side: Side, lines: Order) -> dict[str, Row]:
    """Return the top of a part of the field: places, ranks and gaps within it."""
    rows: dict[str, Row] = {}
    best = _Best(side.board.crews[one].stages for one in lines.crews())
    rank, before = 0, None
    for number, line in enumerate(lines[:TOP], 1):
        if line.rank != before:
            rank, before = number, line.rank
        rows[side.roster.lines[line.crew].key] = {
            "pos": number,
            "rank": None if line.rank is None else rank,
            **side.rows[line.crew],
            "gap_ms": _gap_ms(side, line, best),
        }
    return rows


class _Best(dict[Stage, int]):
    """What the best of a part has at a stage, looked for once where somebody asks."""

    def __init__(self, passed: Iterable[Mapping[Stage, int]]) -> None:
        self._passed = list(passed)

    def __missing__(self, stage: Stage) -> int:
        found = self[stage] = min(one[stage] for one in self._passed if stage in one)
        return found


def _gap_ms(side: Side, line: Line, best: _Best) -> int | None:
    """Return the gap to the best of the part at the last point of ``line``."""
    crew = side.board.crews[line.crew]
    if line.rank is None or crew.last is None or line.crew in side.revealed:
        return line.gap_ms
    return crew.stages[crew.last] - best[crew.last]


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
