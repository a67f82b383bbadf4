"""What race facts turn into: a log by race, in the order of arrival.

Boards are made of it by whoever holds the race (`publishing`), never by a drainer, which comes and
goes.

The log is a function of the set of facts, but for ``n``: the order in which a consumer met them.
"""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

import events
from events import race
from psot import compact
from psot.ledger import Projection, Recorded
from psot.standings.models import Logged

FACTS: tuple[type[events.Fact], ...] = (
    race.StationPassed,
    race.RacerFell,
    race.TargetHit,
    race.TargetMissed,
    race.PenaltyLoopDone,
    race.LapDone,
    race.LegExchanged,
    race.RacerFinished,
    race.RacerAbsent,
    race.RacerRetired,
    race.RacerDisqualified,
    race.RacerReinstated,
    race.TimeAdjusted,
    race.QuestionVoided,
    race.DecisionUndone,
)

_LOG = text(
    """
    INSERT INTO race_log (seq, race, type, fact)
    SELECT * FROM unnest(CAST(:seq AS bigint[]), CAST(:race AS uuid[]), CAST(:type AS text[]),
                         CAST(:fact AS jsonb[]))
    ON CONFLICT (seq) DO NOTHING
    """
)


def fold(session: Session, batch: Sequence[Recorded]) -> None:
    """Write every fact of ``batch`` into the log of its race, in the order of the ledger."""
    data = [(one.seq, one.fact.type, events.dump(one.fact)) for one in batch]
    session.execute(
        _LOG,
        {
            "seq": [seq for seq, _, _ in data],
            "race": [fact["race"] for _, _, fact in data],
            "type": [name for _, name, _ in data],
            "fact": [compact.dumps(fact) for _, _, fact in data],
        },
    )


STANDINGS = Projection(
    name="standings",
    version=1,
    facts=FACTS,
    tables=(Logged,),
    fold=fold,
    volatile=frozenset({"race_log.n"}),
    rest_s=0.0,
)
