"""Ways out of the database and back: read under locks, written in a few statements however many.

What was written is also kept in this process, with the mark of its row: as long as the row still
has that mark, nobody else has written, and the racer's tasks need not be read again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from psot.course import pulse, store
from psot.course.rows import RunRow, TaskRow
from psot.course.sets import LANES, Kept, legs_of, race_set
from psot.course.store import Written
from psot.course.way import Way
from psot.ledger import Appending
from psot.races.lanes import Lane
from psot.races.operations import end_leg, open_leg
from psot.races.stages import Stage
from psot.races.values import RaceView
from psot.trips import one_trip

_ways: Final[Kept[tuple[UUID, int], Way]] = Kept(LANES)


def load(session: Session, view: RaceView, lane: Lane, now: datetime) -> Way:
    """Return a racer's way under its lock; the run begins with the first who asks for it."""
    return load_all(session, view, [lane], now)[0]


def load_all(session: Session, view: RaceView, lanes: Sequence[Lane], now: datetime) -> list[Way]:
    """Return the ways of ``lanes`` under their locks, by bib."""
    runs = store.lock(session, view.id, [one.bib for one in lanes])
    fresh = [one for one in lanes if one.bib not in runs]
    if fresh:
        for one in fresh:
            store.begin(session, view.id, one)
        runs |= store.lock(session, view.id, [one.bib for one in fresh])
    tasks = store.tasks(session, view.id, runs)
    return [
        _made(session, view, one, runs[one.bib], tasks[one.bib], now=now)
        for one in sorted(lanes, key=lambda one: one.bib)
    ]


def load_free(
    session: Session, view: RaceView, asked: Iterable[tuple[Lane, datetime]]
) -> dict[int, Way]:
    """Return the ways, by bib, that can be had without waiting for anybody.

    One whose lock somebody holds, or that never began, is absent; all are where the race is not
    what ``view`` says any more.
    """
    moments = {lane.bib: (lane, now) for lane, now in asked}
    edition, runs = store.lock_free(session, view.id, moments)
    if edition != view.version:
        return {}
    ways = {}
    for bib, run in runs.items():
        way = _again(session, view, run, moments[bib][1])
        if way is not None:
            ways[bib] = way
    unknown = runs.keys() - ways.keys()
    tasks = store.tasks(session, view.id, unknown) if unknown else {}
    for bib in unknown:
        lane, now = moments[bib]
        ways[bib] = _made(session, view, lane, runs[bib], tasks[bib], now=now)
    return ways


def save(session: Session, ways: Sequence[Way], *, last: bool = False) -> None:
    """Write what came of ``ways``, all of one race; the caller commits.

    Where it is the ``last`` of the caller's transaction the COMMIT travels with it, unless more is
    to be written: what stands on the ledger before is then an error instead of being compared, so
    that is for callers who then go alone.
    """
    changed = [one for one in ways if one.changed]
    racers = [Written(run=one.run, shown=one.news.shown, ended=one.news.ended) for one in changed]
    facts = [fact for one in ways for fact in one.news.facts]
    if changed or facts:
        commits = last and not any(one.news.legs for one in ways)
        appending = Appending(session, facts)
        with one_trip(session, commits=commits) as trip:
            mark = store.write(trip, ways[0].view.id, racers)
            appending.go(trip, all_new=commits)
        mark()
        appending.settle()
    for one in ways:
        for leg, t_ms in one.news.legs:
            _end_leg(session, one, leg, t_ms)
    for one in ways:
        _keep(one)


def outages_ms(session: Session, view: RaceView) -> list[tuple[int, int]]:
    """Return the outages since the race's zero, in milliseconds after it."""
    if view.zero_at is None:
        return []
    return [
        (view.t_ms(from_at), view.t_ms(until_at))
        for from_at, until_at in pulse.outages(session, view.zero_at)
    ]


def _made(
    session: Session,
    view: RaceView,
    lane: Lane,
    run: RunRow,
    tasks: list[TaskRow],
    *,
    now: datetime,
) -> Way:
    return Way.of(
        view=view,
        race_set=race_set(session, view),
        lane=lane,
        run=run,
        legs=legs_of(session, view, lane),
        tasks=tasks,
        outages_ms=outages_ms(session, view),
        now=now,
    )


def _again(session: Session, view: RaceView, run: RunRow, now: datetime) -> Way | None:
    """Take up the way that this process kept, where it still is the racer's and earlier.

    The whole row is compared: one transaction may write it twice, under one mark.
    """
    way = _ways.take((view.id, run.bib))
    if way is None or way.run != run or way.view is not view or now < way.now:
        return None
    way.go_on(run, outages_ms(session, view), now)
    return way


def _keep(way: Way) -> None:
    """Keep a way that goes on by itself; a relay's legs hang on others.

    Before the commit is early enough: without it no row will ever have the mark.
    """
    if way.view.stage is Stage.RUNNING and way.lane.team is None and way.all_told:
        _ways.put((way.view.id, way.lane.bib), way)


def _end_leg(session: Session, way: Way, leg: int, t_ms: int) -> None:
    end_leg(session, way.view.id, way.lane.bib, leg, t_ms)
    if way.lane.team is not None and leg < len(way.race_set.format.legs):
        open_leg(session, way.view.id, way.lane.team, leg + 1, t_ms)
