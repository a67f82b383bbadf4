"""What the stories about accounts share: a newcomer's form, and the mails they get."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from psot.members.models import Mail
from tests.web import PASSWORD, Browser, database_of


@pytest.fixture
def mails(app: Flask) -> Callable[[], list[Mail]]:
    """The outbox, the oldest first."""

    def read() -> list[Mail]:
        with database_of(app).begin() as session:
            return list(session.scalars(select(Mail).order_by(Mail.created_at, Mail.id)))

    return read


@pytest.fixture
def link(mails: Callable[[], list[Mail]]) -> Callable[[str], str]:
    """The path of the link in the newest mail that has one beginning like this."""

    def find(start: str) -> str:
        for mail in reversed(mails()):
            found = re.search(rf"http://localhost({start}\S+)", mail.body)
            if found:
                return found[1]
        raise AssertionError(f"no mail with a link to {start}")

    return find


def newcomer(**other: Any) -> dict[str, Any]:
    """What a newcomer writes into the form."""
    return {
        "email": "ivan@example.org",
        "password": PASSWORD,
        "display_name": "Иван",
        "region": "RU-TYU",
        "organization": "",
        "language": "ru",
        "timezone": "",
        "consent_personal_data": "y",
        **other,
    }


def enter(client: Browser, email: str = "ivan@example.org", password: str = PASSWORD) -> Any:
    """Try to sign in with a password."""
    return client.post("/sign-in", data={"email": email, "password": password})


def inside(client: Browser) -> bool:
    """Whether the browser is signed in."""
    return client.get("/me/sessions").status_code == 200


def words(page: Any, *names: str) -> str:
    """The main part of a page without its CSRF tokens and without ``names``."""
    text = page.get_data(as_text=True)
    text = text[text.index("<main") : text.index("</main>")]
    text = re.sub(r'name="csrf_token" value="[^"]*"', "", text)
    for name in names:
        text = text.replace(name, "")
    return text
