"""The oracle: what a run is worth, from the facts of the ledger alone."""

from dataclasses import dataclass
from json import loads
from uuid import UUID

from sqlalchemy.orm import Session

from events.workplace import Acted, RunFinished, RunStarted
from psot.workplace import judging
from psot.workplace.errors import UnknownRun
from psot.workplace.recorded import facts_of_run
from scoring import workplace as rules


@dataclass(frozen=True, kw_only=True)
class Rejudged:
    """A run judged anew; ``told`` is what its own fact says, None while it goes on."""

    how: str
    score: rules.Score
    told: RunFinished | None

    @property
    def agrees(self) -> bool:
        """Whether the ledger told what follows from the actions."""
        return self.told is None or (self.told.how, self.told.score_ppm) == (
            self.how,
            self.score.score_ppm,
        )


def rejudge(session: Session, run: UUID) -> Rejudged:
    """Judge a run from the ledger's facts and the library's version. Raises UnknownRun."""
    facts = [one.fact for one in facts_of_run(session, run)]
    begun = next((one for one in facts if isinstance(one, RunStarted)), None)
    if begun is None:
        raise UnknownRun("The ledger knows no such run.", subject=str(run))
    acted = sorted((one for one in facts if isinstance(one, Acted)), key=lambda one: one.nth)
    ended = next((one for one in facts if isinstance(one, RunFinished)), None)
    course = judging.course(session, begun.scenario, begun.version, begun.seed)
    judgement = judging.judged(
        course, begun.mode, [(loads(one.action), one.at_ms) for one in acted]
    )
    if ended is not None and not judgement.ended:
        judgement, _ = rules.stop(judgement, ended.duration_ms)
    return Rejudged(how=judgement.ended, score=judgement.score, told=ended)
