"""Accepting an answer, and thanking for one."""

from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events.community import AnswerAccepted, AnswerThanked
from psot.community.errors import ExpertDecided, NotYours
from psot.community.models import Thanks
from psot.community.rows import answer_on_page
from psot.ledger import append


def accept(
    session: Session, *, thread: UUID, answer: UUID, member: UUID, expert: bool, now: datetime
) -> None:
    """Accept an answer as the asker or, with ``expert``, as one of the experts.

    There is one accepted answer; an expert's choice stands until an expert chooses another. The
    same choice again changes nothing. An own answer is never accepted as an expert.
    Raises UnknownThread, UnknownAnswer, NotYours, ExpertDecided.
    """
    asked, row = answer_on_page(session, thread, answer)
    as_expert = expert and row.author != member
    if not (as_expert or asked.author == member):
        raise NotYours(_("An answer is accepted by the asker or by another member, an expert."))
    if asked.accepted == row.id and (asked.expert or not as_expert):
        return
    if asked.expert and not as_expert:
        raise ExpertDecided(_("An expert accepted an answer here; it stands."))
    asked.accepted, asked.accepted_at, asked.expert = row.id, now, as_expert
    fact = AnswerAccepted(
        member=row.author, thread=asked.id, answer=row.id, by=member, by_expert=as_expert
    )
    # Chosen, dropped and chosen again, it is the same fact as then.
    key = f"{asked.id}:{row.id}:{member}:{'expert' if as_expert else 'asker'}"
    append(session, fact, key=key, occurred_at=now)


def thank(session: Session, *, thread: UUID, answer: UUID, member: UUID, now: datetime) -> bool:
    """Thank for somebody else's answer; tells whether the member had not thanked before.

    Raises UnknownThread, UnknownAnswer, NotYours.
    """
    asked, row = answer_on_page(session, thread, answer)
    if row.author == member:
        raise NotYours(_("Thanks are for the answers of others."))
    made = insert(Thanks).values(answer=row.id, member=member, thanked_at=now)
    if session.scalar(made.on_conflict_do_nothing().returning(Thanks.answer)) is None:
        return False
    row.thanks += 1
    fact = AnswerThanked(member=member, thread=asked.id, answer=row.id, author=row.author)
    append(session, fact, key=f"{row.id}:{member}", occurred_at=now)
    return True
