"""Members and their sockets: who is at the other end, and the cut when a session ends."""

import uuid
from collections.abc import Iterable
from typing import cast

from flask import Flask
from sqlalchemy import select

from psot import clock, database
from psot.live import Door, Recognition, Visitor
from psot.members import sessions
from psot.members.models import MemberSession
from psot.members.queries import current_member
from psot.members.signals import session_ended


def install(app: Flask) -> None:
    """Tell the sockets of ``app`` who visits, and cut them with their session."""
    door = cast("Door", app.extensions["psot.live"])
    door.recognition = Recognition(visitor=visitor, alive=alive)

    def cut(key: uuid.UUID, **_: object) -> None:
        door.cut_session(str(key))

    # The app keeps what listens: the signal itself holds it weakly, so it goes with its app.
    app.extensions["psot.members.cut"] = cut
    session_ended.connect(cut)


def visitor() -> Visitor:
    """Return who makes this request, as the live part has to know."""
    viewer, key = current_member(), sessions.current_key()
    if viewer is None or key is None:
        return Visitor()
    return Visitor(
        session=str(key),
        member=viewer.id,
        roles=viewer.roles,
        needs_second_factor=viewer.needs_second_factor,
        language=viewer.language,
    )


def alive(keys: Iterable[str]) -> set[str]:
    """Return those of the session ``keys`` that have not ended."""
    wanted = [uuid.UUID(one) for one in keys]
    with database.transaction() as session:
        found = session.scalars(
            select(MemberSession.key).where(
                MemberSession.key.in_(wanted), MemberSession.expires_at > clock.now()
            )
        )
        return {str(one) for one in found}
