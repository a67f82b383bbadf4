"""Rows of the jury under the jury's lock: one writer a race, so nothing moves between two looks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import text
from sqlalchemy.orm import Session

from events import race as facts
from psot.jury import results
from psot.jury.errors import NotTakenIn, OffStage
from psot.jury.values import JUDGED
from psot.races import queries as races
from psot.races.stages import Stage
from psot.races.values import RaceView
from psot.standings import queries as standings
from scoring.biathlon import Entry, RaceFact

SETTLED_MS = 5_000
"""How far back a decision in a running race is dated: what happened before then has been told."""

JURY_FACTS = (
    facts.QuestionVoided,
    facts.DecisionUndone,
    facts.TimeAdjusted,
    facts.RacerDisqualified,
    facts.RacerReinstated,
)

_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('psot.jury'), hashtext(:race))")


def locked(session: Session, race: UUID) -> RaceView:
    """Return a race after waiting for whoever else of its jury writes. Raises UnknownRace."""
    session.execute(_LOCK, {"race": str(race)})
    return races.race(session, race)


class Sheet:
    """A race's log as the jury reads it: everything told so far, and what results it makes."""

    def __init__(self, session: Session, view: RaceView) -> None:
        self.view = view
        self.told = races.jury_told(session, view.id)
        self.log: list[RaceFact] = standings.log(session, view.id)
        self.entries: list[Entry] = races.field(session, view.id)
        self.complete = standings.complete(session, view.id)

    @property
    def rulings(self) -> list[RaceFact]:
        """The jury's own facts."""
        return [one for one in self.log if isinstance(one, JURY_FACTS)]

    def moment_ms(self, now: datetime) -> int:
        """Return the moment a decision of ``now`` is dated at, in ms after the race's zero.

        In a running race a few seconds back, where everything due has been told; afterwards behind
        the last fact, so that all of them count before it.
        """
        now_ms = max(0, self.view.t_ms(now))
        if self.view.stage is Stage.RUNNING:
            return max([0, now_ms - SETTLED_MS, *(one.t_ms for one in self.rulings)])
        return max([now_ms, *(one.t_ms for one in self.log)])

    def results(
        self, *more: RaceFact, until_ms: int | None = None, without: UUID | None = None
    ) -> dict[str, Any]:
        """Return the results with ``more`` facts, at a moment, or without one decision's facts."""
        log = [one for one in self.log if without is None or _of(one) != without]
        return results.compute(self.view.rules, self.entries, [*log, *more], until_ms)

    def require_taken_in(self) -> None:
        """Raise NotTakenIn while the log lacks a ruling, or, after the lock, anything at all."""
        behind = len(self.rulings) < self.told
        if behind or (self.view.stage is not Stage.RUNNING and not self.complete):
            raise NotTakenIn(
                _("The standings are still taking in what happened. Try again in a moment."),
                subject=self.view.title,
            )


def require_judged(view: RaceView) -> None:
    """Raise OffStage for a race in which the jury cannot decide anything now."""
    if view.stage not in JUDGED or view.zero_at is None:
        raise OffStage(
            _("The jury decides from the start of a race until its protocol is official."),
            subject=view.title,
        )


def _of(fact: RaceFact) -> Any:
    return getattr(fact, "decision", None)
