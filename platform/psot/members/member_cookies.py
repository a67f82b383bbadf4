"""A member's session as its row tells it: for answers that are given without the app."""

from collections.abc import Mapping
from dataclasses import dataclass

from psot.members import session_store
from psot.members.living import Living, Owner
from psot.members.sessions import DatabaseSessions, held, let_in
from psot.security import csrf


@dataclass(frozen=True, kw_only=True)
class Stay:
    """The session of a member: ``kept`` is what its CSRF tokens are made of."""

    stored: Living
    owner: Owner
    kept: str


def hash_of(sessions: DatabaseSessions, cookies: Mapping[str, str]) -> bytes:
    """Return by what the session of ``cookies`` is found (`living.find`), b"" for a visitor."""
    secret = cookies.get(sessions.cookie, "")
    return session_store.hashed(secret) if secret else b""


def stay(stored: Living | None) -> Stay | None:
    """Return the session ``stored`` of a member who is let in by it.

    None wherever the app has to look: a session that has ended or is half way, a closed account, a
    message that waits to be shown, no token yet.
    """
    if stored is None:
        return None
    values = held(stored)
    owner, kept = let_in(stored.owner, values), values.get(csrf.IN_SESSION)
    if owner is None or not kept or "_flashes" in values:
        return None
    return Stay(stored=stored, owner=owner, kept=kept)
