"""What a fact counts for: one table, pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from events import Fact
from events.community import ThreadAnswered, ThreadAsked
from events.competition import ParticipationCredited
from events.learning import QuestionAnswered
from events.library import VersionPublished
from events.member import MemberMoved, MemberRegistered
from events.recording import TimeCredited
from events.workplace import RunFinished

ZONE = ZoneInfo("Europe/Moscow")
FINISHED = "finished"

FACTS: tuple[type[Fact], ...] = (
    MemberRegistered,
    MemberMoved,
    TimeCredited,
    QuestionAnswered,
    RunFinished,
    ThreadAsked,
    ThreadAnswered,
    ParticipationCredited,
    VersionPublished,
)


@dataclass(frozen=True, kw_only=True)
class Count:
    """So much of a ``kind``. With a ``key`` it counts once, at its earliest moment."""

    kind: str
    amount: int = 1
    key: str = ""


def counts(fact: Fact) -> Iterator[Count]:
    """Yield what ``fact`` counts for: nothing, one thing, or two.

    ``watched`` is in milliseconds, everything else in pieces.
    """
    match fact:
        case MemberRegistered():
            yield Count(kind="members")
        case TimeCredited():
            yield Count(kind="watched", amount=fact.ms)
        case QuestionAnswered(nth=1):
            yield Count(kind="answers")
        case RunFinished() if fact.how == FINISHED:
            yield Count(kind="practice")
        case ThreadAsked():
            yield Count(kind="asked")
        case ThreadAnswered():
            yield Count(kind="answered", key=str(fact.thread))
        case ParticipationCredited():
            yield Count(kind="finishers")
            yield Count(kind="races", key=str(fact.race))
        case VersionPublished(kind="topic"):
            yield Count(kind="topics", key=fact.name)
        case VersionPublished(kind="question"):
            yield Count(kind="questions", key=fact.name)


def week_of(moment: datetime) -> date:
    """Return the Monday on which the week of ``moment`` began in Moscow.

    >>> from datetime import UTC
    >>> week_of(datetime(2026, 11, 22, 21, 0, tzinfo=UTC)).isoformat()
    '2026-11-23'
    """
    day = moment.astimezone(ZONE).date()
    return day - timedelta(days=day.weekday())
