"""The gap-over-time chart as geometry: a pure drawing that a template writes down as SVG.

Lines differ by colour, by dash and by the shape of their marks, so every eye tells them apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Row = Mapping[str, Any]

WIDTH, HEIGHT = 960, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 108, 20, 44
MOST_LINES: Final = 10
"""So many lines can be told apart; there are as many dashes and shapes in the style sheet."""
_STEPS_MS: Final = (
    100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
    1_200_000, 1_800_000, 3_600_000,
)  # fmt: skip
_TICKS: Final = 6
_LABEL_GAP: Final = 17


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one line shows: a contender's gap to the best at each point, by the label's key."""

    key: str
    label: str
    gaps: Mapping[str, tuple[int, int]]
    """Point: (rank, gap in ms)."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A timing point: where it lies in time, in ms of the fastest there."""

    point: str
    at_ms: int


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A mark of a line."""

    x: float
    y: float
    point: str


@dataclass(frozen=True, kw_only=True)
class Stroke:
    """A line: its number from 1 gives colour, dash and shape."""

    number: int
    run: Run
    path: str
    dots: tuple[Dot, ...]
    label_x: float
    label_y: float


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A line of the grid with its figure."""

    at: float
    ms: int


@dataclass(frozen=True, kw_only=True)
class Chart:
    """The whole drawing."""

    strokes: tuple[Stroke, ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def chart(columns: Sequence[Column], runs: Sequence[Run]) -> Chart | None:
    """Return the chart of at most `MOST_LINES` runs; None where there is nothing to draw."""
    shown = [one for one in runs[:MOST_LINES] if one.gaps]
    if not shown or not columns:
        return None
    last_ms = max(one.at_ms for one in columns) or 1
    most_ms = max(ms for run in shown for _, ms in run.gaps.values()) or 1000
    row_step, column_step = _step(most_ms), _step(last_ms)
    top_ms = -(-most_ms // row_step) * row_step

    def x(ms: int) -> float:
        return round(LEFT + ms / last_ms * (WIDTH - LEFT - RIGHT), 1)

    def y(ms: int) -> float:
        return round(TOP + ms / top_ms * (HEIGHT - TOP - BOTTOM), 1)

    lines = [
        (
            run,
            [
                Dot(x=x(one.at_ms), y=y(run.gaps[one.point][1]), point=one.point)
                for one in columns
                if one.point in run.gaps
            ],
        )
        for run in shown
    ]
    labels = _apart([dots[-1].y for _, dots in lines])
    return Chart(
        strokes=tuple(
            Stroke(
                number=number,
                run=run,
                path="M" + "L".join(f"{dot.x} {dot.y}" for dot in dots),
                dots=tuple(dots),
                label_x=WIDTH - RIGHT + 14,
                label_y=labels[number - 1],
            )
            for number, (run, dots) in enumerate(lines, 1)
        ),
        rows=tuple(Tick(at=y(ms), ms=ms) for ms in range(0, top_ms + 1, row_step)),
        columns=tuple(Tick(at=x(ms), ms=ms) for ms in range(0, last_ms + 1, column_step)),
    )


def racers(rows: Sequence[Row], labels: Mapping[int, str], bibs: Sequence[int]) -> list[Run]:
    """Return the runs of ``bibs`` on one leg, by the gaps at their splits."""
    by_bib = {row["bib"]: row for row in rows}
    return [
        Run(
            key=str(bib),
            label=labels[bib],
            gaps={
                one["point"]: (one["rank"], one["behind_ms"])
                for one in by_bib[bib]["splits"]
                if one["behind_ms"] is not None and not one["point"].endswith("loop_exit")
            },
        )
        for bib in bibs
        if bib in by_bib
    ]


def drawn(points: Sequence[str]) -> list[str]:
    """Return the points at which everybody can be compared: only who missed leaves a loop."""
    return [one for one in points if not one.endswith("loop_exit")]


def racer_columns(rows: Sequence[Row], points: Sequence[str]) -> list[Column]:
    """Return where each point of a leg lies: by the fastest run to it."""
    best: dict[str, int] = {}
    for row in rows:
        for one in row["splits"]:
            best[one["point"]] = min(best.get(one["point"], one["run_ms"]), one["run_ms"])
    return [Column(point=one, at_ms=best[one]) for one in points if one in best]


def team_points(points: Mapping[int, Sequence[str]]) -> list[str]:
    """Return the points of all legs of a relay as ``1.lap1.station1`` and so on."""
    return [f"{leg}.{point}" for leg in sorted(points) for point in points[leg]]


def teams(
    rows: Sequence[Row], labels: Mapping[str, str], chosen: Sequence[str], points: Sequence[str]
) -> tuple[list[Column], list[Run]]:
    """Return columns and runs of relay teams: who is first at a point is the best there."""
    passed: dict[str, dict[str, int]] = {}
    for row in rows:
        for one in row["splits"]:
            # Penalty time of the own leg belongs to the time at its points.
            at_ms = (row["start_ms"] or 0) + one["run_ms"]
            passed.setdefault(f"{row['leg']}.{one['point']}", {})[row["team"]] = at_ms
    best = {point: min(at.values()) for point, at in passed.items()}
    columns = [Column(point=one, at_ms=best[one]) for one in points if one in best]
    runs = []
    for team in chosen:
        gaps = {
            point: (1 + sum(ms < at[team] for ms in at.values()), at[team] - best[point])
            for point, at in passed.items()
            if team in at
        }
        runs.append(Run(key=team, label=labels[team], gaps=gaps))
    return columns, runs


def _step(most_ms: int) -> int:
    """A round step that gives at most `_TICKS` lines."""
    return next((one for one in _STEPS_MS if most_ms <= one * _TICKS), _STEPS_MS[-1])


def _apart(wished: Sequence[float]) -> list[float]:
    """Move labels apart so that none covers another, keeping their order."""
    order = sorted(range(len(wished)), key=lambda index: wished[index])
    placed = list(wished)
    lowest: float = HEIGHT - BOTTOM
    last: float = TOP - _LABEL_GAP
    for index in order:
        placed[index] = max(wished[index], last + _LABEL_GAP)
        last = placed[index]
    for index in reversed(order):
        placed[index] = min(placed[index], lowest)
        lowest = placed[index] - _LABEL_GAP
    return [round(one, 1) for one in placed]
