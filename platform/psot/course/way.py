"""One racer's way: loaded under a lock, brought up to a moment, told to the ledger.

Whoever looks, at whatever moment, the same facts come out: the racer's own request, the marshal who
sweeps once a second, or the close of the race. What is told before is never told otherwise.

A `Way` asks nobody and writes nothing: `psot.course.loading` makes it and writes what came of it.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from content.quiz import Question
from events import race
from psot.course import allowance, pulse
from psot.course.rows import RunRow, TaskRow
from psot.course.sets import RaceSet
from psot.races import draws
from psot.races.lanes import Lane
from psot.races.stages import Stage
from psot.races.values import RaceView, StartLine
from scoring.biathlon import CourseFact, Deed, State, Steered, Steering

ENDED = frozenset({State.FINISHED, *(State.DNS, State.DNF, State.DSQ, State.LAP)})

RIGHT, WRONG, LATE = "right", "wrong", "late"

ANSWERS_WAIT_MS = 12_000
"""An answer that was stamped in time may wait so long for its turn at the database (a connection
alone up to ten seconds): before, nobody but the racer ends a shot."""

Told = CourseFact | race.RacerAbsent | race.RacerRetired
_LEG_ENDS: Final = (race.LegExchanged, race.RacerFinished)


@dataclass(slots=True, kw_only=True)
class News:
    """What came of a look at a racer, to be written: facts, tasks, and legs that ended."""

    facts: list[tuple[Told, str, datetime]] = field(default_factory=list)
    """Each with its key and its moment."""
    shown: list[TaskRow] = field(default_factory=list)
    ended: list[TaskRow] = field(default_factory=list)
    """Tasks ended, or answered late."""
    legs: list[tuple[int, int]] = field(default_factory=list)
    """(leg, when it ended after the race's zero)."""


@dataclass(kw_only=True)
class Way:
    """A racer's way through a race, as it stands at ``now``."""

    view: RaceView
    race_set: RaceSet
    lane: Lane
    run: RunRow
    tasks: list[TaskRow]
    """The tasks in hand: all of them after a load, those since for a way that was kept."""
    steerings: dict[int, Steering]
    """By leg, in their order."""
    outages_ms: list[tuple[int, int]]
    now: datetime
    news: News = field(default_factory=News)
    steered: list[Steered] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    """The questions of all tasks."""
    count: int = 0
    """How many tasks there were."""
    shots: int = 0
    """How many of them had a limit."""
    missed: Question | None = None
    """What the last task asked that went wrong."""
    _deeds: list[tuple[int, Deed]] = field(default_factory=list)
    _facts: list[tuple[int, int, CourseFact]] = field(default_factory=list)
    """Facts that the ledger may not have: each with its number and its leg."""
    _known: int = 0
    _read: dict[str, Any] = field(default_factory=dict)
    _steered_ms: int | None = None
    _orders: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        *,
        view: RaceView,
        race_set: RaceSet,
        lane: Lane,
        run: RunRow,
        legs: list[StartLine],
        tasks: list[TaskRow],
        outages_ms: list[tuple[int, int]],
        now: datetime,
    ) -> "Way":
        """Return the way of a racer with all ``tasks`` so far, at ``now``."""
        steerings = {
            one.leg: Steering(
                race_set.format, race_id=view.id, bib=lane.bib, leg=one.leg, start_ms=one.start_ms
            )
            for one in legs
        }
        way = cls(
            view=view,
            race_set=race_set,
            lane=lane,
            run=run,
            tasks=tasks,
            steerings=steerings,
            outages_ms=outages_ms,
            now=now,
        )
        way._read = run.values()
        for task in tasks:
            way._meet(task)
            if task.outcome is not None:
                way._done(task)
        if view.zero_at is not None:
            way.bring_up()
        return way

    def go_on(self, run: RunRow, outages_ms: list[tuple[int, int]], now: datetime) -> None:
        """Take a way that was kept up again, at a later moment: ``run`` is as it was."""
        self.run, self.outages_ms, self.now = run, outages_ms, now
        self.tasks = self.tasks[-1:]
        self.news, self._read = News(), run.values()
        self.bring_up()

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
    def open(self) -> TaskRow | None:
        """The task on the racer's screen."""
        last = self.tasks[-1] if self.tasks else None
        return last if last is not None and last.outcome is None else None

    @property
    def ended(self) -> bool:
        """Whether nothing can come any more."""
        return bool(self.run.out) or self.steered[-1].racer.state in (State.EXCHANGE, *ENDED)

    @property
    def changed(self) -> bool:
        """Whether anything is to be written."""
        news = self.news
        return bool(news.facts or news.shown or news.ended) or self.run.values() != self._read

    @property
    def all_told(self) -> bool:
        """Whether the ledger has exactly the facts until now, of a racer who is in the race."""
        return not self.run.out and not self._facts and self._known == self.run.told

    def due_ms(self, task: TaskRow) -> int | None:
        """When an answer to ``task`` comes too late; None for a station, which has no limit."""
        if task.limit_ms is None:
            return None
        plain_ms = task.shown_ms + task.limit_ms + task.allowance_ms
        return plain_ms + pulse.credit_ms(self.outages_ms, task.shown_ms, plain_ms)

    def question(self, task: TaskRow) -> Question:
        """Return what ``task`` asks."""
        return self.race_set.pools[task.kind][task.question]

    # -- going on -------------------------------------------------------------------------------

    def bring_up(self) -> None:
        """Bring the racer up to the moment: what was due by then has happened, and is told."""
        self._steer()
        task = self.open
        due_ms = None if task is None else self.due_ms(task)
        if task is not None and due_ms is not None and due_ms < self.now_ms:
            self.close(task, LATE, due_ms)
        self._tell()

    def close(self, task: TaskRow, outcome: str, t_ms: int) -> None:
        """End ``task``; the racer's way goes on from there."""
        plain_ms = task.shown_ms + (task.limit_ms or 0)
        if task.limit_ms is not None:
            due_ms = self.due_ms(task) or 0
            task.credit_ms = due_ms - plain_ms - task.allowance_ms
            used_ms = max(0, t_ms - plain_ms - task.credit_ms) if outcome != LATE else 0
            self.run.bucket_ms = allowance.after_shot_ms(
                self.run.bucket_ms, used_ms=used_ms, shot=self.shots
            )
        task.outcome = outcome
        task.ended_ms = max(t_ms, task.shown_ms + 1)
        self.news.ended.append(task)
        self._done(task)
        self._steer()

    def answer_late(self, task: TaskRow, chosen: str) -> None:
        """Keep an answer to a ``task`` whose deadline had passed."""
        task.late_chosen, task.late_ms = chosen, self.now_ms
        if task not in self.news.ended:
            self.news.ended.append(task)

    def ask(self) -> None:
        """Store the next task as shown now, where one is wanted and none is open."""
        wanted = self.here.wanted
        running = self.view.stage is Stage.RUNNING and not self.run.out
        if not running or wanted is None or self.open is not None or self.now_ms < wanted.from_ms:
            return
        drawn = draws.following_in(self._order(wanted.kind), self.met)
        if drawn is None:
            raise LookupError(f"race {self.view.id} has no question for {wanted.kind}")
        question = self.race_set.pools[wanted.kind][drawn]
        number = self.count + 1
        shown = draws.options(
            self.race_set.secret, self.lane.bib, number, sorted(question.option_ids)
        )
        limit_ms = self._limit_ms(wanted.limit_ms)
        task = TaskRow(
            bib=self.lane.bib,
            number=number,
            leg=self.here.racer.entry.leg,
            lap=self.here.racer.lap,
            kind=wanted.kind,
            question=drawn,
            version=question.version,
            options=[list(pair) for pair in shown],
            shown_ms=self.now_ms,
            limit_ms=limit_ms,
            allowance_ms=(
                0
                if limit_ms is None
                else allowance.allowance_ms(self.run.rtts_ms, self.run.bucket_ms)
            ),
        )
        self._meet(task)
        self.tasks.append(task)
        self.news.shown.append(task)
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

    def append(self, fact: Told) -> None:
        """Tell the racer's next fact under the next key."""
        self.run.told += 1
        when = (self.view.zero_at or self.now) + timedelta(milliseconds=fact.t_ms)
        self.news.facts.append((fact, f"{self.view.id}:{self.lane.bib}:{self.run.told}", when))

    # -- inside ---------------------------------------------------------------------------------

    def _limit_ms(self, limit_ms: int | None) -> int | None:
        return None if limit_ms is None else limit_ms * self.lane.time_percent // 100

    def _order(self, kind: str) -> list[str]:
        """Return the racer's own order of the questions of a pool."""
        found = self._orders.get(kind)
        if found is None:
            pool = self.race_set.pools.get(kind, {})
            found = self._orders[kind] = draws.order(self.race_set.secret, self.lane.bib, pool)
        return found

    def _meet(self, task: TaskRow) -> None:
        self.met.add(task.question)
        self.count += 1
        self.shots += task.limit_ms is not None

    def _done(self, task: TaskRow) -> None:
        if task.outcome != RIGHT:
            self.missed = self.question(task)
        deed = Deed(
            right=task.outcome == RIGHT,
            t_ms=task.ended_ms or 0,
            question=task.question,
            shown_ms=task.shown_ms,
        )
        self._deeds.append((task.leg, deed))

    def _steer(self) -> None:
        if not self._deeds and self._steered_ms == self.now_ms:
            return
        self._steered_ms = self.now_ms
        done, self._deeds = self._deeds, []
        self.steered = [
            steering.on([deed for of, deed in done if of == leg], self.now_ms)
            for leg, steering in self.steerings.items()
        ]
        for at in self.steered:
            for fact in at.facts:
                self._known += 1
                self._facts.append((self._known, at.racer.entry.leg, fact))

    def _tell(self) -> None:
        """Tell the facts that the ledger does not have, and what follows from them elsewhere."""
        if self.run.out or self.view.stage is not Stage.RUNNING:
            return
        facts, self._facts = self._facts, []
        for number, leg, fact in facts:
            if number > self.run.told:
                self.append(fact)
                if isinstance(fact, _LEG_ENDS):
                    self.news.legs.append((leg, fact.t_ms))
        self.save()


__all__ = ["ENDED", "LATE", "RIGHT", "WRONG", "News", "Way"]
