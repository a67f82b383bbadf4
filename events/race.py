"""What happened in a race, as far as its result depends on it.

``t_ms`` counts from the race's zero on the server's clock; ``bib`` is the racer's number in this
race, so no fact of the course names a member. A jury's facts carry the ``decision`` they belong
to: undoing it undoes them together, and nothing is ever edited.
"""

from uuid import UUID

from events.base import Fact, fact


@fact("psot.race.station.passed.v1")
class StationPassed(Fact):
    """A racer left a station, its task solved or its falls used up."""

    race: UUID
    bib: int
    t_ms: int
    question: str | None


@fact("psot.race.racer.fell.v1")
class RacerFell(Fact):
    """A racer answered a station's task wrongly and is held."""

    race: UUID
    bib: int
    t_ms: int
    question: str | None


@fact("psot.race.target.hit.v1")
class TargetHit(Fact):
    """A shot was right and in time; ``shown_ms`` is when its question was shown, if known."""

    race: UUID
    bib: int
    t_ms: int
    question: str | None
    shown_ms: int | None


@fact("psot.race.target.missed.v1")
class TargetMissed(Fact):
    """A shot was wrong or late; ``shown_ms`` is when its question was shown, if known."""

    race: UUID
    bib: int
    t_ms: int
    question: str | None
    shown_ms: int | None


@fact("psot.race.loop.done.v1")
class PenaltyLoopDone(Fact):
    """A racer left the penalty loop, after one loop or after all that were owed."""

    race: UUID
    bib: int
    t_ms: int


@fact("psot.race.lap.done.v1")
class LapDone(Fact):
    """A racer ended a lap."""

    race: UUID
    bib: int
    t_ms: int


@fact("psot.race.leg.exchanged.v1")
class LegExchanged(Fact):
    """A racer of a relay handed over; the next leg of the team started at this moment."""

    race: UUID
    bib: int
    t_ms: int


@fact("psot.race.racer.finished.v1")
class RacerFinished(Fact):
    """A racer crossed the finish line."""

    race: UUID
    bib: int
    t_ms: int


@fact("psot.race.racer.absent.v1")
class RacerAbsent(Fact):
    """A racer did not start (DNS)."""

    race: UUID
    bib: int
    t_ms: int


@fact("psot.race.racer.retired.v1")
class RacerRetired(Fact):
    """A racer did not finish (DNF)."""

    race: UUID
    bib: int
    t_ms: int


@fact("psot.race.racer.disqualified.v1")
class RacerDisqualified(Fact):
    """The jury disqualified a racer (DSQ)."""

    race: UUID
    bib: int
    t_ms: int
    decision: UUID | None


@fact("psot.race.racer.reinstated.v1")
class RacerReinstated(Fact):
    """The jury took back every DNS, DNF, DSQ and LAP that a racer had until now."""

    race: UUID
    bib: int
    t_ms: int
    decision: UUID | None


@fact("psot.race.time.adjusted.v1")
class TimeAdjusted(Fact):
    """The jury added ``ms`` to a racer's total; a credit is negative."""

    race: UUID
    bib: int
    t_ms: int
    ms: int
    decision: UUID | None


@fact("psot.race.question.voided.v1")
class QuestionVoided(Fact):
    """The jury voided a question: its shots count as hit for all, at their original times."""

    race: UUID
    t_ms: int
    question: str
    decision: UUID | None


@fact("psot.race.decision.undone.v1")
class DecisionUndone(Fact):
    """The jury undid a ``decision`` as a whole; its facts count no more."""

    race: UUID
    t_ms: int
    decision: UUID
