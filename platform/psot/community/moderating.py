"""What members report and editors decide: take down, restore, dismiss, merge."""

from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events.community import (
    PostReported,
    PostRestored,
    PostTakenDown,
    ReportsDismissed,
    ThreadsMerged,
)
from psot.community.errors import BadPost, CannotMerge
from psot.community.models import Answer, Report, Thread
from psot.community.prose import paragraphs
from psot.community.rows import answer_on_page, any_answer, index, locked, recount, thread_on_page
from psot.community.values import REASONS
from psot.ledger import append

LONGEST_NOTE = 500


def report(
    session: Session,
    *,
    thread: UUID,
    answer: UUID | None,
    member: UUID,
    reason: str,
    note: str,
    now: datetime,
) -> bool:
    """Ask the editors to look at a post; tells whether this member had not asked already.

    Raises UnknownThread, UnknownAnswer, BadPost.
    """
    note = _reasoned(reason, note)
    if answer is None:
        asked = thread_on_page(session, thread)
    else:
        asked, _row = answer_on_page(session, thread, answer)
    made = insert(Report).values(
        thread=asked.id,
        answer=answer,
        post=answer or asked.id,
        member=member,
        reason=reason,
        note=note,
        reported_at=now,
    )
    id_ = session.scalar(made.on_conflict_do_nothing().returning(Report.id))
    if id_ is None:
        return False
    fact = PostReported(member=member, thread=asked.id, answer=answer, reason=reason)
    append(session, fact, key=str(id_), occurred_at=now)
    return True


def dismiss(
    session: Session, *, thread: UUID, answer: UUID | None, editor: UUID, now: datetime
) -> None:
    """Leave a reported post where it is; its reports are settled."""
    asked, row = _post(session, thread, answer)
    if not _settle(session, row.id, editor, now):
        return
    row.decisions += 1
    fact = ReportsDismissed(editor=editor, thread=asked.id, answer=answer, nth=row.decisions)
    append(session, fact, key=f"{row.id}:{row.decisions}", occurred_at=now)


def take_down(
    session: Session,
    *,
    thread: UUID,
    answer: UUID | None,
    editor: UUID,
    reason: str,
    note: str,
    now: datetime,
) -> None:
    """Take a post off the page; its author still sees it, with the reason. Raises BadPost."""
    note = _reasoned(reason, note)
    asked, row = _post(session, thread, answer)
    _settle(session, row.id, editor, now)
    if row.down_at is not None:
        return
    row.down_at, row.down_reason, row.down_note = now, reason, note
    row.decisions += 1
    fact = PostTakenDown(
        editor=editor, thread=asked.id, answer=answer, reason=reason, nth=row.decisions
    )
    append(session, fact, key=f"{row.id}:{row.decisions}", occurred_at=now)
    _settled(session, asked)


def restore(
    session: Session, *, thread: UUID, answer: UUID | None, editor: UUID, now: datetime
) -> None:
    """Put a post back on the page; an acceptance that it lost is not given back by itself."""
    asked, row = _post(session, thread, answer)
    if row.down_at is None:
        return
    row.down_at, row.down_reason, row.down_note = None, "", ""
    row.decisions += 1
    fact = PostRestored(editor=editor, thread=asked.id, answer=answer, nth=row.decisions)
    append(session, fact, key=f"{row.id}:{row.decisions}", occurred_at=now)
    _settled(session, asked)


def merge(session: Session, *, thread: UUID, into: UUID, editor: UUID, now: datetime) -> UUID:
    """Make a question the double of another: its answers move there, its address leads there.

    Returns the question that has them now. Raises UnknownThread, CannotMerge.
    """
    for one in sorted({thread, into}):  # always in one order: two editors never wait for each other
        locked(session, one)
    target = thread_on_page(session, into)
    double = locked(session, thread)
    if double.merged_into is not None or double.id == target.id:
        raise CannotMerge(_("A question is no double of itself, and is merged once."))
    session.execute(update(Answer).where(Answer.thread == double.id).values(thread=target.id))
    session.execute(update(Report).where(Report.thread == double.id).values(thread=target.id))
    session.execute(
        update(Thread).where(Thread.merged_into == double.id).values(merged_into=target.id)
    )
    double.merged_into = target.id
    double.accepted, double.accepted_at, double.expert = None, None, False
    _settle(session, double.id, editor, now)
    fact = ThreadsMerged(editor=editor, thread=double.id, into=target.id)
    append(session, fact, key=str(double.id), occurred_at=now)
    session.flush()
    _settled(session, double)
    _settled(session, target)
    return target.id


def _post(session: Session, thread: UUID, answer: UUID | None) -> tuple[Thread, Thread | Answer]:
    asked = locked(session, thread)
    return asked, asked if answer is None else any_answer(session, asked, answer)


def _settled(session: Session, thread: Thread) -> None:
    session.flush()
    recount(session, thread)
    session.flush()
    index(session, thread)


def _settle(session: Session, post: UUID, editor: UUID, now: datetime) -> bool:
    """Close the open reports of a post; tells whether there were any."""
    found = select(Report).where(Report.post == post, Report.settled_at.is_(None))
    rows = list(session.scalars(found.with_for_update()))
    for one in rows:
        one.settled_at, one.settled_by = now, editor
    return bool(rows)


def _reasoned(reason: str, note: str) -> str:
    """Return the note as it is kept. Raises BadPost for a reason that is none."""
    note = paragraphs(note)
    wrong: dict[str, list[str]] = {}
    if reason not in REASONS:
        wrong["reason"] = [str(_("Choose a reason."))]
    if len(note) > LONGEST_NOTE:
        wrong["note"] = [str(_("At most %(count)d characters.", count=LONGEST_NOTE))]
    if wrong:
        raise BadPost(_("This cannot be sent yet."), fields=wrong)
    return note
