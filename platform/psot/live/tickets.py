"""One-use tickets: a page asks for one over HTTP and shows it when its socket connects.

A socket has no request of its own that could be trusted: the ticket ties it to the session that
asked, for one connection, within half a minute. Redis keeps its SHA-256 only.
"""

import hashlib
import secrets
from typing import cast

from redis import Redis

from psot.live.visitor import Visitor

LIFETIME_S = 30
_SHAPE = 43
"""Characters of a ticket: 32 random bytes in URL-safe base64."""


def issue(redis: Redis, visitor: Visitor) -> str:
    """Return a new ticket for ``visitor``."""
    ticket = secrets.token_urlsafe(32)
    redis.set(_key(ticket), visitor.dump(), ex=LIFETIME_S)
    return ticket


def redeem(redis: Redis, ticket: object) -> Visitor | None:
    """Return whom ``ticket`` was issued to and make it void; None for a used, old or wrong one."""
    if not isinstance(ticket, str) or len(ticket) != _SHAPE:
        return None
    text = cast("bytes | None", redis.getdel(_key(ticket)))
    return Visitor.load(text) if text else None


def _key(ticket: str) -> str:
    return f"psot:live:ticket:{hashlib.sha256(ticket.encode()).hexdigest()}"
