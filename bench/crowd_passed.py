"""When the boards knew that somebody had passed a point: everybody who did, not the leaders alone.

The picture of the course tells how many are in each section. The first board that counts 500 beyond
a station knows of the 500th who passed it, whoever that was, so each passing has its delay. The
rows of leaders say who it was, but leaders pass together: a race has a handful of such moments.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Place = tuple[int, int]
"""A lap and a section of it, in the order of the course."""

SHARE = 0.95
"""A message is on the boards when it is on so many of them."""
_SECTIONS = {"line": 0, "station1": 1, "station2": 2, "range": 3, "loop": 4, "finish": 5}
_BEHIND = {"station1": "station2", "range_entry": "range"}
"""Where whoever has just passed a point is. Ends of laps are left out: a penalty ends by itself."""


def place_behind(point: str) -> Place | None:
    """Return where whoever passes ``point`` comes to, None for a point that is not counted.

    >>> place_behind("lap2.range_entry"), place_behind("lap2.lap_end")
    ((2, 3), None)
    """
    lap, _, name = point.removeprefix("lap").partition(".")
    return (int(lap), _SECTIONS[_BEHIND[name]]) if name in _BEHIND else None


def reached(sections: Iterable[Mapping[str, Any]], place: Place) -> int:
    """Return how many are at ``place`` or beyond.

    >>> reached([{"lap": 1, "section": "range", "count": 4}], (1, 2))
    4
    """
    return sum(one["count"] for one in sections if (one["lap"], _SECTIONS[one["section"]]) >= place)


@dataclass(slots=True)
class Passed:
    """Who passed what when, and what each message of the course's picture counted."""

    watchers: int = 0
    passings: dict[Place, list[tuple[float, float]]] = field(default_factory=dict)
    """When each passing was acknowledged, and when the answer that led there was sent."""
    messages: list[tuple[list[dict[str, Any]], dict[int, float]]] = field(default_factory=list)
    """The sections of each message, and when it came to each of ``watchers``."""

    def passed(self, points: Iterable[str], sent_s: float, now_s: float) -> None:
        """Note that an answer led past ``points``."""
        for place in filter(None, map(place_behind, points)):
            self.passings.setdefault(place, []).append((now_s, sent_s))

    def message(self, sections: list[dict[str, Any]]) -> dict[int, float]:
        """Return where to note who has heard that so many are in each section."""
        self.messages.append((sections, {}))
        return self.messages[-1][1]

    def times_ms(self) -> tuple[list[float], int]:
        """Return how long each passing took to `SHARE` of the watchers, and how many never did."""
        need = math.ceil(SHARE * self.watchers)
        heard = [
            (sections, sorted(moments.values())[need - 1])
            for sections, moments in self.messages
            if len(moments) >= need > 0
        ]
        taken: list[float] = []
        missing = 0
        for place, passings in self.passings.items():
            waiting = [sent_s for _, sent_s in sorted(passings)]
            done = 0
            for sections, moment_s in heard:
                count = max(done, min(len(waiting), reached(sections, place)))
                taken += [1000 * (moment_s - sent_s) for sent_s in waiting[done:count]]
                done = count
            missing += len(waiting) - done
        return taken, missing
