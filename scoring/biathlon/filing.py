"""The facts of a race as they count at a moment: undone decisions left out, each once, in order."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import inf
from typing import Final

from events import race
from scoring.biathlon.fold import IN_ORDER, OutFact, RacerFact

JuryFact = race.QuestionVoided | race.DecisionUndone
RaceFact = RacerFact | race.RacerReinstated | JuryFact

Place = tuple[float, int]
"""Where a racer's fact stands: its moment, and which kind comes first at one moment."""
BEFORE_ALL: Final[Place] = (-inf, -1)


@dataclass(frozen=True, kw_only=True)
class Rulings:
    """What the jury decided for the whole race."""

    voided: frozenset[str]
    """Questions whose shots and stations count as right for everybody."""
    undone: frozenset[object]
    """Decisions whose facts count no more."""
    until_ms: int | None = None
    """The moment of the race; None is after everything."""

    def count(self, fact: RaceFact) -> bool:
        """Whether the fact had happened by the moment and was not undone."""
        if self.until_ms is not None and fact.t_ms > self.until_ms:
            return False
        decision = getattr(fact, "decision", None)
        return decision is None or decision not in self.undone


def rulings(facts: Iterable[JuryFact], until_ms: int | None = None) -> Rulings:
    """The rulings in force at ``until_ms``."""
    known = [one for one in facts if until_ms is None or one.t_ms <= until_ms]
    undone = frozenset(one.decision for one in known if isinstance(one, race.DecisionUndone))
    return Rulings(
        voided=frozenset(
            one.question
            for one in known
            if isinstance(one, race.QuestionVoided) and one.decision not in undone
        ),
        undone=undone,
        until_ms=until_ms,
    )


def pardon_ms(facts: Iterable[RacerFact | race.RacerReinstated], ruled: Rulings) -> int | None:
    """When a racer was reinstated last; None for never."""
    moments = (
        one.t_ms for one in facts if isinstance(one, race.RacerReinstated) and ruled.count(one)
    )
    return max(moments, default=None)


def filed(
    facts: Collection[RacerFact | race.RacerReinstated], ruled: Rulings
) -> tuple[RacerFact, ...]:
    """One racer's facts that count, in order of time.

    A point can be passed once in a millisecond, so a repeated fact of the course is the same fact.
    Every shot is a shot of its own and every adjustment an adjustment of its own: where they can
    arrive twice, the key on the ledger tells them apart.
    """
    pardoned_ms = pardon_ms(facts, ruled)
    kept: list[RacerFact] = []
    seen: set[tuple[type, int]] = set()
    for one in facts:
        if isinstance(one, race.RacerReinstated) or not ruled.count(one):
            continue
        if isinstance(one, OutFact) and pardoned_ms is not None and one.t_ms <= pardoned_ms:
            continue
        if not isinstance(one, race.TargetHit | race.TargetMissed | race.TimeAdjusted):
            # The end of a leg is one moment, whether it is told as exchange, as finish or as both.
            kind = race.RacerFinished if isinstance(one, race.LegExchanged) else type(one)
            if (kind, one.t_ms) in seen:
                continue
            seen.add((kind, one.t_ms))
        kept.append(one)
    return tuple(sorted(kept, key=order_of))


def order_of(fact: RacerFact) -> Place:
    """Return where a racer's fact stands among the others."""
    return fact.t_ms, IN_ORDER[type(fact)]
