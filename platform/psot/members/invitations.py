"""Invitations: one-time links that bring a role, made on the command line only."""

import secrets
from datetime import timedelta

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from psot import clock
from psot.members import operations, session_store
from psot.members.errors import BadInvitation
from psot.members.models import Invitation, Member

GOOD_FOR = timedelta(days=2)


def invite(session: Session, email: str, role: str) -> str:
    """Return a new token that brings ``role`` to the owner of ``email``; only its hash is kept."""
    token, now = secrets.token_urlsafe(32), clock.now()
    session.add(
        Invitation(
            token_hash=session_store.hashed(token),
            email=email.strip().lower(),
            role=role,
            created_at=now,
            expires_at=now + GOOD_FOR,
        )
    )
    return token


def look(session: Session, token: str, *, to_use: bool = False) -> Invitation:
    """Return the open invitation of ``token``, held against a second use where it is ``to_use``.

    Raises BadInvitation.
    """
    wanted = select(Invitation).where(
        Invitation.token_hash == session_store.hashed(token),
        Invitation.used_at.is_(None),
        Invitation.expires_at > clock.now(),
    )
    found = session.scalar(wanted.with_for_update() if to_use else wanted)
    if found is None:
        raise BadInvitation(lazy_gettext("This invitation was used or has expired."))
    return found


def accept(session: Session, invitation: Invitation, member: Member) -> None:
    """Use up ``invitation``: its link proves the address, so ``member`` is confirmed too."""
    operations.confirm(session, member)
    operations.grant(session, member, invitation.role)
    invitation.used_at = clock.now()
