"""Runs: begun, acted in, walked through, ended. Each write takes the session first, never commits.

Actions of one run are taken one at a time (its row is locked), stored with their answer and told to
the ledger in the same transaction. What the clock has ended is ended by `settle`, which a caller
does in a transaction of its own: it stands, though the action that comes too late is refused.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from events.workplace import Acted, RunFinished, RunStarted
from psot.database import new_id
from psot.ledger import append
from psot.library import queries as library
from psot.library.values import ScenarioView
from psot.workplace import judging
from psot.workplace.errors import (
    ActionRefused,
    ActionStands,
    ClassClosed,
    Gap,
    Paused,
    RunOver,
    UnknownRun,
    UnknownScenario,
)
from psot.workplace.models import Class, Deed, Outcome, Run, Stretch
from psot.workplace.timing import elapsed_ms, ends_at
from psot.workplace.values import CHECK, ClassView, RunView, Taken
from psot.workplace.views import class_view, run_view
from psot.workplace.wording import REFUSALS
from scoring import workplace as rules

MOST_ACTIONS = 2_000
"""Actions of one run; a patient member needs a tenth of it."""
MOST_STRETCHES = 2_000
OVERDUE_AT_ONCE = 200
STOPPED = "stopped"
FINISHED = "finished"
ERRORS = ("false_alarm", "order", "forbidden", "mismarked")
"""Parts that nobody has to do: they are there because somebody did them."""
SEEDS = 2**31

# One member at a time: then counting a member's runs cannot go wrong.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('psot.workplace'), hashtext(:member))")

Action = Mapping[str, Any]


def start(
    session: Session,
    *,
    member: UUID,
    scenario: str,
    mode: str,
    now: datetime,
    seed: int | None = None,
    group: ClassView | None = None,
    afresh: bool = False,
) -> RunView:
    """Enter a scenario, or go on with the member's unfinished run of it in this mode.

    ``afresh`` stops an unfinished run first. A class brings its version and seed, and each of its
    members has one run in it, which is given back whatever became of it. Raises
    UnknownScenario, ClassClosed.
    """
    session.execute(_LOCK, {"member": str(member)})
    found = _playable(session, scenario, mode, group)
    if group is not None and (joined := _joined(session, member, group)) is not None:
        return run_view(joined)
    for row in _unfinished(session, member, scenario, mode):
        if not afresh and not _overdue(row, now, None):
            return run_view(row)
        _stop(session, row, now=_moment(row, now))
    last = session.scalar(
        select(func.max(Run.number)).where(Run.member == member, Run.scenario == scenario)
    )
    drawn = secrets.randbelow(SEEDS) if seed is None else seed
    row = Run(
        id=new_id(),
        member=member,
        scenario=scenario,
        version=found.version,
        mode=mode,
        seed=drawn if group is None else group.seed,
        number=(last or 0) + 1,
        minutes=found.minutes,
        group=group.id if group else None,
        started_at=now,
        taken=0,
        done=0,
        found=0,
        how="",
    )
    session.add(row)
    session.flush()
    fact = RunStarted(
        member=member,
        run=row.id,
        scenario=scenario,
        version=row.version,
        mode=mode,
        seed=row.seed,
        number=row.number,
        group=row.group,
    )
    append(session, fact, key=str(row.id), occurred_at=now)
    return run_view(row)


def act(
    session: Session, *, member: UUID, run: UUID, nth: int, action: Action, now: datetime
) -> Taken:
    """Take an action of a run; the same one under the same number gets the first answer again.

    Raises UnknownRun, ActionStands for another action under a number that was used, Gap for a
    number that is not the next, RunOver, Paused, ActionRefused for what the rules do not let do.
    """
    row = own(session, member, run)
    group = group_of(session, row)
    # The row's lock was waited for, so what it counts is stored.
    if nth <= row.taken and (stored := session.get(Deed, (run, nth))) is not None:
        if stored.action != action:
            raise ActionStands(_("Another action was taken under this number."), subject=str(nth))
        return Taken(run=run_view(row), effects=stored.effects, group=group, repeated=True)
    if row.ended_at is not None or _overdue(row, now, group):
        raise RunOver(_("This run is over."), subject=str(run))
    if group is not None and group.paused_at is not None:
        raise Paused(_("The trainer has paused the class."), subject=str(run))
    if nth != row.taken + 1:
        raise Gap(_("This action is not the next one."), subject=str(nth))
    at_ms = elapsed_ms(run_view(row), now, group)
    if nth > MOST_ACTIONS:
        raise ActionRefused(REFUSALS["too_many"], reason="too_many")
    before = judging.judgement(session, row)
    try:
        after, effects = rules.act(before, action, at_ms)
    except rules.Refused as refused:
        message = REFUSALS.get(refused.code, REFUSALS["malformed"])
        raise ActionRefused(message, reason=refused.code) from refused
    # Two devices may be a moment apart: the rules never let a run go back.
    _keep(session, row, (nth, after.at_ms, action), effects, now=now)
    row.done, row.found = judging.progress(after)
    if after.ended:
        _end(session, row, after, now=now)
    session.flush()
    judging.remember(session, run, after)
    return Taken(run=run_view(row), effects=effects, group=group)


def stop(session: Session, *, member: UUID, run: UUID, now: datetime) -> RunView:
    """Leave a run with what is done; one that is over stays as it is. Raises UnknownRun."""
    row = own(session, member, run)
    if row.ended_at is None:
        _stop(session, row, now=_moment(row, now))
    return run_view(row)


def settle(session: Session, *, run: UUID, now: datetime) -> bool:
    """End a check whose time is up, at the end of its time; tells whether it did."""
    row = session.get(Run, run, with_for_update=True)
    if row is None or row.ended_at is not None:
        return False
    group = group_of(session, row)
    if not _overdue(row, now, group):
        return False
    _stop(session, row, now=ends_at(run_view(row), now, group) or now)
    return True


def overdue(session: Session, now: datetime) -> Sequence[UUID]:
    """Return checks that may be over by their time; `settle` looks closer."""
    limit = func.make_interval(0, 0, 0, 0, 0, Run.minutes * 3)
    rows = session.scalars(
        select(Run.id)
        .where(Run.ended_at.is_(None), Run.mode == CHECK, Run.started_at + limit < now)
        .order_by(Run.started_at)
        .limit(OVERDUE_AT_ONCE)
    )
    return list(rows)


def end_class_runs(session: Session, group: UUID, now: datetime) -> None:
    """Stop every unfinished run of a class, in one order."""
    rows = session.scalars(
        select(Run)
        .where(Run.group == group, Run.ended_at.is_(None))
        .order_by(Run.id)
        .with_for_update()
    ).all()
    for row in rows:
        _stop(session, row, now=now)


def walk(
    session: Session, *, member: UUID, run: UUID, points: Sequence[Sequence[float]], now: datetime
) -> int:
    """Keep a stretch of the way; sent again it changes nothing. Returns how many points came.

    Raises UnknownRun, RunOver.
    """
    row = own(session, member, run)
    if row.ended_at is not None or _overdue(row, now, group_of(session, row)):
        raise RunOver(_("This run is over."), subject=str(run))
    kept = session.scalar(select(func.count()).select_from(Stretch).where(Stretch.run == run))
    if not points or (kept or 0) >= MOST_STRETCHES:
        return 0
    values = {"run": run, "from_ms": int(points[0][0]), "points": [list(one) for one in points]}
    session.execute(upsert(Stretch).values(values).on_conflict_do_nothing())
    return len(points)


def own(session: Session, member: UUID, run: UUID) -> Run:
    """Return the member's run, locked. Raises UnknownRun."""
    row = session.scalar(select(Run).where(Run.id == run, Run.member == member).with_for_update())
    if row is None:
        raise UnknownRun(_("There is no such run."), subject=str(run))
    return row


def group_of(session: Session, row: Run) -> ClassView | None:
    """Return the class of a run."""
    found = None if row.group is None else session.get(Class, row.group)
    return None if found is None else class_view(found)


def _playable(session: Session, scenario: str, mode: str, group: ClassView | None) -> ScenarioView:
    if group is not None:
        if group.closed_at is not None:
            raise ClassClosed(_("The trainer has closed this class."), subject=group.code)
        return library.scenario(session, group.scenario, group.version)
    found = library.scenarios(session).get(scenario)
    if found is None or mode not in found.modes:
        raise UnknownScenario(_("There is no such scenario."), subject=scenario)
    return found


def _joined(session: Session, member: UUID, group: ClassView) -> Run | None:
    return session.scalar(select(Run).where(Run.member == member, Run.group == group.id))


def _unfinished(session: Session, member: UUID, scenario: str, mode: str) -> Sequence[Run]:
    return session.scalars(
        select(Run)
        .where(
            Run.member == member,
            Run.scenario == scenario,
            Run.mode == mode,
            Run.group.is_(None),
            Run.ended_at.is_(None),
        )
        .with_for_update()
    ).all()


def _overdue(row: Run, now: datetime, group: ClassView | None) -> bool:
    end = ends_at(run_view(row), now, group)
    return end is not None and now > end


def _moment(row: Run, now: datetime) -> datetime:
    """Return when a run that is stopped now has ended: no check lasts longer than its time."""
    end = ends_at(run_view(row), now, None)
    return now if end is None or row.group is not None else min(now, end)


def _keep(
    session: Session,
    row: Run,
    told: tuple[int, int, Action],
    effects: Sequence[Mapping[str, Any]],
    *,
    now: datetime,
) -> None:
    nth, at_ms, action = told
    row.taken = nth
    plain = json.loads(json.dumps(effects, default=dict))
    session.add(Deed(run=row.id, nth=nth, at_ms=at_ms, action=dict(action), effects=plain))
    fact = Acted(
        member=row.member,
        run=row.id,
        scenario=row.scenario,
        nth=nth,
        at_ms=at_ms,
        action=json.dumps(action, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
    )
    append(session, fact, key=f"{row.id}:{nth}", occurred_at=now)


def _stop(session: Session, row: Run, *, now: datetime) -> None:
    """End a run as it stands."""
    at_ms = elapsed_ms(run_view(row), now, group_of(session, row))
    after, _ = rules.stop(judging.judgement(session, row), at_ms)
    _end(session, row, after, now=now)


def _end(session: Session, row: Run, after: rules.Judgement, *, now: datetime) -> None:
    """End a run: its figures, what came of each part, and the ledger's word."""
    row.duration_ms = after.at_ms
    row.ended_at = now
    row.how = after.ended
    score = after.score
    row.score_ppm = score.score_ppm
    session.add_all(
        Outcome(run=row.id, kind=one.kind, part=one.id, scenario=row.scenario, verdict=one.verdict)
        for one in score.parts
        if one.possible or one.kind in ERRORS
    )
    session.flush()
    fact = RunFinished(
        member=row.member,
        run=row.id,
        scenario=row.scenario,
        version=row.version,
        mode=row.mode,
        number=row.number,
        how=row.how,
        score_ppm=score.score_ppm,
        duration_ms=row.duration_ms,
        minutes=row.minutes if row.how == FINISHED else 0,
    )
    append(session, fact, key=str(row.id), occurred_at=now)
