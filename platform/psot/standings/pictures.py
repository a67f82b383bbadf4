"""The rows of a race's boards, made of what one audience may know: values in, rows out."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from psot.standings.roster import Roster
from scoring.biathlon import UNDER_WAY, Bout, Course, Format, Mark, Point, Racer, State, course_of
from scoring.biathlon.live import Stage
from scoring.biathlon.order import Line, Order
from scoring.biathlon.running import Crew, RunningBoard

Row = dict[str, Any]

TOP: Final = 30
"""Rows of a board."""
LANES: Final = 12
"""Racers on the picture of the range."""
LEADERS: Final = 10
"""Racers told by name on the picture of the course."""

SHOOTING: Final = frozenset({State.RANGE, State.SHOT, State.SPARE_ROUND})
ON_COURSE: Final = UNDER_WAY | {State.EXCHANGE}


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many lines of the field are where."""

    entered: int
    on_course: int
    finished: int
    out: int


def row(crew: Crew, roster: Roster) -> Row:
    """Return a crew's row but for its place: position, rank and gap."""
    one = crew.under_way
    return {
        **roster.named(one.entry.bib),
        "team": None if one.entry.team is None else str(one.entry.team),
        "leg": one.entry.leg,
        "state": one.state.value,
        "irm": crew.irm.value if crew.irm else None,
        "point": crew.point[1].label if crew.point else None,
        "total_ms": total_ms(crew),
        "bouts": [bout.misses for bout in one.bouts if bout.over],
        "lap": one.lap,
    }


def total_ms(crew: Crew) -> int | None:
    """Return the total at the finish, of all legs of a relay."""
    if not crew.racers[-1].course.last_leg or crew.racers[-1].leg_end_ms is None:
        return None
    totals = [one.total_ms for one in crew.racers]
    return sum(ms for ms in totals if ms is not None) if None not in totals else None


def placed(line: Line, number: int, base: Row) -> Row:
    """Return a whole row of the main board."""
    return {"pos": number, "rank": line.rank, **base, "gap_ms": line.gap_ms}


class Tally:
    """Where the crews are, counted as they move; nobody else is looked at."""

    def __init__(self, crews: Sequence[Crew]) -> None:
        self._crews = crews
        self._of_crew: list[tuple[State, tuple[int, int, str]] | None] = [None] * len(crews)
        self._states: Counter[State] = Counter()
        self.sections: Counter[tuple[int, int, str]] = Counter()
        """How many are in each section of the course; who is out is nowhere."""
        self.shooting: set[int] = set()
        """Who is on the range, by number."""
        self.update(range(len(crews)))

    def update(self, numbers: Iterable[int]) -> None:
        """Take in that crews changed."""
        for number in numbers:
            crew, before = self._crews[number], self._of_crew[number]
            now = None
            if crew.irm is None:
                now = crew.under_way.state, section(crew.under_way)
            for told, step in ((before, -1), (now, 1)):
                if told is not None:
                    self._states[told[0]] += step
                    self.sections[told[1]] += step
            self._of_crew[number] = now
            shoots = now is not None and now[0] in SHOOTING
            (self.shooting.add if shoots else self.shooting.discard)(number)

    def counts(self) -> Counts:
        """Return how many are where."""
        return Counts(
            entered=len(self._crews),
            on_course=sum(self._states[one] for one in ON_COURSE),
            finished=self._states[State.FINISHED],
            out=len(self._crews) - self._states.total(),
        )


def lanes(
    board: RunningBoard, order: Order, shooting: Collection[int], roster: Roster
) -> dict[str, Row]:
    """Return who shoots now, the best placed first, and how many do."""
    best = (number for number in order.crews() if number in shooting)
    here = islice(best, min(LANES, len(shooting)))
    racers = [board.crews[number].under_way for number in here]
    rows = {str(one.entry.bib): lane(one, roster) for one in racers}
    return rows | {"range": {"shooting": len(shooting)}}


def lane(one: Racer, roster: Roster) -> Row:
    """Return one racer on the range."""
    bout = _bout(one)
    number = len(one.bouts) + (bout is None)
    return {
        **roster.named(one.entry.bib),
        "position": one.course.positions[number - 1],
        "bout": number,
        "targets": targets(bout, one.course),
        "spares": one.course.spares - (bout.spares_used if bout else 0),
    }


def _bout(one: Racer) -> Bout | None:
    """Return the bout that is shot now, None before its first shot."""
    return one.bouts[-1] if one.bouts and not one.bouts[-1].over else None


def targets(bout: Bout | None, course: Course) -> list[str]:
    """Return the five targets; a spare round aims at the first that stands.

    >>> from scoring.biathlon import load_format
    >>> targets(None, course_of(load_format("sprint"), leg=1, bib=1))
    ['aim', 'wait', 'wait', 'wait', 'wait']
    """
    shots = bout.shots if bout else []
    shown = ["hit" if one.counted else "miss" for one in shots[: course.targets]]
    for one in shots[course.targets :]:
        if one.counted and "miss" in shown:
            shown[shown.index("miss")] = "hit"
    if len(shown) == course.targets:
        if "miss" in shown:
            shown[shown.index("miss")] = "aim"
        return shown
    return [*shown, "aim", *["wait"] * (course.targets - len(shown) - 1)]


def field(board: RunningBoard, order: Order, tally: Tally, way: "Way") -> dict[str, Any]:
    """Return the picture of the course: how many are where, and the leaders by name."""
    return {
        "sections": [
            {"leg": leg, "lap": lap, "section": name, "count": count}
            for (leg, lap, name), count in sorted(tally.sections.items())
            if count
        ],
        "leaders": [
            _leader(board.crews[line.crew], way)
            for line in order[:LEADERS]
            if line.rank is not None
        ],
    }


def _leader(crew: Crew, way: "Way") -> Row:
    one = crew.under_way
    _, lap, name = section(one)
    done = way.done_permille(crew.last)
    return {"bib": one.entry.bib, "lap": lap, "section": name, "done": done}


def section(one: Racer) -> tuple[int, int, str]:
    """Return leg, lap and section of a racer; the open course counts to what lies ahead."""
    lap = one.lap
    match one.state:
        case State.LINE:
            name = "line"
        case State.STATION:
            name = f"station{min(one.stations + 1, max(one.course.stations, 1))}"
        case State.PENALTY_LOOP:
            name = "loop"
        case State.FINISHED | State.COURSE | State.EXCHANGE:
            name = "finish"
        case _:
            name = "range"
    return one.entry.leg, lap, name


class Way:
    """All stages of a race in their order, to tell how much of it lies behind somebody."""

    def __init__(self, format_: Format) -> None:
        self._stages: list[Stage] = [
            (leg, point)
            for leg in range(1, len(format_.legs) + 1)
            for point in _points(course_of(format_, leg=leg, bib=1))
        ]

    def done_permille(self, stage: Stage | None) -> int:
        """Return the share of the race up to ``stage``.

        >>> from scoring.biathlon import load_format
        >>> way = Way(load_format("sprint"))
        >>> way.done_permille(None), way.done_permille((1, Point(3, Mark.FINISH)))
        (0, 1000)
        """
        if stage is None:
            return 0
        return 1000 * bisect_right(self._stages, stage) // len(self._stages)


def _points(course: Course) -> Iterator[Point]:
    for lap in range(1, course.laps + 1):
        for number in range(1, course.stations + 1):
            yield Point(lap, Mark.STATION, number)
        if lap in course.bout_laps:
            yield Point(lap, Mark.RANGE_ENTRY)
            yield Point(lap, Mark.RANGE_EXIT)
            if course.loops:
                yield Point(lap, Mark.LOOP_EXIT)
        if lap < course.laps:
            yield Point(lap, Mark.LAP_END)
    yield Point(course.laps, Mark.FINISH if course.last_leg else Mark.EXCHANGE)


def head(told: Mapping[str, Any], numbers: Counts, format_: Format) -> Row:
    """Return the row that tells of the race itself; ``told`` is what the audience knows of it."""
    return {
        **told,
        "entered": numbers.entered,
        "on_course": numbers.on_course,
        "finished": numbers.finished,
        "out": numbers.out,
        "laps": format_.legs[0].laps,
        "bouts": len(format_.legs[0].bouts),
        "relay": format_.relay,
    }
