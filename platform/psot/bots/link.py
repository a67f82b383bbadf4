"""The two ways a racer speaks with the product: a socket, and HTTP where there is none."""

from typing import Any, Protocol

from psot.bots.browser import Browser, Lost
from psot.bots.websocket import Hear, Socket


class Link(Protocol):
    """A way to say one of the racer's words: look, answer, away."""

    async def say(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Return the product's answer, whatever it is. Raises Lost."""

    def drop(self) -> None:
        """End the connection without a word."""


class SocketLink:
    """Over the websocket of the race's page."""

    def __init__(self, race: str, socket: Socket) -> None:
        self._race = race
        self.socket = socket

    @classmethod
    async def open(
        cls, race: str, browser: Browser, hear: Hear, boards: tuple[str, ...] = ()
    ) -> "SocketLink":
        """Return a link with a new ticket, watching ``boards``. Raises Lost."""
        answer = await browser.post("/live/ticket", {})
        ticket = answer.json.get("ticket")
        if ticket is None:
            raise Lost(f"no ticket: status {answer.status}")
        socket = await Socket.connect(browser.place, str(ticket), hear)
        for board in boards:
            await socket.ask("board.watch", {"board": board, "have": None})
            await socket.ask("board.around", {"board": board})
        return cls(race, socket)

    async def say(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Send the event ``race.<name>``."""
        return await self.socket.ask(f"race.{name}", {"race": self._race, **payload})

    def drop(self) -> None:
        """End the connection without a word."""
        self.socket.drop()


class HttpLink:
    """One request for every word."""

    PATHS = {"look": "look", "answer": "answers", "echo": "echo", "away": "away"}  # noqa: RUF012 - never changed

    def __init__(self, race: str, browser: Browser) -> None:
        self._race = race
        self._browser = browser

    async def say(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Post to the address of the word."""
        answer = await self._browser.post(f"/races/{self._race}/{self.PATHS[name]}", payload)
        return answer.json

    def drop(self) -> None:
        """Nothing is held open."""
