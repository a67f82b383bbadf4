"""Practice: one member races a finished race again, against its field, for nobody's protocol."""

import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.competition import StageEntered
from psot.database import new_id
from psot.ledger import append
from psot.members.queries import regions_of
from psot.races import life
from psot.races.errors import WrongStage
from psot.races.models import Entry, Race, Start
from psot.races.queries import question_set, view
from psot.races.questions import FrozenQuestion
from psot.races.rows import locked
from psot.races.stages import RESULTS, Stage
from psot.races.values import RaceView
from scoring.biathlon import load_format

LONGEST: Final = timedelta(hours=3)
"""So long a practice stays open; then it closes like every race."""


def start_practice(session: Session, race_id: UUID, member: UUID, now: datetime) -> RaceView:
    """Start a practice of a finished race, or give back the one that ``member`` is running.

    The questions are those of the race in an order of their own, since the secret is a new one. In
    a relay a member practises the first leg. Raises WrongStage before the race has results, and
    UnknownRace.
    """
    pattern = locked(session, race_id)
    if Stage(pattern.stage) not in RESULTS or pattern.practice_of is not None:
        raise WrongStage(_("A race can be practised once it has results."), subject=pattern.stage)
    running = session.scalar(
        select(Race).where(
            Race.practice_of == race_id,
            Race.practice_member == member,
            Race.stage == Stage.RUNNING,
        )
    )
    if running is not None:
        return view(running)
    race = _made(pattern, member, now)
    session.add(race)
    session.flush()
    _enter(session, pattern, race, member, now)
    life.commit_draw(session, race, _set(session, pattern), now)
    fact = StageEntered(race=race.id, stage=Stage.RUNNING.value, by=member)
    append(session, fact, key=f"{race.id}:{race.version}", occurred_at=now)
    session.refresh(race)
    return view(race)


def _made(pattern: Race, member: UUID, now: datetime) -> Race:
    zero_at = now + life.COUNTDOWN
    return Race(
        id=new_id(),
        title=pattern.title,
        description=pattern.description,
        format=pattern.format,
        options=pattern.options,
        stage=Stage.RUNNING,
        public=False,
        zone=pattern.zone,
        remind_minutes=0,
        normed_minutes=0,
        practice_of=pattern.id,
        practice_member=member,
        exhibition=True,
        created_by=member,
        created_at=now,
        secret=secrets.token_bytes(32),
        zero_at=zero_at,
        closes_at=zero_at + LONGEST,
    )


def _enter(session: Session, pattern: Race, race: Race, member: UUID, now: datetime) -> None:
    """Put the member on the start list, with the own bib and terms of the race where there are."""
    own = session.get(Entry, (pattern.id, member))
    raced = own if own is not None and own.bib is not None else None
    bib = raced.bib if raced is not None and raced.bib is not None else 1
    region = raced.region if raced is not None else regions_of(session, [member])[member]
    team = f"{region}-1" if load_format(race.format, dict(race.options)).relay else None
    session.add(
        Entry(
            race=race.id,
            member=member,
            registered_at=now,
            region=region,
            experience=raced.experience if raced else "newcomer",
            employer=raced.employer if raced else "",
            time_percent=own.time_percent if own else 100,
            bib=bib,
            team=team,
        )
    )
    session.add(Start(race=race.id, bib=bib, leg=1, team=team, start_ms=0))
    session.flush()


def _set(session: Session, pattern: Race) -> list[FrozenQuestion]:
    return list(question_set(session, pattern.id))
