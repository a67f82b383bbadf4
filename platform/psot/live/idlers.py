"""Connections that keep a place without a use: silent from the start, or not letting go."""

from collections.abc import Set as AbstractSet

from psot.live.engine import Engine
from psot.live.sockets import Socket

OUTSIDE_S = 10
"""A connection that was opened and has not come in for so long is cut."""
DYING_S = 5
"""A connection that we closed and that does not end is cut after so long."""


class Idlers:
    """Looks at all connections once in a while, and cuts those that were idle for too long."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._since_s: dict[str, float] = {}

    def look(self, guests: AbstractSet[str], now_s: float) -> None:
        """Look, where ``guests`` are Engine.IO's ids of those who have come in."""
        found = self._found(guests)
        self._since_s = {sid: self._since_s.get(sid, now_s) for sid in found}
        for sid, (socket, limit_s, reason) in found.items():
            if now_s - self._since_s[sid] >= limit_s:
                self._engine.cut(socket, reason)

    def _found(self, guests: AbstractSet[str]) -> dict[str, tuple[Socket, float, str]]:
        sockets = self._engine.stock.sockets
        outside = {sid: (sockets[sid], OUTSIDE_S, "not_in") for sid in sockets.keys() - guests}
        dying = {one.sid: (one, DYING_S, "half_open") for one in self._engine.serving if one.closed}
        return {**outside, **dying}
