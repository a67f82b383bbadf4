"""Which facts are deeds, and how what is told of one deed adds up.

A deed is one thing that a member did, however many facts tell of it. What they tell is merged in
any order: amounts are added, the highest score and the earliest moment stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from events import Fact
from events.community import AnswerAccepted
from events.competition import ParticipationCredited, ShootingCleaned
from events.learning import AttemptFinished, QuestionAnswered
from events.library import VersionPublished
from events.recording import TimeCredited
from events.workplace import RunFinished
from scoring.rating import season_of

CLEAN_SHOOTING = "clean_shooting"
STEADY_WEEKS = "steady_weeks"
HELPED = "helped"
TOPIC_MASTERED = "topic_mastered"
SAFE_PRACTICE = "safe_practice"
OWN_QUESTION = "own_question"
FIVE_RACES = "five_races"

ZONE = ZoneInfo("Europe/Moscow")
MS_PER_MINUTE = 60_000
QUESTION_MIN = 3
"""Minutes of a question met for the first time."""
RUSHED_BELOW_MS = 2_000
"""Nobody reads a question faster."""
NEVER = datetime.max.replace(tzinfo=UTC)
CHECK = ".check"
"""How the sets end that check a topic."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What is known of a deed so far.

    ``subject`` is what the achievement is earned for (a topic, a season), "" where there is but
    one; ``key`` tells the deed from others. ``at`` is when it was done, None until a fact says so,
    and ``seq`` that fact; ``place`` leads to it. Deeds with the same ``by`` count once.
    """

    member: UUID
    award: str
    key: str
    subject: str = ""
    amount: int = 0
    score_ppm: int = 0
    at: datetime | None = None
    seq: int = 0
    by: str = ""
    place: str = ""

    @property
    def group(self) -> tuple[UUID, str, str]:
        """Whose deed it is, and for which achievement and subject."""
        return self.member, self.award, self.subject


def merged(one: Deed, other: Deed) -> Deed:
    """Return what two tellings of the same deed come to; any order and grouping gives the same."""
    early = min(one, other, key=moment)
    return replace(
        early,
        amount=one.amount + other.amount,
        score_ppm=max(one.score_ppm, other.score_ppm),
    )


def deeds(fact: Fact, at: datetime, seq: int) -> Iterator[Deed]:
    """Yield what ``fact``, number ``seq`` of the ledger, tells of deeds."""
    yield from _minutes(fact, at, seq)
    match fact:
        case ShootingCleaned():
            race = str(fact.race)
            yield Deed(
                member=fact.member,
                award=CLEAN_SHOOTING,
                key=f"{race}:{fact.bout}",
                at=at,
                seq=seq,
                place=race,
            )
        case ParticipationCredited():
            race = str(fact.race)
            yield Deed(member=fact.member, award=FIVE_RACES, key=race, at=at, seq=seq, place=race)
        case AnswerAccepted() if fact.by != fact.member:
            yield Deed(
                member=fact.member,
                award=HELPED,
                key=str(fact.answer),
                at=at,
                seq=seq,
                by=str(fact.by),
                place=str(fact.thread),
            )
        case RunFinished(mode="check", how="finished"):
            run = str(fact.run)
            yield Deed(member=fact.member, award=SAFE_PRACTICE, key=run, at=at, seq=seq, place=run)
        case VersionPublished(kind="question"):
            yield from _own_question(fact, at, seq)
        case QuestionAnswered() if fact.quiz.endswith(CHECK):
            yield _checked(fact, amount=1)
        case AttemptFinished() if fact.quiz.endswith(CHECK):
            told = _checked(fact, amount=len(fact.unanswered))
            yield replace(told, score_ppm=fact.score_ppm, at=at, seq=seq)


def _own_question(fact: VersionPublished, at: datetime, seq: int) -> Iterator[Deed]:
    if fact.author is not None and fact.reviewer not in {None, fact.author}:
        yield Deed(
            member=fact.author, award=OWN_QUESTION, key=fact.name, at=at, seq=seq, place=fact.name
        )


def _checked(fact: QuestionAnswered | AttemptFinished, *, amount: int) -> Deed:
    """Tell of a check of a topic: so many of its questions."""
    attempt = str(fact.attempt)
    return Deed(
        member=fact.member,
        award=TOPIC_MASTERED,
        key=attempt,
        subject=fact.quiz.removesuffix(CHECK),
        amount=amount,
        place=attempt,
    )


def _minutes(fact: Fact, at: datetime, seq: int) -> Iterator[Deed]:
    """Yield what a fact adds to its week: by the norms of the rating, without its calibration.

    A week is a deed of the moment at which it is over, so ``at`` never depends on how full it is.
    """
    match fact:
        case QuestionAnswered(nth=1) if fact.response_ms >= RUSHED_BELOW_MS:
            yield _week(fact.member, QUESTION_MIN * MS_PER_MINUTE, at, seq)
        case TimeCredited():
            yield _week(fact.member, fact.ms, at, seq)
        case ParticipationCredited():
            yield _week(fact.member, fact.minutes * MS_PER_MINUTE, at, seq)
        case RunFinished(number=1) if fact.minutes:
            yield _week(fact.member, fact.minutes * MS_PER_MINUTE, at, seq)


def _week(member: UUID, ms: int, at: datetime, seq: int) -> Deed:
    season = season_of(at, ZONE)
    week = season.week_index(at)
    last = week == season.weeks - 1
    ends_on = season.ends_before if last else season.week_starts_on(week + 1)
    begins_on = season.week_starts_on(week).isoformat()
    return Deed(
        member=member,
        award=STEADY_WEEKS,
        key=begins_on,
        subject=season.name,
        amount=ms,
        at=datetime.combine(ends_on, time(), ZONE),
        seq=seq,
        place=begins_on,
    )


def moment(deed: Deed) -> tuple[datetime, int]:
    """Return when a deed was done, for sorting; one not known to be done comes last."""
    return deed.at or NEVER, deed.seq
