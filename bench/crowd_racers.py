"""The racers of a crowd: each answers in a rhythm of its own.

A racer's moments follow one another as in life: the next answer is not sent before the last one
was acknowledged, and leaves at once where its moment is over by then. Nobody is a metronome: in a
rhythm of whole quarter seconds every answer would meet the boards' own quarters at the same place.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from bench.crowd_heard import Heard
from bench.crowd_sockets import Line, Sockets
from psot.bots.knowledge import choose

SKILL = 0.85
LOOK_AHEAD_S = 1.0
"""Who has not looked yet does so this long before the first answer."""
AGAIN_S = 0.5
SWAY_S = 0.5
"""An answer leaves up to half of this before or after the beat."""
PASSING = frozenset({"unavailable", "too_many"})
"""Refusals after which the same is sent again."""
AROUND, ECHO, CALLS = 0, 1, 2
"""Numbers of calls: the window's, every echo's, and the first of the others."""


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """When somebody answers: ``count`` times from ``first_s`` on, each ``every_s``."""

    first_s: float
    every_s: float
    count: int


def plan(racers: int, rate: float, seconds: float) -> list[Rhythm]:
    """Return everybody's rhythm: ``rate`` a second of all, evenly, for ``seconds`` from 0.

    >>> [(one.first_s, one.every_s, one.count) for one in plan(2, 1, 5)]
    [(0.0, 2.0, 3), (1.0, 2.0, 2)]
    """
    every_s = racers / rate
    firsts = [number / rate for number in range(racers)]
    return [
        Rhythm(first_s=one, every_s=every_s, count=max(0, -int((one - seconds) // every_s)))
        for one in firsts
    ]


def sway_s(bib: int, nth: int) -> float:
    """Return how far from the beat a racer's ``nth`` answer leaves: the same in every run.

    >>> [round(sway_s(7, nth), 2) for nth in range(4)]
    [-0.11, 0.18, -0.04, 0.25]
    """
    # Fractions of two irrational steps lie evenly, over one racer's answers and over the field.
    return SWAY_S * ((bib * 0.7548776662 + nth * 0.5698402910) % 1.0 - 0.5)


class Racer:
    """One who races; a ``watched`` racer reads the own window, the others only receive it."""

    __slots__ = (
        "_asked",
        "_begun_s",
        "_call",
        "_heard",
        "_held",
        "_line",
        "_nth",
        "_number",
        "_points",
        "_race",
        "_random",
        "_rhythm",
        "_seat",
        "_sent_s",
        "_sockets",
        "_task",
        "_waiting",
        "bib",
        "member",
        "watched",
    )

    def __init__(
        self, seat: Mapping[str, Any], race: UUID, sockets: Sockets, heard: Heard, *, watched: bool
    ) -> None:
        self.bib: int = seat["bib"]
        self.member: UUID | None = UUID(seat["member"])
        self.watched = watched
        self._race, self._seat = race, f'"race":"{race}","seat":"{seat["seat"]}"'
        self._sockets, self._heard = sockets, heard
        self._random = Random(self.bib)  # noqa: S311 - the same race again
        self._line: Line | None = None
        self._rhythm = Rhythm(first_s=0.0, every_s=0.0, count=0)
        self._begun_s = self._sent_s = 0.0
        self._nth, self._number = 0, CALLS
        self._task: dict[str, Any] | None = None
        self._points: set[str] = set()
        # The call under way, what it says, and whether it waits to be sent once more.
        self._call = self._asked = ""
        self._held = False
        # Own points whose window is awaited, each with the moment of the answer that led there.
        self._waiting: dict[str, float] = {}

    @property
    def waits(self) -> bool:
        """Whether a call is under way."""
        return bool(self._call)

    @property
    def done(self) -> bool:
        """Whether nothing is to come any more."""
        return not self._call and self._nth >= self._rhythm.count

    def race(self, rhythm: Rhythm, begun_s: float) -> None:
        """Race in ``rhythm``, which counts from ``begun_s``."""
        self._rhythm, self._begun_s, self._nth = rhythm, begun_s, 0
        if rhythm.count:
            ahead_s = LOOK_AHEAD_S if self._task is None else 0.0
            self._sockets.at(self._moment_s - ahead_s, self)

    # -- of the crowd ---------------------------------------------------------------------------

    def welcome(self, line: Line) -> None:
        """Open the own window, and say again what was not acknowledged."""
        self._line = line
        line.say(f'42{AROUND}["board.around",{{"board":"race:{self._race.hex}"}}]')
        if self._call:
            self._heard.again += 1
            self._send()

    def cut(self) -> None:
        """Wait for the next connection."""
        self._line = None

    def due(self, now_s: float) -> None:
        """Look or answer; a call under way is waited for."""
        if self._held:
            self._held = False
            self._heard.again += 1
            self._send()
        elif self._call:
            return
        elif self._task is None:
            self._ask("look", f'["race.look",{{{self._seat}}}]')
        else:
            self._heard.late_ms.append(1000 * (now_s - self._moment_s))
            right = self._random.random() < SKILL
            task = self._task
            option = choose(task["text"], task["options"], right=right, random=self._random)
            said = f'"task":{task["number"]},"option":"{option["id"]}"'
            self._ask("answer", f'["race.answer",{{{self._seat},{said}}}]')

    def told(self, payload: bytes, now_s: float) -> None:
        """See the own window, where it is watched and something is awaited of it."""
        if not self._waiting or not payload.startswith(b'42["around.me"'):
            return
        window = json.loads(payload[2:])[1]
        for point in {one["point"] for one in window["splits"]} & self._waiting.keys():
            self._heard.windows_ms.append(1000 * (now_s - self._waiting.pop(point)))

    def acknowledged(self, number: int, body: bytes, now_s: float) -> None:
        """Go on with what the server says; nothing is read of an echo but that it came."""
        if number == ECHO:
            self._heard.echoed += 1
        if number != self._number or not self._call:
            return
        told = json.loads(body)[0]
        if not told["ok"]:
            self._refused(told["error"], now_s)
            return
        call, self._call = self._call, ""
        situation = told["situation"]
        if call == "look":
            self._heard.looks_ms.append(1000 * (now_s - self._sent_s))
            self._points = {one["point"] for one in situation["splits"]}
        else:
            self._heard.answered(self.bib, self._sent_s, now_s, repeated=told["repeated"])
            self._pass(situation["splits"], now_s)
            self._echo(situation["probe"])
            self._nth += 1
        self._task = situation["task"]
        if self._task is None and call == "look" and self._rhythm.count:
            self._heard.idle += 1
            self._nth += 1
        self._go_on(now_s)

    # -- inside ---------------------------------------------------------------------------------

    @property
    def _moment_s(self) -> float:
        beat_s = self._rhythm.first_s + self._nth * self._rhythm.every_s
        return self._begun_s + beat_s + sway_s(self.bib, self._nth)

    def _go_on(self, now_s: float) -> None:
        if self._nth < self._rhythm.count:
            self._sockets.at(max(now_s, self._moment_s), self)

    def _ask(self, call: str, asked: str) -> None:
        self._call, self._asked, self._sent_s = call, asked, time.monotonic()
        self._send()

    def _send(self) -> None:
        # Without a connection it is said as soon as there is one.
        if self._line is not None:
            self._number += 1
            self._line.say(f"42{self._number}{self._asked}")

    def _echo(self, probe: str) -> None:
        if self._line is not None:
            self._heard.echoes += 1
            self._line.say(f'42{ECHO}["race.echo",{{"race":"{self._race}","probe":"{probe}"}}]')

    def _pass(self, splits: list[dict[str, Any]], now_s: float) -> None:
        fresh = [one["point"] for one in splits if one["point"] not in self._points]
        if fresh:
            self._heard.course.passed(fresh, self._sent_s, now_s)
            # A board shows where a racer is: of several points passed at once, the last.
            self._heard.sent_s[self.bib, fresh[-1]] = self._sent_s
            self._points.update(fresh)
            if self.watched:
                self._waiting[fresh[-1]] = self._sent_s

    def _refused(self, error: Mapping[str, Any], now_s: float) -> None:
        self._heard.refused[error["code"]] += 1
        if error["code"] in PASSING:
            self._held = True
            self._sockets.at(now_s + error.get("retry_after_s", AGAIN_S), self)
            return
        self._call, self._task = "", None
        self._nth += 1
        self._go_on(now_s)
