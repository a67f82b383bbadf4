"""Pools of tasks: what a racer can meet, what there is, and the set that a race is raced with.

No racer meets a question twice, so a question serves one kind of task in a race. Where pools
overlap, what they share is divided in the proportion of what each needs.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.quiz import Question, SingleChoice
from psot.library import queries as library
from psot.races import draws
from psot.races.models import Pool, Race
from psot.races.questions import FrozenQuestion
from scoring.biathlon import Format, course_of, load_format

STATION: Final = "station"
KINDS: Final = (STATION, "P", "S")
PLENTY: Final = 3
"""A pool should hold so many times what one racer can meet."""


@dataclass(frozen=True, kw_only=True)
class PoolCheck:
    """Whether the pool of one kind of task is large enough.

    ``available`` counts a question that several pools share for one of them only.
    """

    kind: str
    available: int
    needed: int
    """The most tasks of this kind that one racer can meet."""

    @property
    def wanted(self) -> int:
        """What the pool should hold."""
        return PLENTY * self.needed

    @property
    def scarce(self) -> bool:
        """Whether racers will often meet the same tasks: worth a warning."""
        return self.available < self.wanted

    @property
    def missing(self) -> bool:
        """Whether a racer could run out of tasks: the race cannot be announced."""
        return self.available < self.needed


def needs(rules: Format) -> dict[str, int]:
    """Return the most tasks of each kind that one racer can meet in a race.

    A station gives a fresh task after each fall until the racer passes anyway; a bout has its
    shots and all its spare rounds. Where racers take turns in a relay, all their legs count.

    >>> from scoring.biathlon import load_format
    >>> needs(load_format("sprint"))
    {'station': 18, 'P': 5, 'S': 5}
    """
    most = dict.fromkeys(KINDS, 0)
    for first in range(rules.team_size if rules.relay else 1):
        own = dict.fromkeys(KINDS, 0)
        for leg in range(first, len(rules.legs), rules.team_size):
            course = course_of(rules, leg=leg + 1, bib=1)
            own[STATION] += course.laps * course.stations * max(1, rules.falls)
            for position in course.positions:
                own[position] += course.targets + course.spares
        most = {kind: max(most[kind], own[kind]) for kind in KINDS}
    return most


def shares(pools: Mapping[str, Collection[str]], needed: Mapping[str, int]) -> dict[str, int]:
    """Return how many questions each pool can count as its own when all are served at once.

    What several pools share is divided in the proportion of their needs, and nobody gets less for
    what another cannot use (the fair division of max-min). One racer can be served exactly where
    no share is below its need: by Hall's theorem, both fail for the same group of pools.

    >>> shares({"station": "abcdef", "P": "abc", "S": "xy"}, {"station": 2, "P": 2, "S": 1})
    {'station': 3, 'P': 3, 'S': 2}
    """
    counted = {kind: len(set(pool)) for kind, pool in pools.items()}
    settled: set[str] = set()
    hungry = {kind for kind in pools if needed[kind]}
    while hungry:
        # The group that has the least for its needs settles first; the others share the rest.
        taken = _union(pools, settled)
        group = min(
            _groups(hungry),
            key=lambda one: (
                Fraction(len(_union(pools, one) - taken), sum(needed[kind] for kind in one)),
                -len(one),
            ),
        )
        here, total = len(_union(pools, group) - taken), sum(needed[kind] for kind in group)
        counted.update({kind: here * needed[kind] // total for kind in group})
        settled.update(group)
        hungry.difference_update(group)
    return counted


def divide(
    pools: Mapping[str, Sequence[str]], needed: Mapping[str, int]
) -> dict[str, tuple[str, ...]]:
    """Give every question to one of the pools it is in, so that each gets at least its share.

    Questions are handed out in their order in the pools; the same input gives the same division.
    """
    members = {kind: set(pool) for kind, pool in pools.items() if needed[kind]}
    places = {
        one: [kind for kind, pool in members.items() if one in pool]
        for one in dict.fromkeys(one for kind in members for one in pools[kind])
    }
    held = _matched(places, shares(pools, needed))
    got = Counter(held.values())
    for question, kinds in places.items():
        if question not in held:
            held[question] = min(kinds, key=lambda kind: (Fraction(got[kind], needed[kind]), kind))
            got[held[question]] += 1
    return {kind: tuple(one for one in places if held[one] == kind) for kind in pools}


def _matched(places: Mapping[str, Sequence[str]], quota: Mapping[str, int]) -> dict[str, str]:
    """Return a kind for as many questions as the quotas take, by augmenting paths."""
    held: dict[str, str] = {}
    got: Counter[str] = Counter()

    def place(question: str, tried: set[str]) -> bool:
        for kind in places[question]:
            if kind in tried:
                continue
            tried.add(kind)
            if got[kind] < quota[kind]:
                got[kind] += 1
                held[question] = kind
                return True
            for other in [one for one, its in held.items() if its == kind]:
                if place(other, tried):
                    held[question] = kind
                    return True
        return False

    hopeless: set[tuple[str, ...]] = set()
    for question, kinds in places.items():
        # Where no path was found for such a question, none will be found for its like.
        if tuple(kinds) not in hopeless and not place(question, set()):
            hopeless.add(tuple(kinds))
    return held


def _groups(kinds: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Return every group of some of ``kinds``, always in the same order."""
    for size in range(1, len(kinds) + 1):
        yield from combinations(sorted(kinds), size)


def _union(pools: Mapping[str, Collection[str]], group: Iterable[str]) -> set[str]:
    return {one for kind in group for one in pools[kind]}


def raceable(session: Session) -> list[Question]:
    """Return the questions that can be raced with: single choice, without a picture."""
    known = library.questions(session, kinds=[SingleChoice.kind])
    return [one for one in known if isinstance(one, SingleChoice) and one.picture is None]


def choices(session: Session, race_id: UUID) -> dict[str, dict[str, Question]]:
    """Return the questions each pool of a race may draw from: single choice only, by id."""
    rows = {row.kind: row for row in session.scalars(select(Pool).where(Pool.race == race_id))}
    known = raceable(session)
    found: dict[str, dict[str, Question]] = {}
    for kind in KINDS:
        row = rows.get(kind)
        topics, levels = (set(row.topics), set(row.difficulties)) if row else (set(), set())
        found[kind] = {
            one.id: one
            for one in known
            if (not topics or one.topic in topics) and (not levels or one.difficulty in levels)
        }
    return found


def check(session: Session, race_id: UUID) -> list[PoolCheck]:
    """Return for every kind of task the race has whether its pool is large enough."""
    race = session.get_one(Race, race_id)
    needed = needs(load_format(race.format, dict(race.options)))
    counted = shares(choices(session, race_id), needed)
    return [
        PoolCheck(kind=kind, available=counted[kind], needed=needed[kind])
        for kind in KINDS
        if needed[kind]
    ]


def question_set(session: Session, race_id: UUID, secret: bytes) -> list[FrozenQuestion]:
    """Return the questions a race is raced with, divided among the kinds by lot."""
    race = session.get_one(Race, race_id)
    found = choices(session, race_id)
    ordered = {kind: _by_lot(secret, one) for kind, one in found.items()}
    divided = divide(ordered, needs(load_format(race.format, dict(race.options))))
    return [
        FrozenQuestion(kind=kind, question=found[kind][one])
        for kind in KINDS
        for one in divided[kind]
    ]


def _by_lot(secret: bytes, ids: Iterable[str]) -> list[str]:
    return sorted(ids, key=draws.lots(secret, "pool"))
