"""Every write of study. Each takes the session first and never commits."""

from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from psot.learning import operations as learning
from psot.learning.errors import NothingToAsk
from psot.learning.modes import Mode
from psot.learning.values import AttemptView
from psot.study import queries
from psot.study.errors import LimitInvalid
from psot.study.models import Preference
from psot.study.planning import (
    choose_plan,
    leave_plan,
    pause_plan,
    refresh_lesson,
    renew_due,
    resume_plan,
    return_to_plan,
)
from psot.study.queries import DAILY, LEAST_A_DAY, MOST_A_DAY
from psot.study.walking import day_of

__all__ = [
    "choose_plan",
    "leave_plan",
    "pause_plan",
    "practise_mistakes",
    "refresh_lesson",
    "renew_due",
    "resume_plan",
    "return_to_plan",
    "set_daily_limit",
    "start_daily",
]

MOST_MISTAKES: Final = 20
MISTAKES: Final = "mistakes"

_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('psot.study'), hashtext(:member))")


def practise_mistakes(
    session: Session, *, member: UUID, topic: str, now: datetime, zone: ZoneInfo
) -> AttemptView:
    """Begin a set of the member's mistakes, the oldest first, of one topic or ("") of all.

    What was answered right today is not asked again today: it needs another day. An unfinished set
    is given back. Raises NothingToAsk, CheckRunning.
    """
    today = day_of(now, zone)
    found = [
        (one.question.id, one.question.version)
        for one in queries.mistakes(session, member, zone)
        if one.right_on != today and (not topic or one.question.topic == topic)
    ]
    return learning.start_set(
        session,
        member=member,
        mode=Mode.MISTAKES,
        quiz=f"{MISTAKES}.{topic}" if topic else MISTAKES,
        questions=found[:MOST_MISTAKES],
        now=now,
    )


def start_daily(
    session: Session, *, member: UUID, now: datetime, zone: ZoneInfo, beyond: bool = False
) -> AttemptView:
    """Begin the set of this day, or give back the one that is under way.

    A set of an earlier day that was not finished ends with what is answered. ``beyond``: the day's
    questions are answered and the member wants more of what is due. Raises NothingToAsk,
    CheckRunning.
    """
    session.execute(_LOCK, {"member": str(member)})
    begun = queries.open_set(session, member, now, DAILY)
    if begun is not None and day_of(begun.started_at, zone) != day_of(now, zone):
        learning.stop_attempt(session, member=member, attempt=begun.id, now=now)
    found = queries.today(session, member, now, zone)
    questions = found.questions
    if not questions and beyond:
        questions = queries.more_due(session, member, now, zone, found.limit)
    if not questions and found.attempt is None:
        raise NothingToAsk(_("Nothing is due today."), subject=DAILY)
    return learning.start_set(
        session, member=member, mode=Mode.DAILY, quiz=DAILY, questions=questions, now=now
    )


def set_daily_limit(session: Session, *, member: UUID, limit: int | None) -> None:
    """Keep how many questions a member wants in a day. Raises LimitInvalid."""
    if limit is None or not LEAST_A_DAY <= limit <= MOST_A_DAY:
        message = _(
            "Choose a number from %(least)d to %(most)d.", least=LEAST_A_DAY, most=MOST_A_DAY
        )
        raise LimitInvalid(message, fields={"limit": [str(message)]})
    made = insert(Preference).values(member=member, daily_limit=limit)
    session.execute(
        made.on_conflict_do_update(index_elements=["member"], set_={"daily_limit": limit})
    )
