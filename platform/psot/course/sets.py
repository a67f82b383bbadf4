"""What draws and judges need and what never changes while a race is on: kept in this process."""

import threading
from collections import OrderedDict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from content.quiz import Memo, Question
from psot.library import queries as library
from psot.library.values import TopicView
from psot.races import lanes, queries
from psot.races.lanes import Lane, edition, lane
from psot.races.stages import Stage
from psot.races.values import RaceView, StartLine
from scoring.biathlon import Format

RACES: Final = 32
"""How many races' sets a process keeps."""
LANES: Final = 20_000

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


class Kept(Generic[_K, _V]):
    """The last ``most`` values that were asked for."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[_K, _V] = OrderedDict()

    def get(self, key: _K) -> _V | None:
        """Return what was kept."""
        found = self._values.get(key)
        if found is not None:
            self._values.move_to_end(key)
        return found

    def take(self, key: _K) -> _V | None:
        """Return what was kept, and keep it no longer."""
        return self._values.pop(key, None)

    def put(self, key: _K, value: _V) -> _V:
        """Keep ``value``, and return it."""
        self._values[key] = value
        while len(self._values) > self._most:
            self._values.popitem(last=False)
        return value


@dataclass(frozen=True, kw_only=True)
class RaceSet:
    """The rules, the questions by pool, and the secret of a race; it prints neither."""

    format: Format = field(repr=False)
    pools: Mapping[str, Mapping[str, Question]] = field(repr=False)
    secret: bytes = field(repr=False)
    topics: Mapping[str, TopicView] = field(repr=False, default_factory=dict)
    memos: Mapping[str, Memo] = field(repr=False, default_factory=dict)
    """What held racers read, by topic."""


_sets: Kept[tuple[UUID, str], RaceSet] = Kept(RACES)
_reading: Final = threading.Lock()
_views: Kept[tuple[UUID, int], RaceView] = Kept(RACES)
_newest: Kept[UUID, RaceView] = Kept(RACES)
_lanes: Kept[tuple[UUID, int, UUID], Lane] = Kept(LANES)
_legs: Kept[tuple[UUID, int, int], list[StartLine]] = Kept(LANES)


def newest(race: UUID) -> RaceView | None:
    """Return a race as this process last saw it; asks nobody."""
    return _newest.get(race)


def lane_in(view: RaceView, member: UUID) -> Lane | None:
    """Return the member's lane where this process has it; asks nobody."""
    return _lanes.get((view.id, view.version, member))


def lanes_of(session: Session, view: RaceView, members: Collection[UUID]) -> dict[UUID, Lane]:
    """Return the lanes of ``members`` of a running race without teams, those unknown by one read.

    A whole field starts in one moment: what each racer's first call needs is read for many.
    """
    kept = {one: lane_in(view, one) for one in members}
    unknown = [member for member, one in kept.items() if one is None]
    if unknown:
        for one, legs in lanes.starting(session, view.id, unknown):
            _legs.put((view.id, view.version, one.bib), legs)
            kept[one.member] = _lanes.put((view.id, view.version, one.member), one)
    return {member: one for member, one in kept.items() if one is not None and one.team is None}


def remembered(race: UUID, member: UUID) -> tuple[RaceSet, Lane] | None:
    """Return the set and the lane of a racer where this process has them; asks nobody."""
    view = _newest.get(race)
    found = None if view is None else lane_in(view, member)
    kept = None if view is None else _sets.get(_key(view))
    return None if found is None or kept is None else (kept, found)


def current(session: Session, race: UUID) -> RaceView:
    """Return a race as it is now; read anew only where its version moved. Raises UnknownRace."""
    version = edition(session, race)
    found = None if version is None else _views.get((race, version))
    if found is None:
        found = queries.race(session, race)
        _views.put((race, found.version), found)
    _newest.put(race, found)
    return found


def lane_of(session: Session, view: RaceView, member: UUID) -> Lane | None:
    """Return the member's lane; once the race runs, it does not change any more."""
    key = view.id, view.version, member
    found = _lanes.get(key)
    if found is None:
        found = lane(session, view.id, member=member)
        if found is not None and view.stage is Stage.RUNNING:
            _lanes.put(key, found)
    return found


def legs_of(session: Session, view: RaceView, lane: Lane) -> list[StartLine]:
    """Return the legs of a lane; only a relay's change while the race runs."""
    key = view.id, view.version, lane.bib
    found = _legs.get(key)
    if found is None:
        found = lanes.legs_of(session, view.id, lane.bib)
        if lane.team is None and view.stage is Stage.RUNNING:
            _legs.put(key, found)
    return found


def race_set(session: Session, view: RaceView) -> RaceSet:
    """Return the set of a race; the commitment names the version of it that is kept.

    A whole field asks in one moment: one of them reads it, the others wait.
    """
    found = _sets.get(_key(view))
    if found is None:
        with _reading:
            found = _sets.get(_key(view)) or _sets.put(_key(view), _read(session, view))
    return found


def _read(session: Session, view: RaceView) -> RaceSet:
    pools: dict[str, dict[str, Question]] = {}
    for one in queries.question_set(session, view.id):
        pools.setdefault(one.kind, {})[one.question.id] = one.question
    return RaceSet(
        format=view.rules,
        pools=pools,
        secret=queries.secret(session, view.id),
        topics=library.topics(session),
        memos=library.memos(session),
    )


def _key(view: RaceView) -> tuple[UUID, str]:
    return view.id, f"{view.secret_sha256}{view.questions_sha256}{view.rules_sha256}"
