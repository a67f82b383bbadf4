"""Runs: begun, acted in, walked through. Each write takes the session first, never commits.

Actions of one run are taken one at a time (its row is locked), stored with their answer and told to
the ledger in the same transaction. How a run ends is said in `ending`.
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

from events.workplace import Acted, RunStarted
from psot.database import new_id
from psot.ledger import append
from psot.library import queries as library
from psot.library.values import ScenarioView
from psot.workplace import judging
from psot.workplace.ending import end, group_of, held, is_over, stop_row, stops_at
from psot.workplace.errors import (
    ActionRefused,
    ActionStands,
    ClassClosed,
    Gap,
    Paused,
    RunOver,
    UnknownScenario,
)
from psot.workplace.models import Deed, Run, Stretch
from psot.workplace.timing import elapsed_ms
from psot.workplace.values import ClassView, RunView, Taken
from psot.workplace.views import run_view
from psot.workplace.wording import REFUSALS
from scoring import workplace as rules

MOST_ACTIONS = 2_000
"""Actions of one run; a patient member needs a tenth of it."""
MOST_STRETCHES = 2_000
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
        if not afresh and not is_over(row, now, None):
            return run_view(row)
        stop_row(session, row, now=stops_at(row, now))
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
    row = held(session, member, run)
    group = group_of(session, row)
    # The row's lock was waited for, so what it counts is stored.
    if nth <= row.taken and (stored := session.get(Deed, (run, nth))) is not None:
        if stored.action != action:
            raise ActionStands(_("Another action was taken under this number."), subject=str(nth))
        return Taken(run=run_view(row), effects=stored.effects, group=group, repeated=True)
    if row.ended_at is not None or is_over(row, now, group):
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
        end(session, row, after, now=now)
    session.flush()
    judging.remember(session, run, after)
    return Taken(run=run_view(row), effects=effects, group=group)


def walk(
    session: Session, *, member: UUID, run: UUID, points: Sequence[Sequence[float]], now: datetime
) -> int:
    """Keep a stretch of the way; sent again it changes nothing. Returns how many points came.

    Raises UnknownRun, RunOver.
    """
    row = held(session, member, run)
    if row.ended_at is not None or is_over(row, now, group_of(session, row)):
        raise RunOver(_("This run is over."), subject=str(run))
    kept = session.scalar(select(func.count()).select_from(Stretch).where(Stretch.run == run))
    if not points or (kept or 0) >= MOST_STRETCHES:
        return 0
    values = {"run": run, "from_ms": int(points[0][0]), "points": [list(one) for one in points]}
    session.execute(upsert(Stretch).values(values).on_conflict_do_nothing())
    return len(points)


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
