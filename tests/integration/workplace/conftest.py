"""The virtual workplace in tests: a small shop in the library, members who play it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from psot import clock
from psot.library import operations as library
from scoring.workplace import best_actions
from tests.web import Browser, a_member, database_of, sign_in
from tests.workplace import mini, mini_course

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
JSON = {"Accept": "application/json"}


def put_on_shelf(app: Flask, row: dict[str, Any] | None = None, *, now: datetime = START) -> str:
    """Publish a scenario as editors do: one writes, another publishes."""
    body = {key: value for key, value in (row or mini()).items() if key != "version"}
    name: str = body["id"]
    with app.test_request_context(), database_of(app).begin() as session:
        author, reviewer = (a_member(session, roles=("editor",)).id for _ in range(2))
        library.create_draft(
            session,
            kind="scenario",
            name=name,
            body=body,
            by=author,
            now=now,
            pack="start",
            topic=body["topics"][0],
        )
        library.submit(session, kind="scenario", name=name, by=author, now=now)
        library.publish(session, kind="scenario", name=name, by=reviewer, now=now)
    return name


class Player:
    """A member in a run of the small shop."""

    def __init__(
        self,
        app: Flask,
        *,
        mode: str = "practice",
        seed: int | None = 1,
        at: datetime = START,
        browser: Browser | None = None,
        code: str = "",
    ) -> None:
        self.app = app
        self.browser = browser or sign_in(app)
        self.at = at
        with self.moment():
            if code:
                answer = self.browser.post(f"/workplace/join/{code}")
            else:
                form = {"mode": mode} | ({"seed": str(seed)} if seed is not None else {})
                answer = self.browser.post("/workplace/mini/runs", data=form)
        assert answer.status_code == 303, answer.text
        self.address: str = answer.headers["Location"]
        self.run = UUID(self.address.rsplit("/", 1)[-1])
        self.nth = 0

    @contextmanager
    def moment(self) -> Iterator[None]:
        with clock.fixed(self.at):
            yield

    def wait(self, **time: float) -> None:
        """Let real time pass."""
        self.at += timedelta(**time)

    def get(self, path: str = "") -> Any:
        with self.moment():
            return self.browser.get(self.address + path)

    def send(self, nth: int, **action: Any) -> Any:
        body = {"nth": nth, "action": action}
        with self.moment():
            return self.browser.post(f"{self.address}/actions", json=body, headers=JSON)

    def do(self, kind: str, **action: Any) -> list[dict[str, Any]]:
        """Do something that can be done; returns what it brought about."""
        self.wait(seconds=1)
        answer = self.send(self.nth + 1, kind=kind, **action)
        assert answer.status_code == 200, answer.text
        self.nth += 1
        assert answer.json["answer"]["nth"] == self.nth
        effects: list[dict[str, Any]] = answer.json["answer"]["effects"]
        return effects

    def play(self, actions: list[dict[str, Any]]) -> None:
        """Do everything of a list of actions."""
        for one in actions:
            plain = {key: value for key, value in one.items() if key not in {"at_ms", "kind"}}
            self.do(one["kind"], **plain)

    def stop(self) -> Any:
        with self.moment():
            return self.browser.post(f"{self.address}/stop", headers=JSON)

    def best(self) -> list[dict[str, Any]]:
        """Return what a perfect run of what is present here does."""
        with database_of(self.app).begin() as session:
            wanted = text("SELECT seed FROM workplace_runs WHERE id = :run")
            seed = session.execute(wanted, {"run": self.run}).scalar_one()
        return best_actions(mini_course(seed=seed))

    def state(self) -> dict[str, Any]:
        answer = self.get(".json")
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json
        return told


@pytest.fixture
def shop(app: Flask) -> Flask:
    """An app with the small shop on its shelf."""
    put_on_shelf(app)
    return app


@pytest.fixture
def player(shop: Flask) -> Player:
    """A member who has begun to practise."""
    return Player(shop)
