"""Members' ways through plans, read: the one under way, and those that are over."""

import math
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from content.quiz import Names, Plan
from psot.learning.modes import RULES, Mode
from psot.library import queries as library
from psot.members.queries import WHOEVER_ASKS
from psot.study.models import Course, ReadingRow, ReviewRow
from psot.study.values import CourseView, PastCourse, PastStep
from psot.study.walking import COUNTS_BEFORE, Done, Finished, Shelf, Walked, day_of, walk

DAY_S = 86_400
NO_INTRO = Names(ru="", en="")

_FINISHES = text(
    """
    SELECT f.quiz, f.score_ppm, f.finished_at,
           (SELECT count(*) FROM study_reviews r WHERE r.attempt = f.attempt) AS answers
    FROM study_finishes f
    WHERE f.member = :member AND f.finished_at >= :since
    """
)


ON_THE_WAY = exists().where(
    Course.member == WHOEVER_ASKS, Course.left_at.is_(None), Course.ended_at.is_(None)
)
"""Whether whoever asks is on a course."""


def current_row(session: Session, member: UUID, *, lock: bool = False) -> Course | None:
    """Return the course a member is on, or None."""
    query = select(Course).where(
        Course.member == member, Course.left_at.is_(None), Course.ended_at.is_(None)
    )
    return session.scalar(query.with_for_update() if lock else query)


def current(session: Session, member: UUID, now: datetime, zone: ZoneInfo) -> CourseView | None:
    """Return the course a member is on with how far they came, or None."""
    row = current_row(session, member)
    if row is None:
        return None
    plan = library.plans(session).get(row.plan)
    return CourseView(
        id=row.id,
        plan=row.plan,
        title=plan.title if plan else Names(**row.title),
        intro=plan.intro if plan else NO_INTRO,
        round=row.round,
        began_on=day_of(row.began_at, zone),
        renews_on=day_of(row.renews_at, zone) if row.renews_at else None,
        paused_on=day_of(row.paused_at, zone) if row.paused_at else None,
        steps=walked(session, row, plan, now, zone),
        offered=plan is not None,
    )


def walked(
    session: Session, row: Course, plan: Plan | None, now: datetime, zone: ZoneInfo
) -> tuple[Walked, ...]:
    """Return the steps of a course as they stand; none where its plan is gone."""
    if plan is None:
        return ()
    return walk(
        plan.steps,
        done_since(session, row.member, row.began_at - COUNTS_BEFORE),
        shelf(session),
        first_day=day_of(row.began_at, zone),
        paused_days=math.ceil(paused_s(row, now) / DAY_S),
    )


def paused_s(row: Course, now: datetime) -> int:
    """Return for how many seconds a course has stood still."""
    running = (now - row.paused_at) // timedelta(seconds=1) if row.paused_at else 0
    return row.paused_s + max(0, running)


def past(session: Session, member: UUID, zone: ZoneInfo) -> list[PastCourse]:
    """Return the courses a member left or walked to the end of their year, the latest first."""
    rows = session.scalars(
        select(Course)
        .where(Course.member == member, Course.left_at.is_not(None) | Course.ended_at.is_not(None))
        .order_by(func.coalesce(Course.ended_at, Course.left_at).desc(), Course.id)
    )
    return [_past(row, zone) for row in rows]


def result_of(steps: tuple[Walked, ...]) -> list[Any]:
    """Return what is kept of a course that is over: topics, and what was done when."""
    return [
        {
            "topic": one.step.topic,
            "deeds": [
                [deed.kind.value, deed.done_at.isoformat() if deed.done_at else None]
                for deed in one.deeds
            ],
        }
        for one in steps
    ]


def done_since(session: Session, member: UUID, since: datetime) -> Done:
    """Return what a member did from ``since`` on, as facts tell it."""
    lessons = session.execute(
        select(ReadingRow.topic, func.min(ReadingRow.read_at))
        .where(ReadingRow.member == member, ReadingRow.read_at >= since)
        .group_by(ReadingRow.topic)
    ).all()
    answered = session.execute(
        select(ReviewRow.question, func.min(ReviewRow.answered_at))
        .where(ReviewRow.member == member, ReviewRow.answered_at >= since)
        .group_by(ReviewRow.question)
    ).all()
    finished = session.execute(_FINISHES, {"member": member, "since": since})
    return Done(
        lessons={row[0]: row[1] for row in lessons},
        answered={row[0]: row[1] for row in answered},
        finished=[
            Finished(
                quiz=row.quiz, score_ppm=row.score_ppm, answers=row.answers, at=row.finished_at
            )
            for row in finished
        ],
    )


def read_before(session: Session, member: UUID, since: datetime) -> set[str]:
    """Return the topics whose lesson a member read before ``since`` and not again."""
    rows = session.execute(
        select(ReadingRow.topic)
        .where(ReadingRow.member == member)
        .group_by(ReadingRow.topic)
        .having(func.max(ReadingRow.read_at) < since)
    )
    return set(rows.scalars())


def shelf(session: Session) -> Shelf:
    """Return what may be learned and asked now."""
    questions: dict[str, list[str]] = defaultdict(list)
    for one in library.questions(session):
        questions[one.topic].append(one.id)
    topics = library.topics(session)
    return Shelf(
        questions=questions,
        published={one for each in questions.values() for one in each},
        quizzes=library.quizzes(session),
        lessons={one.id for one in topics.values() if one.has_lesson},
        pass_ppm=RULES[Mode.CHECK].pass_ppm or 0,
    )


def _past(row: Course, zone: ZoneInfo) -> PastCourse:
    over_at = row.ended_at or row.left_at or row.began_at
    return PastCourse(
        id=row.id,
        plan=row.plan,
        title=Names(**row.title),
        round=row.round,
        began_on=day_of(row.began_at, zone),
        over_on=day_of(over_at, zone),
        renewed=row.ended_at is not None,
        steps=tuple(_past_step(one) for one in row.result or ()),
    )


def _past_step(kept: dict[str, Any]) -> PastStep:
    return PastStep(
        topic=kept["topic"],
        deeds=tuple(
            (kind, datetime.fromisoformat(moment) if moment else None)
            for kind, moment in kept["deeds"]
        ),
    )
