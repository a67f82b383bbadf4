"""Protocols: computed out of the log, published with their hash, kept for ever.

The provisional one stands where the race was locked; the official one is computed anew when the
protest window is over, everything the jury decided in it. Neither is ever changed.
"""

from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from events.competition import ProtocolPublished
from psot.jury import feed, queries
from psot.jury.errors import OffStage, StillOpen
from psot.jury.models import ProtocolRow
from psot.jury.results import body
from psot.jury.rows import Sheet, locked
from psot.jury.values import Published
from psot.ledger import append
from psot.races import operations as races
from psot.races.proof import canonical, sha256
from psot.races.stages import Stage
from psot.races.values import RaceView

_AFTER = {Stage.PROVISIONAL: Stage.LOCKED, Stage.OFFICIAL: Stage.PROVISIONAL}


def publish(
    session: Session, race: UUID, stage: Stage, *, now: datetime, by: UUID | None = None
) -> Published:
    """Publish the protocol of ``stage``, provisional or official, and let the race enter it.

    ``by`` is who did it by hand, None for the schedule. The official one also tells the ratings.
    Raises OffStage, NotTakenIn, and StillOpen for an official protocol while a protest has no
    answer or a decision is staged.
    """
    view = locked(session, race)
    if view.stage is not _AFTER[stage] or view.practice_of is not None:
        raise OffStage(_("The race is at another stage now."), subject=view.title)
    if stage is Stage.OFFICIAL:
        _require_nothing_open(session, view)
    sheet = Sheet(session, view)
    sheet.require_taken_in()
    told = body(view, stage.value, sheet.results())
    row = ProtocolRow(
        race=race,
        stage=stage.value,
        body=canonical(told).decode(),
        sha256=sha256(told),
        published_at=now,
    )
    session.add(row)
    fact = ProtocolPublished(race=race, stage=stage.value, sha256=row.sha256)
    append(session, fact, key=f"{race}:{stage.value}", occurred_at=now)
    entered = races.enter_stage(session, race, stage, now=now, by=by)
    if stage is Stage.OFFICIAL:
        feed.tell(session, entered, told)
    return Published(stage=stage.value, body=told, sha256=row.sha256, published_at=now)


def _require_nothing_open(session: Session, view: RaceView) -> None:
    waiting = queries.office(session, [view.id])[view.id]
    if waiting.protests or waiting.decisions:
        raise StillOpen(
            _("Answer every protest, and apply or drop every decision first."), subject=view.title
        )
