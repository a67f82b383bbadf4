"""One-use tickets: a page asks for one over HTTP and shows it when its socket connects.

A socket has no request of its own that could be trusted: the ticket ties it to the session that
asked, for one connection, within half a minute. Redis keeps its SHA-256 only.
"""

import hashlib
import secrets
from collections.abc import Sequence
from typing import cast

from gevent.event import Event
from gevent.lock import BoundedSemaphore
from redis import Redis

from psot.company import Company
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
    return Counter(redis).redeem(ticket)


class Counter:
    """Where a process issues and redeems tickets: a crowd's travel to Redis together.

    When a race is about to begin, after a restart or a cut, a whole crowd comes in one moment. One
    alone goes at once; those who come while Redis answers go together next. Both raise RedisError
    where Redis does not tell.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._new: Company[tuple[str, str], None] = Company(self._keep)
        self._shown: Company[str, bytes | None] = Company(
            self._take, waits=Event, turns=BoundedSemaphore
        )

    def issue(self, visitor: Visitor) -> str:
        """Return a new ticket for ``visitor``, once Redis has it."""
        ticket = secrets.token_urlsafe(32)
        self._new.ask((_key(ticket), visitor.dump()))
        return ticket

    def redeem(self, ticket: object) -> Visitor | None:
        """Return whom ``ticket`` was issued to and make it void; None for a used or wrong one."""
        if not isinstance(ticket, str) or len(ticket) != _SHAPE:
            return None
        text = self._shown.ask(_key(ticket))
        return Visitor.load(text) if text else None

    def _keep(self, tickets: Sequence[tuple[str, str]]) -> list[None]:
        pipe = self._redis.pipeline(transaction=False)
        for key, text in tickets:
            pipe.set(key, text, ex=LIFETIME_S)
        pipe.execute()
        return [None] * len(tickets)

    def _take(self, keys: Sequence[str]) -> list[bytes | None]:
        pipe = self._redis.pipeline(transaction=False)
        for key in keys:
            pipe.getdel(key)
        return cast("list[bytes | None]", pipe.execute())


def _key(ticket: str) -> str:
    return f"psot:live:ticket:{hashlib.sha256(ticket.encode()).hexdigest()}"
