"""The end of a course: nothing more is taken, and whoever is not in gets the mark for it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from events.race import RacerAbsent, RacerRetired
from psot.course.loading import load_all, save
from psot.course.way import Way
from psot.races import operations, queries
from psot.races.lanes import lanes, not_ended
from psot.races.stages import Stage
from psot.races.values import RaceView
from scoring.biathlon import State


def close(session: Session, race: UUID, now: datetime, by: UUID | None = None) -> RaceView:
    """Lock a running race at ``now``: every racer is brought up to it, the rest is out.

    Who never began is DNS, who did not come in DNF; a later leg of a relay whose team mate never
    handed over gets no mark of its own, the team has one. All or nothing: nobody sees a race half
    locked. Raises WrongStage.
    """
    view = queries.race(session, race)
    if view.stage is Stage.RUNNING:
        unfinished = sorted({bib for bib, _leg, _team in not_ended(session, race)})
        ways = load_all(session, view, lanes(session, race, unfinished), now)
        for way in ways:
            _close(way)
        save(session, ways)
    return operations.enter_stage(session, race, Stage.LOCKED, now=now, by=by)


def _close(way: Way) -> None:
    if way.view.zero_at is None or way.ended:
        return
    racer = way.here.racer
    if racer.state is State.LINE and racer.start_ms is None:
        return
    began = way.run.entered_at is not None and racer.state is not State.LINE
    kind = RacerRetired if began else RacerAbsent
    way.append(kind(race=way.view.id, bib=way.lane.bib, t_ms=max(way.now_ms, 0)))
    way.run.out = str(State.DNF if began else State.DNS)
    way.save()
