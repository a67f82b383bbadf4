"""The marshal: what happens to racers who do not look, and the end of a race by itself.

A miss by time or the end of a penalty loop is written down at its own moment whenever somebody
looks; the marshal looks for those who do not, so that boards go on. While the service was away
nobody's time ran out: the marshal goes by the last beat of the pulse, not by the clock alone.
"""

from datetime import datetime, timedelta

from events.competition import OutageMeasured
from psot.course import pulse, queries
from psot.course.closing import close
from psot.course.loading import load_free, save
from psot.course.sets import current
from psot.database import Database
from psot.ledger import append
from psot.races import queries as races
from psot.races.lanes import anybody_left, lanes
from psot.races.stages import Stage
from psot.races.values import RaceView

PATIENCE_MS = 700
"""A racer's own request comes first; the marshal looks only so much later."""
AT_ONCE = 500
"""Racers brought up in one sweep."""
TOGETHER = 50
"""So many of them in one transaction: their locks are held for some milliseconds."""


def keep(database: Database, now: datetime) -> None:
    """Bring up everybody who is overdue, and lock the races that are over."""
    with database.begin() as session:
        running = races.under_way(session, now)
        beaten = pulse.last_beat(session) if running else None
    sure = now if beaten is None else min(now, beaten)
    for view in running:
        _bring_up(database, view, sure)
        _tell_outages(database, view)
        if _over(database, view, now):
            with database.begin() as session:
                if races.race(session, view.id).stage is Stage.RUNNING:
                    close(session, view.id, now)


def _bring_up(database: Database, view: RaceView, sure: datetime) -> None:
    with database.begin() as session:
        before_ms = view.t_ms(sure) - PATIENCE_MS
        bibs = list(queries.due(session, view.id, before_ms, AT_ONCE))
        found = lanes(session, view.id, bibs)
    for first in range(0, len(found), TOGETHER):
        with database.begin() as session:
            here = current(session, view.id)
            # Whose lock is held is just being looked at; the next sweep sees what came of it.
            ways = load_free(session, here, [(one, sure) for one in found[first:][:TOGETHER]])
            save(session, list(ways.values()))


def _tell_outages(database: Database, view: RaceView) -> None:
    if view.zero_at is None:
        return
    with database.begin() as session:
        for from_ms, until_ms in queries.outages(session, view):
            fact = OutageMeasured(race=view.id, from_ms=max(0, from_ms), until_ms=until_ms)
            moment = view.zero_at + timedelta(milliseconds=until_ms)
            append(session, fact, key=f"{view.id}:{until_ms}", occurred_at=moment)


def _over(database: Database, view: RaceView, now: datetime) -> bool:
    """Whether everybody is in or out, or the race closes by its schedule."""
    if view.closes_at is not None and now >= view.closes_at:
        return True
    with database.begin() as session:
        out = queries.out(session, view.id)
        teams = {one.team for one in lanes(session, view.id, sorted(out)) if one.team}
        return not anybody_left(session, view.id, besides=out, besides_teams=teams)
