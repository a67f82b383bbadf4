"""Steering one racer who races here: from what they did to the facts, and to what comes next.

A racer answers; everything else follows by itself, at its own moment, whoever looks when: the hold
after a fall, the reloading before a spare round, each penalty loop, the end of a lap, the finish.
So the facts of a racer are a function of the answers and of the clock, and a later look only adds
to them. `steer` follows a racer from the start; a `Steering` that is kept goes on from where it
was, so that a racer near the finish costs no more than one at the first station.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from events import race
from scoring.biathlon.awaits import awaited
from scoring.biathlon.course import course_of
from scoring.biathlon.fold import CourseFact, fold
from scoring.biathlon.formats import Format
from scoring.biathlon.machine import State
from scoring.biathlon.racer import Entry, Racer

_S = 1000
STATION = "station"


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A task that is over: answered, or a shot that was never fired (then not ``right``)."""

    right: bool
    t_ms: int
    """When it was over, after the race's zero; later than it was shown."""
    question: str
    shown_ms: int


class HoldKind(StrEnum):
    """Why a racer is held."""

    FALL = "fall"
    RELOAD = "reload"
    LOOP = "loop"


@dataclass(frozen=True, kw_only=True)
class Hold:
    """The racer is held between two moments; of a loop, ``loops_left`` counts this one too."""

    kind: HoldKind
    from_ms: int
    until_ms: int
    loops_left: int = 0


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The task that may be shown from ``from_ms`` on: ``station``, ``P`` or ``S``."""

    kind: str
    from_ms: int
    limit_ms: int | None


@dataclass(frozen=True, kw_only=True)
class Steered:
    """Where a racer is on one leg."""

    racer: Racer
    facts: tuple[CourseFact, ...]
    """The facts of the leg in their order: all until now, of a `Steering` those since its last
    look."""
    hold: Hold | None
    wanted: Wanted | None
    falls: int
    """Falls at the station where the racer is."""

    @property
    def due_ms(self) -> int | None:
        """When something happens without the racer."""
        return self.hold.until_ms if self.hold else None


def steer(
    format_: Format,
    *,
    race_id: UUID,
    bib: int,
    leg: int,
    start_ms: int | None,
    deeds: Iterable[Deed],
    now_ms: int,
) -> Steered:
    """Return where the racer is at ``now_ms`` after these deeds, in their order.

    ``start_ms`` is None while the leg before has not handed over. Deeds after the leg's end are not
    looked at.
    """
    steering = Steering(format_, race_id=race_id, bib=bib, leg=leg, start_ms=start_ms)
    return steering.on(deeds, now_ms)


class Steering:
    """One racer on one leg, followed from look to look.

    It gives what `steer` would give at the last moment of all deeds, except that each fact is told
    once. For whoever can promise that moments do not run backwards.
    """

    def __init__(
        self, format_: Format, *, race_id: UUID, bib: int, leg: int, start_ms: int | None
    ) -> None:
        self._format, self._race, self._start_ms = format_, race_id, start_ms
        self._racer = Racer(
            entry=Entry(bib=bib, leg=leg),
            course=course_of(format_, leg=leg, bib=bib),
            start_ms=start_ms,
        )
        self._waiting: list[Deed] = []
        self._way: _Way | None = None

    def on(self, deeds: Iterable[Deed], now_ms: int) -> Steered:
        """Return where the racer is at ``now_ms``, these deeds done since the last look."""
        self._waiting.extend(deeds)
        if self._start_ms is None or now_ms < self._start_ms:
            return Steered(racer=self._racer, facts=(), hold=None, wanted=None, falls=0)
        if self._way is None:
            self._way = _Way(self._format, self._racer, self._race)
        return self._way.go(self._waiting, now_ms)


class _Way:
    """One racer's way through a leg, followed from the start."""

    def __init__(self, format_: Format, racer: Racer, race_id: UUID) -> None:
        self.format = format_
        self.racer = fold(racer, [], ())
        self.race = race_id
        self.now_ms = 0
        self.t_ms = racer.start_ms or 0
        self.facts: list[CourseFact] = []
        self.told: dict[type[CourseFact], int] = {}
        self.falls = 0
        self.fell_ms = 0

    def go(self, waiting: list[Deed], now_ms: int) -> Steered:
        """Go on to ``now_ms``; the deeds that were reached are taken off ``waiting``."""
        self.now_ms = now_ms
        while following := awaited(self.racer):
            if race.PenaltyLoopDone in following:
                hold = self._loop()
            elif following & {race.LapDone, race.RacerFinished, race.LegExchanged}:
                self._tell(next(iter(following)), self.t_ms)
                continue
            else:
                hold = self._held()
                if hold is None and not self._passed_by_falls():
                    if not waiting:
                        return self._now(None, self._wanted())
                    self._do(waiting.pop(0))
            if hold is not None:
                return self._now(hold, None)
        return self._now(None, None)

    def _now(self, hold: Hold | None, wanted: Wanted | None) -> Steered:
        facts, self.facts = tuple(self.facts), []
        return Steered(racer=self.racer, facts=facts, hold=hold, wanted=wanted, falls=self.falls)

    def _tell(self, kind: type[CourseFact], t_ms: int, **more: Any) -> None:
        # The same thing twice in a millisecond would be one: without stations a lap can be empty.
        self.t_ms = max(t_ms, self.told.get(kind, -1) + 1)
        self.told[kind] = self.t_ms
        one = kind(race=self.race, bib=self.racer.entry.bib, t_ms=self.t_ms, **more)
        self.facts.append(one)
        fold(self.racer, [one], ())

    def _loop(self) -> Hold | None:
        """Ski a loop that is over by now; the hold of one that is not."""
        bout = self.racer.bouts[-1]
        until_ms = self.t_ms + self.format.penalty.seconds * _S
        if until_ms > self.now_ms:
            return Hold(
                kind=HoldKind.LOOP,
                from_ms=self.t_ms,
                until_ms=until_ms,
                loops_left=bout.misses - bout.loops,
            )
        self._tell(race.PenaltyLoopDone, until_ms)
        return None

    def _held(self) -> Hold | None:
        """The hold after a fall or before a spare round, where it is not over."""
        if self.racer.state is State.STATION and self.falls:
            kind, from_ms, length_s = HoldKind.FALL, self.fell_ms, self.format.fall_s
        elif self.racer.state is State.SPARE_ROUND:
            kind, from_ms, length_s = HoldKind.RELOAD, self.t_ms, self.format.reload_s
        else:
            return None
        until_ms = from_ms + length_s * _S
        if until_ms <= self.now_ms:
            return None
        return Hold(kind=kind, from_ms=from_ms, until_ms=until_ms)

    def _passed_by_falls(self) -> bool:
        """Whether the racer has fallen often enough to pass the station, which then is told."""
        if self.racer.state is not State.STATION or self.falls < max(1, self.format.falls):
            return False
        self.falls = 0
        self._tell(race.StationPassed, self.fell_ms + self.format.fall_s * _S, question=None)
        return True

    def _do(self, deed: Deed) -> None:
        if self.racer.state is not State.STATION:
            kind = race.TargetHit if deed.right else race.TargetMissed
            self._tell(kind, deed.t_ms, question=deed.question, shown_ms=deed.shown_ms)
        elif deed.right:
            self.falls = 0
            self._tell(race.StationPassed, deed.t_ms, question=deed.question)
        else:
            self.falls += 1
            self._tell(race.RacerFell, deed.t_ms, question=deed.question)
            self.fell_ms = self.t_ms

    def _wanted(self) -> Wanted:
        if self.racer.state is State.STATION:
            from_ms = self.fell_ms + self.format.fall_s * _S if self.falls else self.t_ms
            return Wanted(kind=STATION, from_ms=from_ms, limit_ms=None)
        position = self._position()
        reload_ms = self.format.reload_s * _S if self.racer.state is State.SPARE_ROUND else 0
        limit_s = self.format.prone_s if position == "P" else self.format.standing_s
        return Wanted(kind=position, from_ms=self.t_ms + reload_ms, limit_ms=limit_s * _S)

    def _position(self) -> str:
        bouts = self.racer.bouts
        under_way = bool(bouts) and not bouts[-1].over
        return self.racer.course.positions[len(bouts) - under_way]
