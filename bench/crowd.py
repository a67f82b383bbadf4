"""The crowd of `bench/race.py`: a field of racers and its spectators in one light process.

    python -m bench.crowd '{"ports": [...], "origin": ..., "redis": ..., "race": ..., "seats": ...}'

It hears orders on its input and answers each with a line of JSON; `Crowd` tells which. ``seats`` is
the path of a file of JSON lines: bib, member, seat. Without a race it is a crowd of callers of a
bare server.
"""

import json
import sys
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from redis import Redis

from bench.crowd_heard import Heard
from bench.crowd_others import Caller, Picture, Spectator
from bench.crowd_racers import Racer, plan
from bench.crowd_sockets import Guest, Sockets
from bench.orders import many_files, obey
from psot.bots.knowledge import by_heart

PATIENCE_S = 60.0
"""So long after the last moment answers are waited for; what is not acknowledged then is lost."""
BEGIN_S = 2.0
ORDERS = ("enter", "watch", "drop", "play", "look", "rest", "told")
"""What the crowd can be told to do: methods of `Crowd`."""
WATCHED = 50
"""Racers who read their own window; the others only receive it."""


class Crowd:
    """Racers and spectators of one race, or callers of a bare server."""

    def __init__(
        self, sockets: Sockets, race: UUID | None, seats: Sequence[dict[str, Any]]
    ) -> None:
        self._sockets, self._race = sockets, race
        self._heard = Heard()
        self.racers: Sequence[Racer | Caller] = []
        self._spectators: list[Spectator] = []
        if race is not None:
            by_heart()  # read before anybody waits
            self.racers = [
                Racer(
                    seat, race, sockets, self._heard, watched=nth % (len(seats) // WATCHED + 1) == 0
                )
                for nth, seat in enumerate(seats)
            ]

    # -- orders ---------------------------------------------------------------------------------

    def enter(
        self, *, at_once: int = 200, stalled_s: float = 10.0, every_s: float = 0.0, callers: int = 0
    ) -> dict[str, Any]:
        """Let everybody in who is not in; one begins each ``every_s``."""
        if callers:
            self.racers = [Caller(nth, self._sockets, self._heard) for nth in range(callers)]
        return self._let_in(self._outside(self.racers), at_once, stalled_s, every_s)

    def watch(
        self, *, spectators: int, at_once: int = 50, stalled_s: float = 10.0
    ) -> dict[str, Any]:
        """Let so many spectators in before the public board."""
        assert self._race is not None  # noqa: S101 - a bare server has no board
        board, picture = f"race:{self._race.hex}", Picture(self._heard)
        first = len(self._spectators)
        fresh = [Spectator(first + nth, board, picture) for nth in range(spectators)]
        self._spectators += fresh
        self._heard.boards.watchers = self._heard.course.watchers = len(self._spectators)
        return self._let_in(fresh, at_once, stalled_s, 0.0)

    def drop(self, *, share: float) -> dict[str, Any]:
        """Let a share of the racers fall off."""
        self._sockets.drop(self.racers[: int(share * len(self.racers))])
        return {"held": self._sockets.held}

    def play(self, *, rate: float, seconds: float) -> dict[str, Any]:
        """Let everybody answer, ``rate`` a second of all; returns all figures."""
        began_s = time.monotonic() + BEGIN_S
        for racer, rhythm in zip(self.racers, plan(len(self.racers), rate, seconds), strict=True):
            racer.race(rhythm, began_s)
        self._until(began_s + seconds)
        return self.told()

    def look(self, *, within_s: float) -> dict[str, Any]:
        """Let everybody look once, evenly within a time from now; returns all figures."""
        began_s = time.monotonic() + within_s / 10
        for nth, racer in enumerate(self.racers):
            self._sockets.at(began_s + nth * within_s / len(self.racers), racer)
        self._until(began_s + within_s)
        return self.told()

    def rest(self, *, seconds: float) -> dict[str, Any]:
        """Stay, and answer pings."""
        self._until(time.monotonic() + seconds, patience_s=0.0)
        return {"held": self._sockets.held}

    def told(self) -> dict[str, Any]:
        """Return what was heard until now; ``waiting`` are the bibs of who was not answered."""
        return {
            "held": self._sockets.held,
            "cut": dict(self._sockets.lost),
            "waiting": [one.bib for one in self.racers if one.waits],
            "acknowledged": sorted(self._heard.acknowledged.items()),
            "frames": self._sockets.frames,
            "bytes": self._sockets.bytes,
            "cpu_s": time.process_time(),
            **self._heard.told(),
        }

    # -- inside ---------------------------------------------------------------------------------

    def _outside(self, guests: Sequence[Guest]) -> list[Guest]:
        inside = self._sockets.inside()
        return [one for one in guests if id(one) not in inside]

    def _let_in(
        self, guests: Sequence[Guest], at_once: int, stalled_s: float, every_s: float
    ) -> dict[str, Any]:
        began_s = time.monotonic()
        self._sockets.enter(guests, at_once=at_once, stalled_s=stalled_s, every_s=every_s)
        took_s = time.monotonic() - began_s
        return {"held": self._sockets.held, "took_s": took_s, "cut": dict(self._sockets.lost)}

    def _until(self, end_s: float, *, patience_s: float = PATIENCE_S) -> None:
        """Serve until ``end_s``, then until nobody waits."""
        while time.monotonic() < end_s:
            self._sockets.turn(0.2)
        looked_s = 0.0
        while (now_s := time.monotonic()) < end_s + patience_s:
            self._sockets.turn(0.05)
            if now_s - looked_s > 0.25:  # noqa: PLR2004 - asking ten thousand takes a while
                looked_s = now_s
                if all(one.done for one in self.racers):
                    break


def main() -> None:
    """Read whose crowd it is, and serve it."""
    given = json.loads(sys.argv[1])
    many_files()
    redis = Redis.from_url(given["redis"]) if given.get("redis") else None
    seats = []
    if given.get("race"):
        lines = Path(given["seats"]).read_text(encoding="utf-8").splitlines()
        seats = [json.loads(line) for line in lines]
    sockets = Sockets(given["ports"], given["origin"], redis)
    race = UUID(given["race"]) if given.get("race") else None
    with closing(sockets), suppress(KeyboardInterrupt):
        crowd = Crowd(sockets, race, seats)
        orders = {name: getattr(crowd, name) for name in ORDERS}
        obey(lambda: sockets.turn(0.1), orders)


if __name__ == "__main__":
    main()
