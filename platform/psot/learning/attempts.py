"""Attempts: begun, stopped, over. Each write takes the session first and never commits."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from content.quiz import Question, canonical
from events.learning import AttemptFinished, AttemptStarted, QuestionAnswered
from psot.learning import bank, sets
from psot.learning.drawing import Candidate, Lot, draw, draw_rounds
from psot.learning.errors import CheckRunning, NothingToAsk, UnknownAttempt
from psot.learning.models import Answer, Attempt
from psot.learning.modes import GRACE, RULES, SEALED, Mode
from psot.learning.reading import attempt_view
from psot.learning.values import AttemptView, QuestionSet
from psot.ledger import append
from scoring.rating import season_mean_ppm

OVERDUE_AT_ONCE = 200
PLACEMENT_ORDER = {2: 0, 1: 1, 3: 2}
"""Which difficulty a placement asks first: the middle one tells most."""

# One member at a time: then counting a member's answers and attempts cannot go wrong.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('psot.learning'), hashtext(:member))")


def start_attempt(session: Session, *, member: UUID, slug: str, now: datetime) -> AttemptView:
    """Begin an attempt at a set, or give the member's unfinished one back.

    Raises UnknownQuiz for a set that is not there, CheckRunning while a check is under way.
    """
    lock(session, member)
    unfinished = _unfinished(session, member, slug, now)
    if unfinished is not None:
        return attempt_view(session, unfinished)
    found = sets.find(session, slug)
    made = _begin(
        session,
        member=member,
        quiz=slug,
        version=found.version,
        mode=found.mode,
        now=now,
        time_limit_s=found.time_limit_s,
        pass_ppm=found.pass_ppm,
    )
    made.questions = _drawn(session, found, made)
    return _told(session, made)


def start_set(
    session: Session,
    *,
    member: UUID,
    mode: Mode | str,
    quiz: str,
    questions: Sequence[tuple[str, int]],
    now: datetime,
    time_limit_s: int | None = None,
) -> AttemptView:
    """Begin an attempt at ``questions`` (id, version) in their order, for another room.

    ``quiz`` is the name of the set on the ledger; an unfinished attempt at it is given back. Raises
    NothingToAsk for no questions, CheckRunning while a check is under way.
    """
    lock(session, member)
    unfinished = _unfinished(session, member, quiz, now)
    if unfinished is not None:
        return attempt_view(session, unfinished)
    if not questions:
        raise NothingToAsk(_("There is nothing to ask here now."), subject=quiz)
    made = _begin(
        session,
        member=member,
        quiz=quiz,
        version=sets.FIRST_VERSION,
        mode=Mode(mode),
        now=now,
        time_limit_s=time_limit_s,
        pass_ppm=RULES[Mode(mode)].pass_ppm,
    )
    made.questions = [[id_, version] for id_, version in dict(questions).items()]
    return _told(session, made)


def stop_attempt(session: Session, *, member: UUID, attempt: UUID, now: datetime) -> AttemptView:
    """End an attempt with what is answered; one that is over stays as it is.

    Raises UnknownAttempt.
    """
    lock(session, member)
    row = own(session, member, attempt)
    if row.finished_at is None:
        finish(session, row, min(now, row.ends_at or now))
    return attempt_view(session, row)


def finish_overdue(session: Session, now: datetime) -> int:
    """End attempts whose time is up, at the end of their time; returns how many there were."""
    rows = session.scalars(
        select(Attempt)
        .where(Attempt.finished_at.is_(None), Attempt.ends_at < now - GRACE)
        .order_by(Attempt.ends_at)
        .limit(OVERDUE_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        finish(session, row, row.ends_at or now)
    return len(rows)


def lock(session: Session, member: UUID) -> None:
    """Let one writer at a time work on ``member``'s learning, until the transaction ends."""
    session.execute(_LOCK, {"member": str(member)})


def own(session: Session, member: UUID, attempt: UUID) -> Attempt:
    """Return the member's attempt, locked. Raises UnknownAttempt."""
    row = session.scalar(
        select(Attempt).where(Attempt.id == attempt, Attempt.member == member).with_for_update()
    )
    if row is None:
        raise UnknownAttempt(_("There is no such attempt."), subject=str(attempt))
    return row


def is_over(row: Attempt, now: datetime) -> bool:
    """Tell whether nothing more is taken: it is finished, or its time is up."""
    return row.finished_at is not None or (row.ends_at is not None and now > row.ends_at + GRACE)


def finish(session: Session, row: Attempt, moment: datetime) -> None:
    """End the attempt, score it, and tell what was not told yet.

    A question without an answer counts as wrong in a sealed attempt and not at all in another.
    """
    sealed = RULES[Mode(row.mode)].sealed
    given = answers_of(session, row)
    scores = [one.score_ppm or 0 for one in given]
    unanswered: list[str] = []
    if sealed:
        named = {one.question for one in given}
        unanswered = [f"{id_}@{version}" for id_, version in row.questions if id_ not in named]
        scores += [0] * len(unanswered)
    row.finished_at = moment
    row.score_ppm = season_mean_ppm(scores) or 0
    session.flush()
    if sealed:
        for one in given:
            tell(session, row, one)
    fact = AttemptFinished(
        member=row.member,
        attempt=row.id,
        quiz=row.quiz,
        score_ppm=row.score_ppm,
        unanswered=tuple(unanswered),
    )
    append(session, fact, key=str(row.id), occurred_at=moment)


def tell(session: Session, row: Attempt, stored: Answer) -> None:
    """Tell the ledger of an answer. Raises ValueError for a question not yet answered."""
    if (
        stored.answered_at is None
        or stored.nth is None
        or stored.score_ppm is None
        or stored.response_ms is None
    ):
        raise ValueError(f"question {stored.question} is not answered")
    fact = QuestionAnswered(
        member=row.member,
        attempt=row.id,
        quiz=row.quiz,
        mode=row.mode,
        question=stored.question,
        question_version=stored.question_version,
        nth=stored.nth,
        score_ppm=stored.score_ppm,
        response=canonical(stored.response),
        response_ms=stored.response_ms,
    )
    append(session, fact, key=f"{row.id}:{stored.question}", occurred_at=stored.answered_at)


def answers_of(session: Session, row: Attempt) -> list[Answer]:
    """Return the answers given in an attempt, in the order of the questions."""
    return list(
        session.scalars(
            select(Answer)
            .where(Answer.attempt_id == row.id, Answer.answered_at.is_not(None))
            .order_by(Answer.position)
        )
    )


def nothing_sealed_meanwhile(
    session: Session, member: UUID, now: datetime, *, but: UUID | None = None
) -> None:
    """Raise CheckRunning while a sealed attempt other than ``but`` runs: it is one sitting."""
    running = session.scalar(
        select(Attempt.id)
        .where(
            Attempt.member == member,
            Attempt.finished_at.is_(None),
            Attempt.mode.in_(SEALED),
            Attempt.ends_at >= now - GRACE,
            Attempt.id != but,
        )
        .limit(1)
    )
    if running is not None:
        raise CheckRunning(_("You have a check under way: finish it first."), subject=str(running))


def _unfinished(session: Session, member: UUID, quiz: str, now: datetime) -> Attempt | None:
    """Return the member's unfinished attempt at ``quiz``; one whose time is up is ended."""
    row = session.scalar(
        select(Attempt)
        .where(Attempt.member == member, Attempt.quiz == quiz, Attempt.finished_at.is_(None))
        .with_for_update()
    )
    if row is None or not is_over(row, now):
        return row
    finish(session, row, row.ends_at or now)
    return None


def _begin(
    session: Session,
    *,
    member: UUID,
    quiz: str,
    version: int,
    mode: Mode,
    now: datetime,
    time_limit_s: int | None,
    pass_ppm: int | None,
) -> Attempt:
    nothing_sealed_meanwhile(session, member, now)
    before = session.scalar(
        select(func.max(Attempt.number)).where(Attempt.member == member, Attempt.quiz == quiz)
    )
    if time_limit_s is None:
        time_limit_s = RULES[mode].time_limit_s
    return Attempt(
        member=member,
        quiz=quiz,
        quiz_version=version,
        number=(before or 0) + 1,
        mode=mode.value,
        questions=[],
        seed=secrets.token_hex(16),
        started_at=now,
        ends_at=now + timedelta(seconds=time_limit_s) if time_limit_s is not None else None,
        pass_ppm=pass_ppm,
    )


def _told(session: Session, made: Attempt) -> AttemptView:
    session.add(made)
    session.flush()
    fact = AttemptStarted(
        member=made.member,
        attempt=made.id,
        quiz=made.quiz,
        quiz_version=made.quiz_version,
        number=made.number,
    )
    append(session, fact, key=str(made.id), occurred_at=made.started_at)
    return attempt_view(session, made)


def _drawn(session: Session, found: QuestionSet, made: Attempt) -> list[list[object]]:
    """Return the questions of an attempt: an ordered set as it stands, everything else drawn."""
    if found.ordered:
        return [[id_, version] for pool in found.pools for id_, version in pool.questions]
    lot = Lot(seed=made.seed, member=made.member, number=made.number)
    last = _last_asked(session, made)
    chosen: dict[str, Candidate] = {}
    for pool in found.pools:
        known = [
            bank.question(session, id_, version)
            for id_, version in pool.questions
            if id_ not in chosen
        ]
        if found.mode is Mode.PLACEMENT:
            drawn = draw_rounds(_by_topic(known, lot), lot, most=pool.size)
        else:
            drawn = draw(_by_difficulty(known), lot, most=pool.count, last=last)
        chosen |= {one.question: one for one in drawn}
    return [[one.question, one.version] for one in chosen.values()]


def _by_difficulty(known: Sequence[Question]) -> list[Candidate]:
    return [
        Candidate(question=one.id, version=one.version, group=f"{one.topic}:{one.difficulty}")
        for one in known
    ]


def _by_topic(known: Sequence[Question], lot: Lot) -> list[Candidate]:
    ordered = sorted(known, key=lambda one: (PLACEMENT_ORDER[one.difficulty], lot.place(one.id)))
    return [Candidate(question=one.id, version=one.version, group=one.topic) for one in ordered]


def _last_asked(session: Session, made: Attempt) -> set[str]:
    before = session.scalar(
        select(Attempt.questions).where(
            Attempt.member == made.member,
            Attempt.quiz == made.quiz,
            Attempt.number == made.number - 1,
        )
    )
    return {id_ for id_, _version in before or ()}
