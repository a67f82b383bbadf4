"""The stored sheet of a member, a recording and a season, and the value that the rules know."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from psot.recordings.models import WatchSheet
from scoring.watch import Sheet, Spans


def row(session: Session, member: UUID, recording: str, season: str, now: datetime) -> WatchSheet:
    """Return the stored sheet, a new one where there was none; the member's lock is held."""
    found = session.get(WatchSheet, (member, recording, season))
    if found is None:
        found = WatchSheet(
            member=member, recording=recording, season=season, place_ms=0, changed_at=now
        )
        write(found, Sheet())
        session.add(found)
    return found


def read(stored: WatchSheet) -> Sheet:
    """Return what is ``stored`` as the rules know it."""
    return Sheet(
        seen=spans(stored.seen),
        waiting=spans(stored.waiting),
        credited=spans(stored.credited),
        answered=stored.answered,
        missed=stored.missed,
        closings=stored.closings,
        since_check_ms=stored.since_check_ms,
    )


def write(stored: WatchSheet, sheet: Sheet) -> None:
    """Store ``sheet``."""
    stored.seen = [list(span) for span in sheet.seen]
    stored.waiting = [list(span) for span in sheet.waiting]
    stored.credited = [list(span) for span in sheet.credited]
    stored.answered, stored.missed = sheet.answered, sheet.missed
    stored.closings, stored.since_check_ms = sheet.closings, sheet.since_check_ms


def spans(stored: list[Any]) -> Spans:
    """Return stored pairs as spans."""
    return tuple((start, end) for start, end in stored)
