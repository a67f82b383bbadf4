"""One-use tickets: a page asks for one over HTTP and shows it when its socket connects.

A socket has no request of its own that could be trusted: the ticket ties it to the session that
asked, for one connection, within half a minute. Redis keeps its SHA-256 only.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import cast

from gevent.event import Event
from gevent.lock import BoundedSemaphore
from redis import Redis
from redis.exceptions import RedisError

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


@dataclass(slots=True, eq=False)
class _Company:
    """Tickets that travel to Redis together; ``texts`` has no answers where it gave none."""

    keys: list[str] = field(default_factory=list)
    texts: list[bytes | None] = field(default_factory=list)
    back: Event = field(default_factory=Event)


class Counter:
    """Where a process redeems tickets: those shown while Redis answers travel together next.

    After a restart or a cut a whole crowd shows tickets in one moment. One alone goes at once; the
    first of those who come meanwhile takes all of them along.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._turn = BoundedSemaphore(1)
        self._waiting: _Company | None = None

    def redeem(self, ticket: object) -> Visitor | None:
        """Return whom ``ticket`` was issued to and make it void; None for a used or wrong one.

        Raises RedisError where Redis does not tell.
        """
        if not isinstance(ticket, str) or len(ticket) != _SHAPE:
            return None
        mine, leads = self._waiting, False
        if mine is None:
            mine, leads = _Company(), True
            self._waiting = mine
        place = len(mine.keys)
        mine.keys.append(_key(ticket))
        if leads:
            self._take(mine)
        else:
            mine.back.wait()
        if not mine.texts:
            raise RedisError("the tickets that travelled together are not redeemed")
        text = mine.texts[place]
        return Visitor.load(text) if text else None

    def _take(self, company: _Company) -> None:
        try:
            with self._turn:
                self._waiting = None
                pipe = self._redis.pipeline(transaction=False)
                for key in company.keys:
                    pipe.getdel(key)
                company.texts = cast("list[bytes | None]", pipe.execute())
        finally:
            if self._waiting is company:
                self._waiting = None  # stopped before its turn came
            company.back.set()


def _key(ticket: str) -> str:
    return f"psot:live:ticket:{hashlib.sha256(ticket.encode()).hexdigest()}"
