"""What an official may see of the invitations into a region: the links, and how many came."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from psot.members.queries import Came, came_by
from psot.officials.cells import Cell, stages
from psot.officials.errors import UnknownInvitation
from psot.officials.models import InvitationLink
from psot.ratings import groups as rated
from psot.ratings.queries import newest_season

NOBODY = Came(registered=0, confirmed=())


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A link, its source mark ``name``, and what came of it.

    ``arrivals`` counts browsers; the others are people, and shown from five on. ``active`` are
    those who have done something that counts in the newest season.
    """

    id: UUID
    code: str
    region: str
    name: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    arrivals: int
    registered: Cell
    confirmed: Cell
    active: Cell

    def holds(self, now: datetime) -> bool:
        """Tell whether the link leads anywhere at ``now``."""
        return self.revoked_at is None and now < self.expires_at


def invitations(session: Session, region: str) -> list[Invitation]:
    """Return the invitations into ``region``, the newest first."""
    rows = session.scalars(
        select(InvitationLink)
        .where(InvitationLink.region == region)
        .order_by(InvitationLink.made_at.desc(), InvitationLink.id)
    ).all()
    came = came_by(session, [row.id for row in rows])
    season = newest_season(session)
    people = [member for one in came.values() for member in one.confirmed]
    active = rated.active(session, season.name, people) if season else set()
    return [_invitation(row, came.get(row.id, NOBODY), active) for row in rows]


def invitation(session: Session, invitation: UUID) -> Invitation:
    """Return one invitation of any region; raises UnknownInvitation."""
    row = session.get(InvitationLink, invitation)
    if row is None:
        raise UnknownInvitation(
            lazy_gettext("There is no such invitation."), subject=str(invitation)
        )
    return next(one for one in invitations(session, row.region) if one.id == row.id)


def _invitation(row: InvitationLink, came: Came, active: set[UUID]) -> Invitation:
    confirmed = len(came.confirmed)
    at_work = sum(one in active for one in came.confirmed)
    registered, proven, taking_part = stages((came.registered, confirmed, at_work))
    return Invitation(
        id=row.id,
        code=row.code,
        region=row.region,
        name=row.name,
        made_at=row.made_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        arrivals=row.arrivals,
        registered=registered,
        confirmed=proven,
        active=taking_part,
    )
