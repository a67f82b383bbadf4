"""The facts of one racer on one leg, in their order, folded by the machine.

Each kind of fact has one handler in `HANDLERS`: it writes down what the fact says (a time at a
point, a shot, a fall) and gives the symbol by which the machine goes on.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from events import race
from scoring.biathlon.bout import Bout, Shot
from scoring.biathlon.course import Mark, Point
from scoring.biathlon.machine import State, Symbol, after
from scoring.biathlon.racer import Racer

CourseFact = (
    race.StationPassed
    | race.RacerFell
    | race.TargetHit
    | race.TargetMissed
    | race.PenaltyLoopDone
    | race.LapDone
    | race.LegExchanged
    | race.RacerFinished
)
OutFact = race.RacerAbsent | race.RacerRetired | race.RacerDisqualified
RacerFact = CourseFact | OutFact | race.TimeAdjusted

_OUT: Final[Mapping[type[OutFact], Symbol]] = MappingProxyType(
    {
        race.RacerAbsent: Symbol.DNS,
        race.RacerRetired: Symbol.DNF,
        race.RacerDisqualified: Symbol.DSQ,
    }
)


class Impossible(ValueError):  # noqa: N818 - read as a sentence: raise Impossible(...)
    """A fact that cannot have happened, the rules applied; ``fact`` is that fact."""

    def __init__(self, fact: Any, why: str) -> None:
        super().__init__(why)
        self.fact = fact
        self.why = why


def fold(
    racer: Racer,
    facts: Iterable[RacerFact],
    voided: Collection[str],
    *,
    until_ms: int | None = None,
    lapped_ms: int | None = None,
) -> Racer:
    """Fold ``facts``, in order of time, into ``racer`` and return it.

    A racer that was folded up to a fact can be folded on from there.

    ``voided`` are the questions that count as right for everybody, ``until_ms`` is the moment of
    the race (None: after everything), ``lapped_ms`` when the racer was taken out as lapped.
    Raises Impossible for a fact that cannot follow those before it.
    """
    started = racer.start_ms is not None and (until_ms is None or racer.start_ms <= until_ms)
    if started and racer.state is State.LINE:
        _move(racer, racer.ahead())
    lapped = lapped_ms is None
    for fact in facts:
        if not lapped and lapped_ms is not None and fact.t_ms > lapped_ms:
            _take_out(racer, lapped_ms)
            lapped = True
        _step(racer, fact, voided)
    if not lapped and lapped_ms is not None:
        _take_out(racer, lapped_ms)
    return racer


def _take_out(racer: Racer, lapped_ms: int) -> None:
    _move(racer, Symbol.LAP)
    _note_out(racer, lapped_ms)


def _note_out(racer: Racer, t_ms: int) -> None:
    if racer.irm is not None and racer.out_ms is None:
        racer.out_ms = t_ms


def _step(racer: Racer, fact: RacerFact, voided: Collection[str]) -> None:
    if isinstance(fact, race.TimeAdjusted):
        racer.adjust_ms += fact.ms
    elif isinstance(fact, OutFact):
        _move(racer, _OUT[type(fact)])
    else:
        racer.seen = True
        if racer.irm is None:
            _go_on(racer, fact, voided)
    _note_out(racer, fact.t_ms)


def _go_on(racer: Racer, fact: CourseFact, voided: Collection[str]) -> None:
    if racer.start_ms is None:
        raise Impossible(
            fact, f"bib {fact.bib} has no start: nobody handed over to leg {racer.entry.leg}"
        )
    if fact.t_ms < racer.start_ms:
        raise Impossible(fact, f"bib {fact.bib} starts later, at {racer.start_ms}")
    before = racer.state
    if not _move(racer, HANDLERS[type(fact)](racer, fact, voided)):
        raise Impossible(fact, f"bib {fact.bib} cannot do that any more: {before}")


def _move(racer: Racer, symbol: Symbol) -> bool:
    """Go on by ``symbol``; False where nothing leads on."""
    state = after(racer.state, symbol)
    if state is not None:
        racer.state = state
    return state is not None


def _station(racer: Racer, fact: race.StationPassed, _: Collection[str]) -> Symbol:
    racer.leave_range()
    if racer.shot_here() and racer.stations:
        racer.next_lap()  # the end of the lap was left out
    racer.stations += 1
    racer.passes(Mark.STATION, fact.t_ms, number=racer.stations)
    ahead = racer.ahead()
    if ahead is Symbol.TO_RANGE:
        racer.passes(Mark.RANGE_ENTRY, fact.t_ms)
    return ahead


def _fall(racer: Racer, fact: race.RacerFell, voided: Collection[str]) -> Symbol:
    racer.leave_range()
    if fact.question not in voided:
        racer.falls += 1
        racer.fell_ms.append(fact.t_ms)
    return Symbol.FALL


def _shot(
    racer: Racer, fact: race.TargetHit | race.TargetMissed, voided: Collection[str]
) -> Symbol:
    course = racer.course
    if not racer.bouts or racer.bouts[-1].over:
        if len(racer.bouts) == len(course.bout_laps):
            raise Impossible(
                fact, f"bib {fact.bib} has no shot left after {len(racer.bouts)} bouts"
            )
        racer.bouts.append(_bout(racer, fact))
    bout = racer.bouts[-1]
    hit = isinstance(fact, race.TargetHit)
    bout.shots.append(Shot(fact.t_ms, hit, hit or fact.question in voided))
    if not bout.over:
        return Symbol.SHOOT_ON if bout.fired < course.targets else Symbol.RELOAD
    racer.passes(Mark.RANGE_EXIT, fact.t_ms, lap=bout.lap)
    if bout.misses == 0:
        return Symbol.CLEAR
    if course.bars:
        return Symbol.BARRED
    return Symbol.OWING if course.loops else Symbol.CLEAR


def _bout(racer: Racer, fact: race.TargetHit | race.TargetMissed) -> Bout:
    """A new bout; the range was entered at the last station of the lap, else at the first shot."""
    if racer.shot_here():
        racer.next_lap()  # the end of the lap was left out
    entered_ms = fact.t_ms
    if racer.stations:
        entered_ms = racer.passed[Point(racer.lap, Mark.STATION, racer.stations)].t_ms
    racer.passes(Mark.RANGE_ENTRY, entered_ms)
    return Bout(
        lap=racer.lap,
        position=racer.course.positions[len(racer.bouts)],
        targets=racer.course.targets,
        spares=racer.course.spares,
        entered_ms=entered_ms,
        shown_ms=entered_ms if fact.shown_ms is None else fact.shown_ms,
    )


def _loop(racer: Racer, fact: race.PenaltyLoopDone, _: Collection[str]) -> Symbol:
    racer.leave_range()
    if not racer.bouts:
        racer.passes(Mark.LOOP_EXIT, fact.t_ms)
        return Symbol.LOOPS_DONE
    bout = racer.bouts[-1]
    bout.loops += 1
    bout.loop_exit_ms = fact.t_ms
    racer.passes(Mark.LOOP_EXIT, fact.t_ms, lap=bout.lap)
    return Symbol.LOOPS_DONE if bout.loops >= bout.misses else Symbol.LOOP


def _lap(racer: Racer, fact: race.LapDone, _: Collection[str]) -> Symbol:
    racer.leave_range()
    if Point(racer.lap, Mark.LAP_END) in racer.passed:
        raise Impossible(fact, f"bib {fact.bib} has done all {racer.course.laps} laps")
    racer.passes(Mark.LAP_END, fact.t_ms)
    if racer.lap == racer.course.laps:
        return Symbol.TO_COURSE
    racer.next_lap()
    return racer.ahead()


def _leg_end(
    racer: Racer, fact: race.LegExchanged | race.RacerFinished, _: Collection[str]
) -> Symbol:
    """The end of the leg, which on a leg before the last is the exchange by either name."""
    racer.leave_range()
    course = racer.course
    if isinstance(fact, race.LegExchanged) and not course.relay:
        raise Impossible(fact, f"bib {fact.bib} cannot hand over: this is no relay")
    racer.leg_end_ms = fact.t_ms
    mark = Mark.FINISH if course.last_leg else Mark.EXCHANGE
    racer.passes(mark, fact.t_ms, lap=course.laps)
    return Symbol.CROSS_LINE if course.last_leg else Symbol.HAND_OVER


HANDLERS: Final[Mapping[type[CourseFact], Callable[[Racer, Any, Collection[str]], Symbol]]] = (
    MappingProxyType(
        {
            race.RacerFell: _fall,  # first: a fall that costs no time passes its station at once
            race.StationPassed: _station,
            race.TargetHit: _shot,
            race.TargetMissed: _shot,
            race.PenaltyLoopDone: _loop,
            race.LapDone: _lap,
            race.LegExchanged: _leg_end,
            race.RacerFinished: _leg_end,
        }
    )
)
"""What each fact of the course writes down, in the order in which a lap brings them."""

IN_ORDER: Final[Mapping[type[RacerFact], int]] = MappingProxyType(
    {kind: number for number, kind in enumerate((*HANDLERS, race.TimeAdjusted, *_OUT))}
    | dict.fromkeys((race.TargetHit, race.TargetMissed), 2)
)
"""What comes first where two facts of a racer have the same moment; shots keep their own order."""
