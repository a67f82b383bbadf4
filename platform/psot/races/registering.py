"""Members register for a race and take it back, as long as its registration is open."""

from datetime import datetime
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from events.competition import RacerRegistered, RacerWithdrew
from psot.ledger import append
from psot.members.queries import regions_of
from psot.races.errors import AnswerInvalid, NotEntered, RaceInvalid, WrongStage
from psot.races.models import Entry
from psot.races.rows import locked, shared
from psot.races.stages import EDITABLE, Stage
from psot.races.values import EMPLOYERS, EXPERIENCES

LEAST_PERCENT: Final = 100
MOST_PERCENT: Final = 400


def register(
    session: Session,
    race_id: UUID,
    member: UUID,
    *,
    experience: str = "newcomer",
    employer: str = "",
    now: datetime,
) -> int:
    """Register ``member`` and return the number of the registration, from 1.

    The region is the member's at this moment. Registering again while registered only changes the
    answers; after a withdrawal it counts anew. Raises WrongStage and AnswerInvalid.
    """
    _answers(experience, employer)
    shared(session, race_id, Stage.REGISTRATION)
    region = regions_of(session, [member])[member]
    made = session.scalar(
        insert(Entry)
        .values(race=race_id, member=member, region=region, registered_at=now)
        .on_conflict_do_nothing()
        .returning(Entry.member)
    )
    row = _entry(session, race_id, member)
    row.experience, row.employer = experience, employer
    again = row.withdrawn_at is not None
    if again:
        row.number += 1
        row.registered_at, row.withdrawn_at, row.region = now, None, region
    session.flush()
    if made is not None or again:
        fact = RacerRegistered(race=race_id, member=member, number=row.number)
        append(session, fact, key=_key(row), occurred_at=now)
    return row.number


def withdraw(session: Session, race_id: UUID, member: UUID, *, now: datetime) -> None:
    """Take a registration back; twice changes nothing. Raises WrongStage and NotEntered."""
    shared(session, race_id, Stage.REGISTRATION)
    row = _entry(session, race_id, member)
    if row.withdrawn_at is not None:
        return
    row.withdrawn_at = now
    session.flush()
    fact = RacerWithdrew(race=race_id, member=member, number=row.number)
    append(session, fact, key=_key(row), occurred_at=now)


def grant_time(session: Session, race_id: UUID, member: UUID, percent: int) -> None:
    """Stretch the limits of a member's shots to ``percent`` of the usual, 100 to 400.

    Possible until the race runs. Raises WrongStage, NotEntered and RaceInvalid.
    """
    if not LEAST_PERCENT <= percent <= MOST_PERCENT:
        message = _(
            "A whole number from %(least)s to %(most)s.", least=LEAST_PERCENT, most=MOST_PERCENT
        )
        raise RaceInvalid(message, fields={"time_percent": [str(message)]})
    race = locked(session, race_id)
    if Stage(race.stage) not in {*EDITABLE, Stage.ZEROING}:
        raise WrongStage(_("The race has started."), subject=race.stage)
    row = _entry(session, race_id, member)
    row.time_percent = percent
    session.flush()


def _answers(experience: str, employer: str) -> None:
    wrong = {
        name: [str(_("Choose one of the answers."))]
        for name, value, known in (
            ("experience", experience, EXPERIENCES),
            ("employer", employer, ("", *EMPLOYERS)),
        )
        if value not in known
    }
    if wrong:
        raise AnswerInvalid(_("Choose one of the answers."), fields=wrong)


def _entry(session: Session, race_id: UUID, member: UUID) -> Entry:
    row = session.scalar(
        select(Entry)
        .where(Entry.race == race_id, Entry.member == member)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotEntered(_("You are not registered for this race."), subject=str(race_id))
    return row


def _key(row: Entry) -> str:
    return f"{row.race}:{row.member}:{row.number}"
