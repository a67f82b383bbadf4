"""Recordings in tests: one on the page, and a player that tells what it is told to tell."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from psot import clock
from psot.config import Settings
from psot.recordings import operations
from psot.recordings.values import Chapter, Words
from scoring.watch import Span, write_segments
from tests.web import Browser, database_of, sign_in

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
MINUTE = 60_000
WEBM = b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 40
SUBTITLES = "WEBVTT\n\n00:01.000 --> 00:04.000\nКаска ждёт хозяина\n\n00:05.000 --> 00:08.000\nДа\n"


def put_file(app: Flask, name: str, data: bytes = WEBM) -> Path:
    """Put a file into the own folder of recordings."""
    settings: Settings = app.extensions["psot.settings"]
    path = settings.data_dir.resolve() / "recordings" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def a_recording(
    app: Flask,
    slug: str = "helmets",
    *,
    publish: bool = True,
    hosts: tuple[str, ...] = (),
    **changes: Any,
) -> str:
    """Make a recording of 50 minutes; its file is in the folder."""
    details: dict[str, Any] = {
        "title": Words(texts={"ru": "Каски", "en": "Helmets"}),
        "about": Words(texts={"ru": "О касках.", "en": "On helmets."}),
        "recorded_on": date(2026, 11, 2),
        "topics": ("ppe",),
        "length_ms": 50 * MINUTE,
        "file": f"{slug}.webm",
        "chapters": (Chapter(at_ms=0, title=Words(texts={"ru": "Начало", "en": "Beginning"})),),
        "subtitles": {"ru": SUBTITLES},
    } | changes
    if details.get("file"):
        put_file(app, details["file"])
    with app.test_request_context(), database_of(app).begin() as session:
        draft = operations.Draft(slug=slug, **details)
        operations.save(session, draft, editor=None, now=START, hosts=hosts)
        if publish:
            operations.publish(session, slug=slug, editor=None, now=START)
    return slug


class Player:
    """A member's player: it opens a viewing and tells whatever it is told to tell."""

    def __init__(self, browser: Browser, slug: str, at: datetime = START) -> None:
        self.browser, self.slug, self.at = browser, slug, at
        self.number = 0
        with self.moment():
            answer = browser.post(f"/recordings/{slug}/viewings", json={}, headers=JSON)
        assert answer.status_code == 200, answer.text
        assert answer.json
        self.viewing: str = answer.json["viewing"]
        self.status: dict[str, Any] = answer.json["status"]

    @contextmanager
    def moment(self) -> Iterator[None]:
        with clock.fixed(self.at):
            yield

    def wait(self, ms: int) -> None:
        """Let real time pass."""
        self.at += timedelta(milliseconds=ms)

    def body(self, played: list[Span], **changes: Any) -> dict[str, Any]:
        self.number += 1
        return {
            "verb": "played",
            "number": self.number,
            "session-id": self.viewing,
            "played-segments": write_segments(played),
            "speed": "1x",
            "time": played[-1][1] / 1000 if played else 0,
            "length": 50 * 60,
        } | changes

    def send(self, body: dict[str, Any]) -> Any:
        with self.moment():
            address = f"/recordings/viewings/{self.viewing}/reports"
            answer = self.browser.post(address, json=body, headers=JSON)
        if answer.status_code == 200:
            assert answer.json
            self.status = answer.json["status"]
        return answer

    def tell(self, *played: Span, **changes: Any) -> Any:
        """Tell that ``played`` was played since the last report."""
        return self.send(self.body(list(played), **changes))

    def watch(self, start: int, end: int, *, step: int = 30_000, answering: bool = True) -> None:
        """Watch honestly at speed 1, answering every check (or none)."""
        for at in range(start, end, step):
            to = min(at + step, end)
            self.wait(to - at)
            self.tell((at, to))
            if answering and self.status["check"]:
                self.answer()

    def answer(self, check: str = "") -> Any:
        address = check or self.status["check"]["answer"]
        with self.moment():
            answer = self.browser.post(address, json={}, headers=JSON)
        if answer.status_code == 200:
            assert answer.json
            self.status = answer.json["status"]
        return answer


JSON = {"Accept": "application/json"}


@pytest.fixture
def member(app: Flask) -> Browser:
    """A signed-in member."""
    return sign_in(app)


@pytest.fixture
def editor(app: Flask) -> Browser:
    """A signed-in editor."""
    return sign_in(app, roles=("editor",))
