"""One racer's way: loaded under a lock, brought up to a moment, told to the ledger.

Whoever looks, at whatever moment, the same facts come out: the racer's own request, the marshal who
sweeps once a second, or the close of the race. What is told before is never told otherwise.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from content.quiz import Question
from events import race
from psot.course import allowance, pulse
from psot.course.models import Run, Task
from psot.course.sets import RaceSet, legs_of, race_set
from psot.ledger import append
from psot.races import draws
from psot.races.lanes import Lane
from psot.races.operations import end_leg, open_leg
from psot.races.stages import Stage
from psot.races.values import RaceView, StartLine
from scoring.biathlon import CourseFact, Deed, State, Steered, steer

ENDED = frozenset({State.FINISHED, *(State.DNS, State.DNF, State.DSQ, State.LAP)})

RIGHT, WRONG, LATE = "right", "wrong", "late"

ANSWERS_WAIT_MS = 12_000
"""An answer that was stamped in time may wait so long for its turn at the database (a connection
alone up to ten seconds): before, nobody but the racer ends a shot."""


@dataclass(kw_only=True)
class Way:
    """A racer's way through a race, as it stands at ``now``."""

    session: Session
    view: RaceView
    set: RaceSet
    lane: Lane
    run: Run
    legs: list[StartLine]
    tasks: list[Task]
    outages_ms: list[tuple[int, int]]
    now: datetime
    steered: list[Steered]

    @property
    def now_ms(self) -> int:
        """The moment, after the race's zero."""
        return self.view.t_ms(self.now)

    @property
    def here(self) -> Steered:
        """The leg the racer is on: the last that began, else the first."""
        begun = [one for one in self.steered if one.racer.state is not State.LINE]
        return begun[-1] if begun else self.steered[0]

    @property
    def open(self) -> Task | None:
        """The task on the racer's screen."""
        last = self.tasks[-1] if self.tasks else None
        return last if last is not None and last.outcome is None else None

    @property
    def ended(self) -> bool:
        """Whether nothing can come any more."""
        return bool(self.run.out) or self.steered[-1].racer.state in (State.EXCHANGE, *ENDED)

    def due_ms(self, task: Task) -> int | None:
        """When an answer to ``task`` comes too late; None for a station, which has no limit."""
        if task.limit_ms is None:
            return None
        plain_ms = task.shown_ms + task.limit_ms + task.allowance_ms
        return plain_ms + pulse.credit_ms(self.outages_ms, task.shown_ms, plain_ms)

    def question(self, task: Task) -> Question:
        """Return what ``task`` asks."""
        return self.set.pools[task.kind][task.question]

    # -- going on -------------------------------------------------------------------------------

    def bring_up(self) -> None:
        """Bring the racer up to the moment: what was due by then has happened, and is told."""
        self._steer()
        task = self.open
        due_ms = None if task is None else self.due_ms(task)
        if task is not None and due_ms is not None and due_ms < self.now_ms:
            self.close(task, LATE, due_ms)
        self._tell()

    def close(self, task: Task, outcome: str, t_ms: int) -> None:
        """End ``task``; the racer's way goes on from there."""
        plain_ms = task.shown_ms + (task.limit_ms or 0)
        if task.limit_ms is not None:
            due_ms = self.due_ms(task) or 0
            task.credit_ms = due_ms - plain_ms - task.allowance_ms
            used_ms = max(0, t_ms - plain_ms - task.credit_ms) if outcome != LATE else 0
            self.run.bucket_ms = allowance.after_shot_ms(
                self.run.bucket_ms,
                used_ms=used_ms,
                shot=sum(one.limit_ms is not None for one in self.tasks),
            )
        task.outcome = outcome
        task.ended_ms = max(t_ms, task.shown_ms + 1)
        self._steer()

    def ask(self) -> None:
        """Store the next task as shown now, where one is wanted and none is open."""
        wanted = self.here.wanted
        running = self.view.stage is Stage.RUNNING and not self.run.out
        if not running or wanted is None or self.open is not None or self.now_ms < wanted.from_ms:
            return
        met = {one.question for one in self.tasks}
        pool = self.set.pools.get(wanted.kind, {})
        drawn = draws.following(self.set.secret, self.lane.bib, pool, met)
        if drawn is None:
            raise LookupError(f"race {self.view.id} has no question for {wanted.kind}")
        number = len(self.tasks) + 1
        shown = draws.options(
            self.set.secret, self.lane.bib, number, sorted(pool[drawn].option_ids)
        )
        task = Task(
            race=self.view.id,
            bib=self.lane.bib,
            number=number,
            leg=self.here.racer.entry.leg,
            lap=self.here.racer.lap,
            kind=wanted.kind,
            question=drawn,
            version=pool[drawn].version,
            options=[list(pair) for pair in shown],
            shown_ms=self.now_ms,
            limit_ms=self._limit_ms(wanted.limit_ms),
            allowance_ms=(
                0
                if wanted.limit_ms is None
                else allowance.allowance_ms(self.run.rtts_ms, self.run.bucket_ms)
            ),
        )
        self.session.add(task)
        self.tasks.append(task)
        self.save()

    def save(self) -> None:
        """Write down where the racer is, and when something happens without them."""
        self.run.state = self.run.out or str(self.here.racer.state)
        task = self.open
        if self.run.out:
            self.run.due_ms = None
        elif task is not None:
            due_ms = self.due_ms(task)
            self.run.due_ms = None if due_ms is None else due_ms + ANSWERS_WAIT_MS
        else:
            self.run.due_ms = self.here.due_ms

    # -- inside ---------------------------------------------------------------------------------

    def _limit_ms(self, limit_ms: int | None) -> int | None:
        return None if limit_ms is None else limit_ms * self.lane.time_percent // 100

    def _steer(self) -> None:
        done = [one for one in self.tasks if one.outcome is not None]
        self.steered = [
            steer(
                self.set.format,
                race_id=self.view.id,
                bib=self.lane.bib,
                leg=leg.leg,
                start_ms=leg.start_ms,
                deeds=[
                    Deed(
                        right=one.outcome == RIGHT,
                        t_ms=one.ended_ms or 0,
                        question=one.question,
                        shown_ms=one.shown_ms,
                    )
                    for one in done
                    if one.leg == leg.leg
                ],
                now_ms=self.now_ms,
            )
            for leg in self.legs
        ]

    def _tell(self) -> None:
        """Append the facts that the ledger does not have, and what follows from them elsewhere."""
        if self.run.out or self.view.stage is not Stage.RUNNING:
            return
        facts = [(leg, fact) for leg in self.steered for fact in leg.facts]
        for leg, fact in facts[self.run.told :]:
            self.append(fact)
            if isinstance(fact, race.LegExchanged | race.RacerFinished):
                self._end_leg(leg.racer.entry.leg, fact.t_ms)
        self.save()

    def append(self, fact: CourseFact | race.RacerAbsent | race.RacerRetired) -> None:
        """Append the racer's next fact under the next key."""
        self.run.told += 1
        when = (self.view.zero_at or self.now) + timedelta(milliseconds=fact.t_ms)
        key = f"{self.view.id}:{self.lane.bib}:{self.run.told}"
        with self.session.no_autoflush:  # the row of the run is written once, at the end
            append(self.session, fact, key=key, occurred_at=when)

    def _end_leg(self, leg: int, t_ms: int) -> None:
        end_leg(self.session, self.view.id, self.lane.bib, leg, t_ms)
        if self.lane.team is not None and leg < len(self.set.format.legs):
            open_leg(self.session, self.view.id, self.lane.team, leg + 1, t_ms)


def load(session: Session, view: RaceView, lane: Lane, now: datetime) -> Way:
    """Return a racer's way under its lock; the run begins with the first who asks for it."""
    run = session.get(Run, (view.id, lane.bib), with_for_update=True)
    if run is None:
        run = begin(session, view.id, lane)
    tasks = session.scalars(
        select(Task).where(Task.race == view.id, Task.bib == lane.bib).order_by(Task.number)
    )
    way = Way(
        session=session,
        view=view,
        set=race_set(session, view),
        lane=lane,
        run=run,
        legs=legs_of(session, view, lane),
        tasks=list(tasks),
        outages_ms=outages_ms(session, view),
        now=now,
        steered=[],
    )
    if view.zero_at is not None:
        way.bring_up()
    return way


def outages_ms(session: Session, view: RaceView) -> list[tuple[int, int]]:
    """Return the outages since the race's zero, in milliseconds after it."""
    if view.zero_at is None:
        return []
    return [
        (view.t_ms(from_at), view.t_ms(until_at))
        for from_at, until_at in pulse.outages(session, view.zero_at)
    ]


def begin(session: Session, race_id: UUID, lane: Lane) -> Run:
    """Return the racer's run under its lock, begun where nobody asked for it before."""
    begun = insert(Run).values(
        race=race_id,
        bib=lane.bib,
        member=lane.member,
        rtts_ms=[],
        bucket_ms=allowance.AT_FIRST_MS,
    )
    session.execute(begun.on_conflict_do_nothing())
    return session.get_one(Run, (race_id, lane.bib), with_for_update=True)


__all__ = ["ENDED", "LATE", "RIGHT", "WRONG", "Way", "begin", "load", "outages_ms"]
