"""What a player tells and what becomes of it: openings, reports, checks of attention.

Every write holds the member's lock, so two tabs are served one after the other and share one
clock. The rules are `scoring.watch`; here they are given what is stored, and told what time it is.
"""

import hashlib
import hmac
import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from events.recording import (
    CheckAnswered,
    CheckAsked,
    CheckMissed,
    RecordingCompleted,
    SegmentsPlayed,
    TimeCredited,
    ViewingInitialized,
)
from psot.database import new_id
from psot.ledger import append
from psot.recordings import sheets
from psot.recordings.errors import (
    BadReport,
    CheckIsOver,
    NotCounted,
    ReportDiffers,
    UnknownCheck,
    UnknownRecording,
    UnknownViewing,
)
from psot.recordings.models import Check, Recording, Report, Viewing, Watcher, WatchSheet
from psot.recordings.schemas import Told
from psot.recordings.seasons import season_at
from psot.recordings.values import Taken
from scoring.watch import (
    WATCHING,
    Meter,
    Pace,
    Spent,
    ask,
    clip,
    closing_due,
    covered_permille,
    fresh_pace,
    settle,
    spend,
    watch,
)

LENGTH_MAY_DIFFER_MS = 2000
"""Players measure the same file a little differently."""
GRACE = timedelta(seconds=3)
"""An answer given in time may arrive late."""
_MILLISECOND = timedelta(milliseconds=1)
_EPOCH = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('psot.recordings'), hashtext(:member))")


def initialize(session: Session, *, member: UUID, slug: str, now: datetime, secret: str) -> Viewing:
    """Open a recording in a player; its time runs from now on.

    Raises UnknownRecording for one that is not on the page, NotCounted for one played elsewhere.
    """
    _lock(session, member)
    recording = session.get(Recording, slug)
    if recording is None or recording.published_at is None:
        raise UnknownRecording(_("There is no such recording."), subject=slug)
    if recording.kind == "embed":
        raise NotCounted(_("What is played elsewhere cannot be verified."), subject=slug)
    expire(session, member, now)
    viewing = Viewing(
        id=new_id(), member=member, recording=slug, opened_at=now, metered_at=now, saved_ms=0
    )
    session.add(viewing)
    if session.get(Watcher, member) is None:
        pace = fresh_pace(_draw(secret, viewing.id, 0))
        session.add(
            Watcher(member=member, metered_at=now, saved_ms=0, watched_ms=0, gap_ms=pace.gap_ms)
        )
    session.flush()
    fact = ViewingInitialized(
        member=member, viewing=viewing.id, recording=slug, length_ms=recording.length_ms
    )
    append(session, fact, key=str(viewing.id), occurred_at=now)
    return viewing


def report(
    session: Session, *, member: UUID, viewing: UUID, told: Told, now: datetime, secret: str
) -> Taken:
    """Take a report: what time has paid for is seen from now on, and waits for its check.

    The same report again gets the first answer back. Raises UnknownViewing, BadReport for a
    report of another recording's length, ReportDiffers.
    """
    _lock(session, member)
    row = session.get(Viewing, viewing)
    recording = session.get(Recording, row.recording) if row else None
    if row is None or recording is None or row.member != member or told.viewing != viewing:
        raise UnknownViewing(_("There is no such viewing."), subject=str(viewing))
    digest = _digest(told)
    stored = session.get(Report, (viewing, told.number))
    if stored is not None:
        if stored.digest != digest:
            raise ReportDiffers(_("This report was taken before, otherwise."))
        return Taken(number=told.number, repeated=True, **stored.outcome)
    if abs(told.length_ms - recording.length_ms) > LENGTH_MAY_DIFFER_MS:
        raise BadReport(_("This is no report of a player."), fields={"length": ["not its length"]})
    expire(session, member, now)
    spent = _pay(session, row, told, recording.length_ms, now)
    taken = Taken(number=told.number, accepted_ms=spent.accepted_ms, refused_ms=spent.refused_ms)
    session.add(
        Report(
            viewing=viewing,
            number=told.number,
            digest=digest,
            outcome=taken.outcome(),
            received_at=now,
        )
    )
    fact = SegmentsPlayed(
        member=member,
        viewing=viewing,
        recording=row.recording,
        number=told.number,
        segments=spent.accepted,
        speed_permille=told.speed_permille,
        cost_ms=spent.cost_ms,
        refused_ms=spent.refused_ms,
    )
    append(session, fact, key=f"{viewing}:{told.number}", occurred_at=now)
    _note(session, row, recording, told, spent, now=now, secret=secret)
    return taken


def answer_check(session: Session, *, member: UUID, check: UUID, now: datetime) -> Check:
    """Take the answer to a check of attention; answering twice changes nothing.

    Raises UnknownCheck, and CheckIsOver where its time had passed.
    """
    _lock(session, member)
    row = session.get(Check, check)
    if row is None or row.member != member:
        raise UnknownCheck(_("There is no such check."), subject=str(check))
    expire(session, member, now)
    if row.answered is None:
        _settle(session, row, answered=True, now=now)
    if not row.answered:
        raise CheckIsOver(_("The time for this answer is over."), subject=str(check))
    return row


def settle_missed(session: Session, *, member: UUID, now: datetime) -> None:
    """Settle the member's open check as missed where its time is over."""
    _lock(session, member)
    expire(session, member, now)


def expire(session: Session, member: UUID, now: datetime) -> None:
    """Do what `settle_missed` does, where the member's lock is held already."""
    row = open_check(session, member)
    if row is not None and now > row.closes_at + GRACE:
        _settle(session, row, answered=False, now=now)


def open_check(session: Session, member: UUID) -> Check | None:
    """Return the check that waits for the member's answer."""
    return session.scalar(select(Check).where(Check.member == member, Check.answered.is_(None)))


def _lock(session: Session, member: UUID) -> None:
    session.execute(_LOCK, {"member": str(member)})


def _pay(session: Session, viewing: Viewing, told: Told, length_ms: int, now: datetime) -> Spent:
    watcher = session.get_one(Watcher, viewing.member)
    clocks: tuple[Watcher | Viewing, ...] = (watcher, viewing)
    spent = spend(
        [Meter(at_ms=_ms(one.metered_at), saved_ms=one.saved_ms) for one in clocks],
        clip(told.played, length_ms),
        told.speed_permille,
        now_ms=_ms(now),
    )
    for one, meter in zip(clocks, spent.meters, strict=True):
        one.metered_at = _EPOCH + meter.at_ms * _MILLISECOND
        one.saved_ms = meter.saved_ms
    return spent


def _note(
    session: Session,
    viewing: Viewing,
    recording: Recording,
    told: Told,
    spent: Spent,
    *,
    now: datetime,
    secret: str,
) -> None:
    """Write down what was accepted, and ask a check where one is due."""
    season = season_at(now)
    row = sheets.row(session, viewing.member, recording.slug, season, now)
    watcher = session.get_one(Watcher, viewing.member)
    pace = Pace(gap_ms=watcher.gap_ms, watched_ms=watcher.watched_ms)
    sheet, pace = watch(sheets.read(row), pace, spent.accepted, cost_ms=spent.cost_ms)
    row.place_ms = min(told.place_ms, recording.length_ms)
    row.changed_at = now
    free = open_check(session, viewing.member) is None and bool(spent.accepted)
    due = free and pace.due
    closing = free and not due and closing_due(sheet, spent.accepted, recording.length_ms)
    if due:
        draw = _draw(secret, viewing.id, watcher.draws)
        pace = fresh_pace(draw, carried_ms=pace.watched_ms - pace.gap_ms)
        watcher.draws += 1
    watcher.gap_ms, watcher.watched_ms = pace.gap_ms, pace.watched_ms
    if due or closing:
        sheet = ask(sheet, closing=closing)
        _ask(session, viewing, season, closing=closing, now=now)
    sheets.write(row, sheet)
    seen = covered_permille(sheet.seen, recording.length_ms)
    if row.completed_at is None and seen >= WATCHING.completed_permille:
        row.completed_at = now
        fact = RecordingCompleted(
            member=viewing.member,
            recording=recording.slug,
            viewing=viewing.id,
            season=season,
            seen_permille=seen,
        )
        key = f"{viewing.member}:{recording.slug}:{season}"
        append(session, fact, key=key, occurred_at=now)
    session.flush()


def _ask(session: Session, viewing: Viewing, season: str, *, closing: bool, now: datetime) -> None:
    open_ms = WATCHING.closing_open_ms if closing else WATCHING.open_ms
    made = Check(
        id=new_id(),
        member=viewing.member,
        recording=viewing.recording,
        season=season,
        viewing=viewing.id,
        closing=closing,
        asked_at=now,
        closes_at=now + open_ms * _MILLISECOND,
    )
    session.add(made)
    session.flush()
    fact = CheckAsked(
        member=made.member,
        viewing=made.viewing,
        recording=made.recording,
        check=made.id,
        closing=closing,
    )
    append(session, fact, key=str(made.id), occurred_at=now)


def _settle(session: Session, check: Check, *, answered: bool, now: datetime) -> None:
    """Tell how a check ended, and what that credits. A season that is over credits nothing."""
    check.answered, check.settled_at = answered, now
    told: CheckAnswered | CheckMissed = (
        CheckAnswered(
            member=check.member,
            recording=check.recording,
            check=check.id,
            response_ms=max(0, (now - check.asked_at) // _MILLISECOND),
        )
        if answered
        else CheckMissed(member=check.member, recording=check.recording, check=check.id)
    )
    append(session, told, key=str(check.id), occurred_at=now)
    row = session.get_one(WatchSheet, (check.member, check.recording, check.season))
    settled = settle(sheets.read(row), answered=answered and check.season == season_at(now))
    sheets.write(row, replace(settled.sheet))
    row.changed_at = now
    if settled.newly:
        credited = TimeCredited(
            member=check.member,
            recording=check.recording,
            viewing=check.viewing,
            check=check.id,
            season=check.season,
            ms=sum(end - start for start, end in settled.newly),
            parts=settled.newly,
        )
        append(session, credited, key=str(check.id), occurred_at=now)
    session.flush()


def _draw(secret: str, viewing: UUID, number: int) -> bytes:
    """Return secret bytes that choose a gap: nobody without the key of the house can foretell."""
    message = f"psot.recordings.check:{viewing}:{number}"
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).digest()


def _digest(told: Told) -> bytes:
    content = json.dumps(asdict(told), sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).digest()


def _ms(moment: datetime) -> int:
    return (moment - _EPOCH) // _MILLISECOND
