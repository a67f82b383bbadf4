"""Courses are chosen, paused, left, come back to and renewed. Each write tells the ledger."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.quiz import Plan
from events.study import (
    LessonRefreshed,
    PlanChosen,
    PlanLeft,
    PlanPaused,
    PlanRenewed,
    PlanResumed,
    PlanReturned,
)
from psot.database import new_id
from psot.ledger import append
from psot.library import queries as library
from psot.study import courses
from psot.study.errors import CourseOver, NoCourse, UnknownCourse, UnknownPlan
from psot.study.models import Course
from psot.study.walking import COUNTS_BEFORE, months_after

RENEWED_AT_ONCE = 200
UTC_ZONE = ZoneInfo("UTC")
"""Results keep moments; in which zone their days are counted is the reader's."""


def choose_plan(session: Session, *, member: UUID, plan: str, now: datetime) -> UUID:
    """Begin a plan; the one the member is on is left. Returns the course.

    Choosing the plan one is on changes nothing. Raises UnknownPlan.
    """
    found = _plan(session, plan)
    row = courses.current_row(session, member, lock=True)
    if row is not None and row.plan == plan:
        return row.id
    if row is not None:
        _leave(session, row, now)
    made = _begin(session, member, found, 1, now)
    fact = PlanChosen(member=member, course=made.id, plan=plan, plan_version=found.version)
    append(session, fact, key=str(made.id), occurred_at=now)
    return made.id


def pause_plan(session: Session, *, member: UUID, now: datetime) -> None:
    """Let the member's course stand still: its days and its renewal wait. Raises NoCourse."""
    row = _current(session, member)
    if row.paused_at is not None:
        return
    row.paused_at = now
    row.pauses += 1
    session.flush()
    fact = PlanPaused(member=member, course=row.id)
    append(session, fact, key=f"{row.id}:{row.pauses}", occurred_at=now)


def resume_plan(session: Session, *, member: UUID, now: datetime) -> None:
    """Take the member's course up again; what is due moves by the pause. Raises NoCourse."""
    row = _current(session, member)
    if row.paused_at is None:
        return
    before_s = row.paused_s
    _end_pause(row, now)
    session.flush()
    fact = PlanResumed(member=member, course=row.id, paused_s=row.paused_s - before_s)
    append(session, fact, key=f"{row.id}:{row.pauses}", occurred_at=now)


def leave_plan(session: Session, *, member: UUID, now: datetime) -> UUID:
    """Leave the member's course; it can be come back to. Raises NoCourse."""
    row = _current(session, member)
    _leave(session, row, now)
    return row.id


def return_to_plan(session: Session, *, member: UUID, course: UUID, now: datetime) -> None:
    """Come back to a course that was left; the one the member is on now is left instead.

    The time away counts as a pause. Raises UnknownCourse, and CourseOver for one renewed.
    """
    other = courses.current_row(session, member, lock=True)
    row = session.scalar(
        select(Course).where(Course.id == course, Course.member == member).with_for_update()
    )
    if row is None:
        raise UnknownCourse(_("There is no such plan of yours."), subject=str(course))
    if row.ended_at is not None:
        raise CourseOver(_("This year is over: it stays as it was."), subject=str(course))
    if row.left_at is None:
        return
    if other is not None:
        _leave(session, other, now)
    row.paused_at = row.paused_at or row.left_at
    row.left_at, row.result = None, None
    _end_pause(row, now)
    session.flush()
    fact = PlanReturned(member=member, course=row.id)
    append(session, fact, key=f"{row.id}:{row.leaves}", occurred_at=now)


def refresh_lesson(session: Session, *, member: UUID, topic: str, now: datetime) -> bool:
    """Keep that a lesson read before the course began was read again; tells whether it was new.

    Only a lesson that the member once read to its end can be: a first reading is told by reading
    it. Raises NoCourse.
    """
    row = _current(session, member)
    if topic not in courses.read_before(session, member, row.began_at - COUNTS_BEFORE):
        return False
    fact = LessonRefreshed(member=member, course=row.id, topic=topic)
    recorded = append(session, fact, key=f"{row.id}:{topic}", occurred_at=now)
    return not recorded.repeated


def renew_due(session: Session, now: datetime) -> int:
    """Begin anew the courses whose time is over; returns how many.

    The round that was stays as it stood that day. A course whose plan is no longer published, or
    that is paused, waits.
    """
    offered = library.plans(session)
    rows = session.scalars(
        select(Course)
        .where(
            Course.renews_at <= now,
            Course.left_at.is_(None),
            Course.ended_at.is_(None),
            Course.paused_at.is_(None),
            Course.plan.in_(list(offered)),
        )
        .order_by(Course.renews_at)
        .limit(RENEWED_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        _renew(session, row, offered[row.plan], now)
    return len(rows)


def _renew(session: Session, row: Course, plan: Plan, now: datetime) -> None:
    _keep_result(session, row, now)
    row.ended_at = now
    session.flush()
    made = _begin(session, row.member, plan, row.round + 1, now)
    fact = PlanRenewed(
        member=row.member,
        course=made.id,
        previous=row.id,
        plan=plan.id,
        plan_version=plan.version,
        round=made.round,
    )
    append(session, fact, key=str(made.id), occurred_at=now)


def _begin(session: Session, member: UUID, plan: Plan, number: int, now: datetime) -> Course:
    made = Course(
        id=new_id(),
        member=member,
        plan=plan.id,
        plan_version=plan.version,
        round=number,
        title={"ru": plan.title.ru, "en": plan.title.en},
        began_at=now,
        renews_at=months_after(now, plan.renew_months) if plan.renew_months else None,
    )
    session.add(made)
    session.flush()
    return made


def _leave(session: Session, row: Course, now: datetime) -> None:
    _keep_result(session, row, now)
    row.left_at = now
    row.leaves += 1
    session.flush()
    fact = PlanLeft(member=row.member, course=row.id)
    append(session, fact, key=f"{row.id}:{row.leaves}", occurred_at=now)


def _end_pause(row: Course, now: datetime) -> None:
    """Add the pause up; the renewal comes later by as much."""
    before_s = row.paused_s
    row.paused_s = courses.paused_s(row, now)
    row.paused_at = None
    if row.renews_at is not None:
        row.renews_at += timedelta(seconds=row.paused_s - before_s)


def _keep_result(session: Session, row: Course, now: datetime) -> None:
    plan = library.plans(session).get(row.plan)
    row.result = courses.result_of(courses.walked(session, row, plan, now, UTC_ZONE))


def _current(session: Session, member: UUID) -> Course:
    row = courses.current_row(session, member, lock=True)
    if row is None:
        raise NoCourse(_("You follow no plan now."))
    return row


def _plan(session: Session, plan: str) -> Plan:
    found = library.plans(session).get(plan)
    if found is None:
        raise UnknownPlan(_("There is no such plan."), subject=plan)
    return found
