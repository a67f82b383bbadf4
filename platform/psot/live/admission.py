"""Who is let in: a ticket is shown with the request, before there is a connection.

Whoever has none costs a request and holds nothing. The ticket travels in the query, where alone a
browser can put one: it opens one connection, within half a minute.
"""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qs

import structlog
from redis.exceptions import RedisError

from psot.live.visitor import Visitor
from psot.live.wire.handshake import Refusal

TICKET: Final = "ticket"
NO_TICKET: Final = Refusal("403 FORBIDDEN", "A connection begins with a ticket not used before.")
NO_REDIS: Final = Refusal("503 SERVICE UNAVAILABLE", "Tickets cannot be read at the moment.")

_VISITOR = "psot.visitor"
_log = structlog.get_logger()


def admit(
    environ: dict[str, Any], redeem: Callable[[str], Visitor | None]
) -> dict[str, Any] | Refusal:
    """Return what is kept of a request that asks for a connection, or why it gets none."""
    shown = parse_qs(environ.get("QUERY_STRING", "")).get(TICKET, [""])
    try:
        visitor = redeem(shown[0])
    except RedisError as error:
        _log.warning("live_ticket_not_read", error=str(error))
        return NO_REDIS
    return {_VISITOR: visitor} if visitor else NO_TICKET


def visitor_of(kept: dict[str, Any]) -> Visitor | None:
    """Return whose connection it is, of what `admit` kept: once, as tickets are good for once."""
    visitor: Visitor | None = kept.pop(_VISITOR, None)
    return visitor
