"""Which invitation a visitor came by: kept in the visitor's signed session until they register."""

from uuid import UUID

from flask import session

from psot.members import operations
from psot.members.models import Member

CAME_BY = "came_by"


def remember(invitation: UUID) -> bool:
    """Remember that this visitor came by ``invitation``; returns whether that is news."""
    news = session.get(CAME_BY) != str(invitation)
    if news:
        session[CAME_BY] = str(invitation)
    return news


def settle(member: Member) -> None:
    """Note on a new ``member`` the invitation that this visitor came by, if there was one.

    What stands in the session was put there by `remember`: nothing that a browser says counts.
    """
    invitation = session.pop(CAME_BY, None)
    if invitation:
        operations.note_invitation(member, UUID(invitation))
