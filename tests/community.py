"""A community in tests: members who ask and answer, and what the ledger was told of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import text

from psot.community import operations
from psot.community.models import Thread
from psot.database import new_id
from tests.web import Browser, database_of, sign_in

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TITLE = "Кто ведёт журнал учёта микроповреждений?"
TEXT = "На участке двенадцать человек.\n\nЖурнал хранит мастер. Так можно?"
REPLY = "Работодатель назначает ответственного приказом, им может быть и мастер."


class Community:
    """What members write, told to the operations directly, each at its own moment."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    @contextmanager
    def session(self) -> Iterator[Any]:
        with self.app.test_request_context(), database_of(self.app).begin() as session:
            yield session

    def ask(self, member: UUID, *, title: str = TITLE, at: datetime = NOW, **other: Any) -> UUID:
        details: dict[str, Any] = {"topic": "microtrauma", "text": TEXT, "id_": uuid4()} | other
        with self.session() as session:
            return operations.ask(session, member=member, title=title, now=at, **details)

    def answer(self, thread: UUID, member: UUID, *, at: datetime = NOW, said: str = REPLY) -> UUID:
        made = uuid4()
        with self.session() as session:
            operations.answer(session, id_=made, thread=thread, member=member, text=said, now=at)
        return made

    def told(self, what: str) -> list[dict[str, Any]]:
        """The facts of one kind on the ledger, in their order."""
        query = text("SELECT data FROM ledger_facts WHERE type = :type ORDER BY seq")
        with self.session() as session:
            rows = session.execute(query, {"type": f"psot.community.{what}.v1"})
            return list(rows.scalars())


def an_answer_unread(app: Flask, author: UUID) -> None:
    """Let a question of ``author`` have an answer that the author has not read yet."""
    with database_of(app).begin() as session:
        session.add(
            Thread(
                id=new_id(),
                author=author,
                topic="service",
                title="Вопрос",
                text="Как?",
                asked_at=NOW,
                seen_at=NOW,
                answered_at=NOW.replace(year=2027),
                active_at=NOW,
            )
        )


def reader(app: Flask, **details: Any) -> Browser:
    """A member who reads English pages."""
    return sign_in(app, language="en", **details)


def me(browser: Browser) -> UUID:
    assert browser.member_id
    return browser.member_id


def hidden_id(page: str) -> str:
    """The id that the form of a page carries."""
    found = re.search(r'<input id="id" name="id" type="hidden" value="([^"]+)"', page)
    assert found
    return found[1]
