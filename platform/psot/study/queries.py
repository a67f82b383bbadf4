"""What others may read of study."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from content.quiz import Question
from psot.learning import queries as learning
from psot.learning.modes import Mode
from psot.learning.values import AttemptView
from psot.library import queries as library
from psot.members.queries import WHOEVER_ASKS
from psot.study import courses
from psot.study.models import CardRow, Preference, ReviewRow
from psot.study.values import CourseView, Day, MistakeView, Retention, Today
from psot.study.walking import day_of

DAILY = "daily"
HAS_CARDS = exists().where(CardRow.member == WHOEVER_ASKS)
"""Whether whoever asks has answered anything that comes back."""
"""What a day's set is called on the ledger."""
LEAST_A_DAY, USUAL_A_DAY, MOST_A_DAY = 5, 15, 50
NEW_A_DAY = 5
"""So many questions of the plan that were never answered may come into a day's sets."""
FORECAST_DAYS = 14
RETENTION_DAYS = 30
STREAK_LOOKED_AT_DAYS = 400

_DAYS = text(
    """
    SELECT DISTINCT (answered_at AT TIME ZONE :zone)::date AS day FROM study_reviews
    WHERE member = :member AND answered_at > :since ORDER BY day DESC
    """
)
# An answer of a day on which the question was due, or later, is one to a question that was due.
_RETENTION = text(
    """
    SELECT count(*) AS answers, count(*) FILTER (WHERE score_ppm = 1000000) AS right_ones
    FROM study_reviews
    WHERE member = :member AND answered_at > :since
      AND (answered_at AT TIME ZONE :zone)::date >= (due_before AT TIME ZONE :zone)::date
    """
)


def mistakes(session: Session, member: UUID, zone: ZoneInfo) -> list[MistakeView]:
    """Return the questions a member got wrong and does not know again yet, the oldest first.

    A question is among them from an answer that is not right in full until it has been answered
    right on two different days of the member's calendar. What is no longer asked is left out.
    """
    rows = session.scalars(
        select(CardRow)
        .where(CardRow.member == member, CardRow.wrong_at.is_not(None))
        .order_by(CardRow.wrong_at, CardRow.question)
    ).all()
    asked = _published(session) if rows else {}
    found = []
    for row in rows:
        question = asked.get(row.question)
        if question is None or row.wrong_at is None or row.wrong_attempt is None:
            continue
        right_on = day_of(row.right_first_at, zone) if row.right_first_at else None
        if row.right_last_at and day_of(row.right_last_at, zone) != right_on:
            continue
        found.append(
            MistakeView(
                question=question,
                answered_at=row.wrong_at,
                score_ppm=row.wrong_score_ppm or 0,
                attempt=row.wrong_attempt,
                right_on=right_on,
            )
        )
    return found


def daily_limit(session: Session, member: UUID) -> int:
    """Return how many questions a member wants in a day."""
    row = session.get(Preference, member)
    return row.daily_limit if row else USUAL_A_DAY


def due_today(session: Session, member: UUID, now: datetime, zone: ZoneInfo) -> int:
    """Return how many questions are due, without a limit: for the first page."""
    due = _cards(session, member, _published(session))
    today = day_of(now, zone)
    return sum(day_of(moment, zone) <= today for moment in due.values())


def today(session: Session, member: UUID, now: datetime, zone: ZoneInfo) -> Today:
    """Return a member's day in their zone.

    A question is due from the first minute of the day on which its moment lies. The day's limit
    counts the answers given in sets of this day; what was due the longest comes first, then at
    most `NEW_A_DAY` questions never answered, from the steps of the plan up to the next one.
    """
    on = day_of(now, zone)
    asked = _published(session)
    cards = _cards(session, member, asked)
    due = [one for one, moment in cards.items() if day_of(moment, zone) <= on]
    limit = daily_limit(session, member)
    answered, begun_today = _done_today(session, member, now, zone)
    room = max(0, limit - answered)
    taken = due[:room]
    course = courses.current(session, member, now, zone)
    new_most = min(room - len(taken), NEW_A_DAY - begun_today)
    fresh = _fresh(session, member, course, asked, new_most)
    attempt = open_set(session, member, now, DAILY)
    current = attempt if attempt and day_of(attempt.started_at, zone) == on else None
    days = [day_of(moment, zone) for moment in cards.values()]
    later = [day for day in days if day > on]
    return Today(
        on=on,
        limit=limit,
        due=tuple((one, asked[one].version) for one in taken),
        fresh=tuple((one, asked[one].version) for one in fresh),
        waiting=len(due) - len(taken),
        answered=answered,
        attempt=current.id if current else None,
        attempt_given=len(current.given) if current else 0,
        attempt_of=len(current.asked) if current else 0,
        forecast=_forecast(on, len(due), later),
        next_on=min(later, default=None),
        retention=retention(session, member, now, zone),
        streak_days=streak(session, member, now, zone),
        cards=len(cards),
    )


def more_due(
    session: Session, member: UUID, now: datetime, zone: ZoneInfo, most: int
) -> tuple[tuple[str, int], ...]:
    """Return at most ``most`` questions that are due beyond the day's limit (id, version)."""
    asked = _published(session)
    on = day_of(now, zone)
    due = [
        one for one, moment in _cards(session, member, asked).items() if day_of(moment, zone) <= on
    ]
    return tuple((one, asked[one].version) for one in due[:most])


def retention(session: Session, member: UUID, now: datetime, zone: ZoneInfo) -> Retention:
    """Return how many answers to questions that were due were right, of the last 30 days."""
    asked = {
        "member": member,
        "zone": zone.key,
        "since": now - timedelta(days=RETENTION_DAYS),
    }
    row = session.execute(_RETENTION, asked).one()
    return Retention(answers=row.answers, right=row.right_ones)


def streak(session: Session, member: UUID, now: datetime, zone: ZoneInfo) -> int:
    """Return on how many days in a row, up to today or yesterday, something was answered."""
    asked = {
        "member": member,
        "zone": zone.key,
        "since": now - timedelta(days=STREAK_LOOKED_AT_DAYS),
    }
    return in_a_row(session.execute(_DAYS, asked).scalars().all(), day_of(now, zone))


def in_a_row(days: Sequence[date], today: date) -> int:
    """Return how many of ``days``, the latest first, follow one another up to now.

    A day that is not over yet breaks nothing.

    >>> in_a_row([date(2026, 11, 21), date(2026, 11, 20), date(2026, 11, 18)], date(2026, 11, 22))
    2
    """
    if not days or days[0] < today - timedelta(days=1):
        return 0
    return next(
        (place for place, day in enumerate(days) if day != days[0] - timedelta(days=place)),
        len(days),
    )


def open_set(session: Session, member: UUID, now: datetime, quiz: str) -> AttemptView | None:
    """Return the member's unfinished set called ``quiz``, or None."""
    return next(
        (one for one in learning.open_attempts(session, member, now) if one.quiz == quiz), None
    )


def _published(session: Session) -> dict[str, Question]:
    return {one.id: one for one in library.questions(session)}


def _cards(session: Session, member: UUID, asked: Mapping[str, Question]) -> dict[str, datetime]:
    """Return when each question of a member is due, the earliest first; only what is asked now."""
    rows = session.execute(
        select(CardRow.question, CardRow.due_at)
        .where(CardRow.member == member)
        .order_by(CardRow.due_at, CardRow.question)
    )
    return {row.question: row.due_at for row in rows if row.question in asked}


def _done_today(session: Session, member: UUID, now: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """Return how many answers of this day's sets there are, and how many were to new questions."""
    row = session.execute(
        select(func.count(), func.count().filter(ReviewRow.nth == 1)).where(
            ReviewRow.member == member,
            ReviewRow.mode == Mode.DAILY.value,
            ReviewRow.answered_at >= midnight(now, zone),
        )
    ).one()
    return row[0], row[1]


def midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment at which the day of ``now`` began in ``zone``."""
    return datetime.combine(day_of(now, zone), datetime.min.time(), tzinfo=zone)


def _fresh(
    session: Session,
    member: UUID,
    course: CourseView | None,
    asked: Mapping[str, Question],
    most: int,
) -> list[str]:
    """Return at most ``most`` questions never answered, from the steps up to the next one."""
    if most <= 0 or course is None or course.paused_on is not None:
        return []
    known = set(session.scalars(select(CardRow.question).where(CardRow.member == member)))
    until = course.next_step.number if course.next_step else len(course.steps)
    topics = [one.step.topic for one in course.steps[:until]]
    found = [
        one.id
        for topic in topics
        for one in asked.values()
        if one.topic == topic and one.id not in known
    ]
    return found[:most]


def _forecast(on: date, due: int, later: Sequence[date]) -> tuple[Day, ...]:
    counts = Counter(later)
    rest = [on + timedelta(days=number) for number in range(1, FORECAST_DAYS)]
    return (Day(on=on, due=due), *(Day(on=day, due=counts[day]) for day in rest))
