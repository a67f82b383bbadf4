"""Every write of the officials' room: invitations made, opened, revoked.

Each change leaves a line in the security log: who, which region, which invitation.
"""

import secrets
from datetime import timedelta
from uuid import UUID

import structlog
from flask_babel import lazy_gettext
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from psot import clock
from psot.officials.errors import UnfitInvitation, UnknownInvitation
from psot.officials.models import InvitationLink

LASTS_DAYS = (30, 90, 180)
LONGEST_NAME = 120
CODE_BYTES = 8

_log = structlog.get_logger("psot.security")


def invite(
    session: Session, *, region: str, name: str, days: int, official: UUID
) -> InvitationLink:
    """Make a link that invites into ``region`` for ``days``; raises UnfitInvitation."""
    fit = " ".join(name.split())
    wrong: dict[str, list[str]] = {}
    if not 1 <= len(fit) <= LONGEST_NAME or not fit.isprintable():
        wrong["name"] = [str(lazy_gettext("A name of an invitation has 1 to 120 characters."))]
    if days not in LASTS_DAYS:
        wrong["days"] = [str(lazy_gettext("Choose how long it holds from the list."))]
    if wrong:
        raise UnfitInvitation(lazy_gettext("The invitation does not fit."), fields=wrong)
    now = clock.now()
    made = InvitationLink(
        code=secrets.token_urlsafe(CODE_BYTES),
        region=region,
        name=fit,
        made_by=official,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(made)
    session.flush()
    _log.info("invitation_made", member=str(official), region=region, invitation=str(made.id))
    return made


def revoke(session: Session, invitation: UUID, *, official: UUID) -> bool:
    """Let the link of ``invitation`` lead nowhere from now on; returns whether it still did."""
    revoked = session.execute(
        update(InvitationLink)
        .where(InvitationLink.id == invitation, InvitationLink.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .returning(InvitationLink.region)
    ).scalar()
    if revoked is None:
        return False
    _log.info(
        "invitation_revoked", member=str(official), region=revoked, invitation=str(invitation)
    )
    return True


def open_one(session: Session, code: str) -> InvitationLink:
    """Return the invitation of ``code`` that holds now; raises UnknownInvitation."""
    found = session.scalar(
        select(InvitationLink).where(
            InvitationLink.code == code,
            InvitationLink.revoked_at.is_(None),
            InvitationLink.expires_at > clock.now(),
        )
    )
    if found is None:
        raise UnknownInvitation(lazy_gettext("This invitation holds no longer."), subject=code)
    return found


def count_arrival(session: Session, invitation: UUID) -> None:
    """Count one more browser that came by ``invitation``."""
    session.execute(
        update(InvitationLink)
        .where(InvitationLink.id == invitation)
        .values(arrivals=InvitationLink.arrivals + 1)
    )
