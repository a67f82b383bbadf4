"""The achievements as one table, and the rule by which each is earned.

Every rule is the same: so many different deeds that hold. Which deeds there are is said in
`scoring.achievements.deeds`. A reason to exist stands beside each; whatever is earned by clicking,
by coming often or by writing much is not among them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from scoring.achievements.deeds import (
    CLEAN_SHOOTING,
    FIVE_RACES,
    HELPED,
    MS_PER_MINUTE,
    OWN_QUESTION,
    SAFE_PRACTICE,
    STEADY_WEEKS,
    TOPIC_MASTERED,
    Deed,
    moment,
)

FULL_WEEK_MIN = 90
"""Minutes that make a week full, whatever the rules of a season say later."""
MASTERED_PPM = 800_000
MASTERED_QUESTIONS = 8


@dataclass(frozen=True, kw_only=True)
class Award:
    """An achievement: ``need`` different deeds that hold.

    A deed holds once its moment is known, its amount has reached ``amount`` (milliseconds of a
    week, questions of a check) and its score ``score_ppm``.
    """

    name: str
    need: int = 1
    amount: int = 0
    score_ppm: int = 0


AWARDS: tuple[Award, ...] = (
    # All five targets of a bout in an official race: knowledge under pressure, without a slip.
    Award(name=CLEAN_SHOOTING),
    # Ten full weeks of one season, as many as the rating counts: steady work, not a sprint.
    Award(name=STEADY_WEEKS, need=10, amount=FULL_WEEK_MIN * MS_PER_MINUTE),
    # Ten answers accepted, by ten different people: no two friends can pass it to each other.
    Award(name=HELPED, need=10),
    # A sealed check of a topic, once for each topic: known without looking it up.
    Award(name=TOPIC_MASTERED, amount=MASTERED_QUESTIONS, score_ppm=MASTERED_PPM),
    # A scenario in check mode to its end: nobody would have been hurt.
    Award(name=SAFE_PRACTICE),
    # A question of one's own that somebody else let pass: it teaches all the others.
    Award(name=OWN_QUESTION),
    # Five official races to the finish: it takes months, and nothing but going on.
    Award(name=FIVE_RACES, need=5),
)

BY_NAME: Mapping[str, Award] = MappingProxyType({one.name: one for one in AWARDS})


@dataclass(frozen=True, kw_only=True)
class Earned:
    """An achievement earned at ``at``, resting on the fact ``seq``; ``place`` is where it was."""

    at: datetime
    seq: int
    place: str


def holds(award: Award, deed: Deed) -> bool:
    """Tell whether ``deed`` counts towards ``award``."""
    return deed.at is not None and deed.amount >= award.amount and deed.score_ppm >= award.score_ppm


def counted(award: Award, found: Iterable[Deed]) -> list[Deed]:
    """Return the different deeds that hold, the earliest first; of one doer the earliest."""
    first: dict[str, Deed] = {}
    for deed in sorted((one for one in found if holds(award, one)), key=moment):
        first.setdefault(deed.by or deed.key, deed)
    return list(first.values())


def earned(award: Award, found: Iterable[Deed]) -> Earned | None:
    """Return when ``award`` was earned by the deeds of one member and subject, or None.

    It is the earliest moment at which enough of them hold, given all of them; more deeds never
    take it back and never make it later.
    """
    enough = counted(award, found)[award.need - 1 : award.need]
    if not enough:
        return None
    at, seq = moment(enough[0])
    return Earned(at=at, seq=seq, place=enough[0].place)
