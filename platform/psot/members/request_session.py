"""One database session per request, for Flask-Security, which calls it ``db.session``.

It holds a connection only between a read and the commit that follows it, so that a room's own
`transaction` in the same request never waits for it.
"""

from typing import cast

from flask import Flask, g
from flask_security.datastore import SQLAlchemyUserDatastore
from sqlalchemy.orm import Session

from psot import database
from psot.members.models import Member, MemberRole

_HELD = "_members_session"


class RequestSession:
    """What Flask-Security calls ``db``."""

    @property
    def session(self) -> Session:
        """The session of this request, made at the first call."""
        held: Session | None = g.get(_HELD)
        if held is None:
            held = database.current().session()
            setattr(g, _HELD, held)
        return held


class Accounts(SQLAlchemyUserDatastore):
    """Flask-Security's datastore over our tables."""

    def __init__(self) -> None:
        super().__init__(RequestSession(), Member, MemberRole)

    @property
    def session(self) -> Session:
        """The session of this request."""
        return cast("Session", self.db.session)

    def signed_in(self, uniquifier: str) -> Member | None:
        """Return the active member of a session, and let the connection go at once."""
        member = self.find_user(fs_uniquifier=uniquifier)
        self.session.commit()
        return member if isinstance(member, Member) and member.active else None


def install(app: Flask) -> None:
    """Close the session of every request at its end; what was not committed is undone."""

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        held = g.pop(_HELD, None)
        if held is not None:
            held.close()
