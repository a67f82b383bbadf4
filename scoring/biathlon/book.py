"""The book of a race: facts in, race state out, at any moment and in any order of arrival."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from events import race
from scoring.biathlon.course import course_of
from scoring.biathlon.filing import (
    BEFORE_ALL,
    JuryFact,
    Place,
    RaceFact,
    Rulings,
    filed,
    order_of,
    pardon_ms,
    rulings,
)
from scoring.biathlon.fold import CourseFact, Impossible, RacerFact, fold
from scoring.biathlon.formats import Format
from scoring.biathlon.lapping import lapped
from scoring.biathlon.racer import Entry, Racer, Team

Crew = tuple[str, Team | None]
"""Who shares one way through the race: a team of a relay, or a single racer by bib."""


@dataclass(frozen=True, kw_only=True)
class Race:
    """The state of a race at a moment: every entry of the start list, in its order."""

    format: Format
    racers: tuple[Racer, ...]


class Book:
    """Collects the facts of a race and tells its state.

    Only crews with new facts are folded again, and a racer whose new facts are the last in their
    order is folded on from there: so telling a running race after every few facts costs little.
    The result is that of folding everything at once.
    """

    def __init__(self, format_: Format, entries: Sequence[Entry]) -> None:
        self.format = format_
        self.entries = tuple(entries)
        self._crews: dict[Crew, list[Entry]] = defaultdict(list)
        for entry in sorted(self.entries, key=lambda one: one.leg):
            self._crews[self._crew(entry)].append(entry)
        self._crew_of = {entry.bib: self._crew(entry) for entry in self.entries}
        self._facts: dict[int, list[RacerFact | race.RacerReinstated]] = defaultdict(list)
        self._jury: list[JuryFact] = []
        self._pardoned: set[Crew] = set()
        self._folded: dict[Crew, list[Racer]] = {}
        # Facts that go on where a racer was folded to, and the place of the last fact in its order.
        self._news: dict[Crew, list[CourseFact]] = {}
        self._last: dict[Crew, Place] = {}
        self._lapped: dict[Crew, tuple[int, list[Racer]]] = {}
        # The racers as told last, in the order of the start list, and whom of them to tell anew.
        self._told: list[Racer | None] = [None] * len(self.entries)
        self._places = {(one.bib, one.leg): place for place, one in enumerate(self.entries)}
        self._stale = dict.fromkeys(self._crews)
        self._taken: set[Crew] = set()

    def _crew(self, entry: Entry) -> Crew:
        return ("team", entry.team) if self.format.relay else ("bib", entry.bib)

    def add(self, facts: Iterable[RaceFact]) -> None:
        """Take in ``facts``; raises Impossible for a bib that is not on the start list."""
        for fact in facts:
            if isinstance(fact, JuryFact):
                self._jury.append(fact)
                self._folded.clear()
                self._news.clear()
                self._lapped.clear()
                self._stale = dict.fromkeys(self._crews)
            elif fact.bib not in self._crew_of:
                raise Impossible(fact, f"bib {fact.bib} is not on the start list")
            else:
                self._facts[fact.bib].append(fact)
                crew = self._crew_of[fact.bib]
                if isinstance(fact, race.RacerReinstated):
                    self._pardoned.add(crew)
                if isinstance(fact, CourseFact) and self._goes_on(crew, fact):
                    self._lapped.pop(crew, None)
                    self._stale[crew] = None
                else:
                    self._forget(crew)

    def leave_out(self, fact: RacerFact) -> None:
        """Take a fact out again that was refused as impossible; the rest of the race goes on."""
        self._facts[fact.bib].remove(fact)
        self._forget(self._crew_of[fact.bib])

    def _goes_on(self, crew: Crew, fact: CourseFact) -> bool:
        """Take a fact as the next one of a single racer who is folded; False where it is not."""
        place = order_of(fact)
        if self.format.relay or crew not in self._folded or place <= self._last[crew]:
            return False
        self._news.setdefault(crew, []).append(fact)
        self._last[crew] = place
        return True

    def _forget(self, crew: Crew) -> None:
        self._folded.pop(crew, None)
        self._news.pop(crew, None)
        self._lapped.pop(crew, None)
        self._stale[crew] = None

    def race(self, until_ms: int | None = None) -> Race:
        """The race at ``until_ms`` after its zero, or after everything known.

        Raises Impossible for a fact that cannot follow those before it.
        """
        ruled = rulings(self._jury, until_ms)
        if until_ms is None:
            self._go_on(ruled)
            told = self._told
        else:
            crews = {crew: self._fold(crew, ruled) for crew in self._crews}
            told = [None] * len(self.entries)
            for racers in (crews | self._without_lapped(crews, ruled)).values():
                self._tell(racers, told)
        return Race(format=self.format, racers=tuple(cast("list[Racer]", told)))

    def _go_on(self, ruled: Rulings) -> None:
        """Fold whoever has new facts; nobody else is looked at, but for who was lapped."""
        for crew in list(self._stale):
            news = self._news.get(crew)
            if news is None:
                self._folded[crew] = self._fold(crew, ruled)
                self._last[crew] = self._last_of(crew)
            else:
                self._folded[crew] = [_folded_on(self._folded[crew][0], news, ruled)]
                del self._news[crew]
            del self._stale[crew]
            self._tell(self._folded[crew], self._told)
        taken = self._without_lapped(self._folded, ruled)
        for crew in self._taken - set(taken):
            self._tell(self._folded[crew], self._told)
        for racers in taken.values():
            self._tell(racers, self._told)
        self._taken = set(taken)

    def _last_of(self, crew: Crew) -> Place:
        """The place of the last fact of a crew, whether it counts or not."""
        told = (one for entry in self._crews[crew] for one in self._facts[entry.bib])
        places = (order_of(one) for one in told if not isinstance(one, race.RacerReinstated))
        return max(places, default=BEFORE_ALL)

    def _tell(self, racers: Iterable[Racer], told: list[Racer | None]) -> None:
        for one in racers:
            told[self._places[one.entry.bib, one.entry.leg]] = one

    def _without_lapped(
        self, crews: dict[Crew, list[Racer]], ruled: Rulings
    ) -> dict[Crew, list[Racer]]:
        """The crews that were lapped, folded again with that."""
        if not self.format.lapped_out:
            return {}
        pardons_ms = {
            crew: max(
                (
                    ms
                    for one in self._crews[crew]
                    if (ms := pardon_ms(self._facts[one.bib], ruled)) is not None
                ),
                default=None,
            )
            for crew in self._pardoned
        }
        known = {} if ruled.until_ms is not None else self._lapped
        taken = lapped(crews, pardons_ms)
        for crew, ms in taken.items():
            if crew not in known or known[crew][0] != ms:
                known[crew] = ms, self._fold(crew, ruled, lapped_ms=ms)
        return {crew: known[crew][1] for crew in taken}

    def _fold(self, crew: Crew, ruled: Rulings, lapped_ms: int | None = None) -> list[Racer]:
        """One crew's racers, leg after leg, each starting where the one before handed over."""
        waiting = {
            entry.bib: list(filed(self._facts[entry.bib], ruled)) for entry in self._crews[crew]
        }
        legs_left = [entry.bib for entry in self._crews[crew]]
        done: list[Racer] = []
        for entry in self._crews[crew]:
            legs_left.remove(entry.bib)
            facts = waiting[entry.bib]
            if entry.bib in legs_left:
                facts, waiting[entry.bib] = _one_leg(facts)
            start_ms = self._start_ms(entry, done)
            course = course_of(self.format, leg=entry.leg, bib=entry.bib)
            if crew in self._pardoned and pardon_ms(self._facts[entry.bib], ruled) is not None:
                course = replace(course, bars=False)
            if start_ms is None and any(one.irm for one in done):
                facts = []  # the team is out: what the next legs did is not counted
            here = lapped_ms is not None and start_ms is not None and start_ms <= lapped_ms
            one = fold(
                Racer(entry=entry, course=course, start_ms=start_ms),
                facts,
                ruled.voided,
                until_ms=ruled.until_ms,
                lapped_ms=lapped_ms if here else None,
            )
            done.append(one)
        return done

    def _start_ms(self, entry: Entry, done: Sequence[Racer]) -> int | None:
        """Own start: of the start list, or of a later leg when the leg before handed over."""
        if entry.leg == 1:
            return entry.start_ms
        if done and done[-1].entry.leg == entry.leg - 1 and done[-1].leg_end_ms is not None:
            return done[-1].leg_end_ms
        return entry.start_ms or None


def _folded_on(racer: Racer, facts: Iterable[CourseFact], ruled: Rulings) -> Racer:
    """Fold a racer on; what was passed stays the same object where no point was passed."""
    one = fold(racer.copy(), filter(ruled.count, facts), ruled.voided)
    if one.passed == racer.passed:
        one.passed = racer.passed
    return one


def _one_leg(facts: list[RacerFact]) -> tuple[list[RacerFact], list[RacerFact]]:
    """The facts up to the first exchange, and the rest: the same racer's next leg."""
    for number, fact in enumerate(facts, 1):
        if isinstance(fact, race.LegExchanged | race.RacerFinished):
            return facts[:number], facts[number:]
    return facts, []


def replay(
    format_: Format,
    entries: Sequence[Entry],
    facts: Iterable[RaceFact],
    until_ms: int | None = None,
) -> Race:
    """The state of a race at ``until_ms`` out of its facts; None is after everything.

    Raises Impossible for a fact that cannot have happened.
    """
    book = Book(format_, entries)
    book.add(facts)
    return book.race(until_ms)
