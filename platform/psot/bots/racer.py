"""One bot on the course: it looks, thinks, answers, waits, and comes back when it was cut off.

It knows what a page knows: the situation that the server gave with the last acknowledgement.
"""

import asyncio
import html
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from psot.bots.account import Keep, Line
from psot.bots.browser import Browser, Lost
from psot.bots.knowledge import choose
from psot.bots.link import HttpLink, Link, SocketLink
from psot.bots.traits import Traits
from psot.bots.websocket import Hear

Situation = dict[str, Any]
Given = TypeVar("Given")

_CSRF = re.compile(r'<meta name="csrf-token" content="([^"]+)"')
A_PAGE = "/documents/personal_data"
"""A small page of the house: any of them carries the session's CSRF token."""
OVER = frozenset({"finished", "DNS", "DNF", "DSQ", "LAP"})
LOOK_EVERY_S = 3.0
"""On the line, and wherever nothing is known to come by itself."""
SOON_S = 0.03
"""After a moment at which something comes by itself, so that it has come."""
AGAIN_S = (0.3, 1.2)
"""Before the same is tried once more."""

PASSING = frozenset(
    {"off_course", "wrong_stage", "not_entered", "too_many", "unavailable", "error", "taken_over"}
)
"""Refusals that pass: the race is not open yet, or the product is busy with itself."""


class Refused(Exception):  # noqa: N818 - read as a sentence
    """The product refused, and trying again would not help; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def nothing(_name: str, _payload: Any) -> None:
    """Let an event of the server pass."""


@dataclass(kw_only=True)
class Racer:
    """One bot in one race. ``watches`` is called with every new socket, to open its boards.

    ``patience_s`` is how long it tries the same thing before it gives the race up.
    """

    race: str
    number: int
    browser: Browser
    traits: Traits
    random: Random
    keep: Keep
    speed: float = 1.0
    bib: int = 0
    patience_s: float = 600.0
    hear: Hear = nothing
    boards: tuple[str, ...] = ()
    moved: Callable[[int, str, float], None] | None = None
    """Told of every new split: bib, point, and when the answer that led there was sent."""
    met: Counter[str] = field(default_factory=Counter)
    """What happened on the way: lost connections, takeovers, refusals."""
    seat: str = ""
    situation: Situation | None = None
    """What was shown at the last entry."""
    _link: Link | None = None
    _without_socket: bool = False
    _ahead_ms: float = 0.0
    """The server's clock is ahead of ours by so much."""

    async def run(self) -> str:
        """Race to the end; returns the last state, such as "finished". Raises Refused, Lost."""
        situation = self.situation or await self.enter()
        while not over(situation):
            task = situation["task"]
            situation = await (self._answer(situation, task) if task else self._wait(situation))
        self.leave()
        return str(situation["state"])

    async def arrive(self) -> None:
        """Open a page, as a browser does, and connect."""
        if not self.browser.csrf:
            page = await self._insist(lambda: self.browser.get(A_PAGE))
            self.browser.csrf = csrf_of(page.text)
        if self._link is None:
            await self._insist(self._connect)

    def leave(self) -> None:
        """Close the connection."""
        if self._link is not None:
            self._link.drop()
            self._link = None

    # -- the course -----------------------------------------------------------------------------

    async def _answer(self, situation: Situation, task: dict[str, Any]) -> Situation:
        """Think, perhaps lose the connection or the device, and answer."""
        if task["due_ms"] and self.random.random() < self.traits.asleep:
            await self._until(task["due_ms"])
            return await self._look(situation)
        right = self.random.random() < self.traits.skill
        option = choose(task["text"], task["options"], right=right, random=self.random)
        await asyncio.sleep(self.traits.response_s(self.random, task["kind"], self.speed))
        if self.random.random() < self.traits.drops:
            await self._lose_connection()
        elif self.random.random() < self.traits.devices:
            self.met["another device"] += 1
            self.leave()
            await self.enter()
        sent_s = time.monotonic()
        answered = await self._send(task, str(option["id"]), right=right)
        if self.moved is not None:
            seen = {one["point"] for one in situation["splits"]}
            for one in answered["splits"]:
                if one["point"] not in seen:
                    self.moved(self.bib, one["point"], sent_s)
        return answered if over(answered) else await self._echo(answered)

    async def _send(self, task: dict[str, Any], option: str, *, right: bool) -> Situation:
        """Send an answer until it is acknowledged, and write that down."""
        sends = 0
        started_s = time.monotonic()

        async def send() -> dict[str, Any]:
            nonlocal sends, started_s
            sends += 1
            started_s = time.monotonic()
            return await self._say("answer", {"task": task["number"], "option": option})

        try:
            answer = await self._insist(send)
        except Refused as refused:
            self.met[refused.code] += 1
            return await self._look({})
        self.keep(
            Line(
                race=self.race,
                bib=self.bib,
                task=task["number"],
                kind=task["kind"],
                option=option,
                outcome=answer["outcome"],
                right=right,
                repeated=answer["repeated"],
                sends=sends,
                at_ms=round(self._now_ms()),
                took_ms=round((time.monotonic() - started_s) * 1000, 3),
            )
        )
        await asyncio.sleep(self.traits.delay_s(self.random))
        return self._read(answer)

    async def _echo(self, situation: Situation) -> Situation:
        """Send the probe back at once, as pages do; it is worth nothing later."""
        try:
            await self._say("echo", {"probe": situation["probe"]}, seated=False)
        except (Lost, Refused):
            self.met["echo lost"] += 1
        if situation["task"] or situation["hold"]:
            return situation
        return await self._look({})

    async def _look(self, situation: Situation) -> Situation:
        """Send the last probe back at once, and see what there is now."""
        probe = situation.get("probe")
        told = {"probe": probe} if probe else {}
        return self._read(await self._insist(lambda: self._say("look", told)))

    async def _wait(self, situation: Situation) -> Situation:
        """Wait for what comes by itself: the end of a hold, the start; then look."""
        hold = situation["hold"]
        now_ms = self._now_ms()
        known = [hold["until_ms"] if hold else None, situation["start_ms"], situation["zero_ms"]]
        ahead = [one for one in known if one is not None and one > now_ms]
        latest_ms = now_ms + LOOK_EVERY_S * 1000 * self.random.uniform(0.7, 1.3)
        # A hold ends when it is said to end; a start may still be changed.
        await self._until(hold["until_ms"] if hold else min([*ahead, latest_ms]))
        return await self._look(situation)

    # -- saying things --------------------------------------------------------------------------

    async def enter(self) -> Situation:
        """Take the seat, from whatever device had it."""

        async def enter() -> dict[str, Any]:
            answer = await self.browser.post(f"/races/{self.race}/enter", {})
            return _checked(answer.json)

        answer = await self._insist(enter)
        self.seat = answer["seat"]
        self.situation = self._read(answer)
        return self.situation

    async def _say(
        self, name: str, payload: dict[str, Any], *, seated: bool = True
    ) -> dict[str, Any]:
        await asyncio.sleep(self.traits.delay_s(self.random))
        if self._link is None:
            await self._connect()
        assert self._link is not None  # noqa: S101 - `_connect` has made one
        try:
            own = {"seat": self.seat} if seated else {}
            return _checked(await self._link.say(name, {**own, **payload}))
        except Lost:
            self.leave()
            raise
        finally:
            if self._without_socket:
                # Only this once: the next time the socket is tried again.
                self._link, self._without_socket = None, False

    async def _connect(self) -> None:
        if self.traits.over_http:
            self._link = HttpLink(self.race, self.browser)
            return
        try:
            self._link = await SocketLink.open(self.race, self.browser, self.hear, self.boards)
        except Lost:
            # Where sockets are refused the race goes on over HTTP.
            self.met["went on over HTTP"] += 1
            self._without_socket = True
            self._link = HttpLink(self.race, self.browser)

    async def _lose_connection(self) -> None:
        self.met["lost connection"] += 1
        self.leave()
        await asyncio.sleep(self.random.uniform(0.5, 4) / self.speed)

    async def _insist(self, act: Callable[[], Awaitable[Given]]) -> Given:
        """Do ``act`` until the product answers it. Raises what still stands after the patience."""
        deadline_s = time.monotonic() + self.patience_s
        while True:
            try:
                return await act()
            except Lost:
                self.met["not answered"] += 1
                if time.monotonic() > deadline_s:
                    raise
            except Refused as refused:
                if refused.code == "taken_over":
                    self.met["taken over"] += 1
                    await self.enter()
                    continue
                if refused.code not in PASSING or time.monotonic() > deadline_s:
                    raise
                self.met[refused.code] += 1
            await asyncio.sleep(self.random.uniform(*AGAIN_S))

    # -- time -----------------------------------------------------------------------------------

    def _now_ms(self) -> float:
        """Return the server's time."""
        return time.time() * 1000 + self._ahead_ms

    async def _until(self, moment_ms: float) -> None:
        await asyncio.sleep(max(0.0, (moment_ms - self._now_ms()) / 1000) + SOON_S)

    def _read(self, answer: dict[str, Any]) -> Situation:
        situation: Situation = answer["situation"]
        self._ahead_ms = situation["now_ms"] - time.time() * 1000
        return situation


def over(situation: Situation) -> bool:
    """Tell whether nothing is left to do on the course."""
    return situation["state"] in OVER or bool(situation["out"] or situation["closed"])


def csrf_of(page: str) -> str:
    """Return the CSRF token in the head of a page of ours. Raises Lost for another page."""
    found = _CSRF.search(page)
    if found is None:
        raise Lost("a page without a CSRF token")
    return html.unescape(found[1])


def _checked(answer: dict[str, Any]) -> dict[str, Any]:
    """Return ``answer``; raises Refused with its code where it is a refusal."""
    if answer.get("ok"):
        return answer
    error = answer.get("error")
    raise Refused(str(error["code"]) if isinstance(error, dict) else "error")
