"""The page that gives tickets, in the whole application."""

from typing import cast

import pytest
from flask import Flask
from redis import Redis

from psot.live import Door, tickets
from psot.live.tickets import Counter
from psot.live.visitor import Visitor
from tests.web import Browser, sign_in


def ticket_of(redis: Redis, client: Browser) -> Visitor:
    answer = client.post("/live/ticket")
    assert answer.status_code == 200
    visitor = tickets.redeem(redis, answer.get_json()["ticket"])
    assert visitor is not None
    return visitor


def test_a_member_gets_a_ticket_of_the_own_session(app: Flask, redis: Redis) -> None:
    editor = sign_in(app, roles=("editor",))

    visitor = ticket_of(redis, editor)

    assert visitor.member == editor.member_id
    assert visitor.session
    assert visitor.roles == {"editor"}


def test_anybody_gets_a_ticket_of_nobody(client: Browser, redis: Redis) -> None:
    visitor = ticket_of(redis, client)

    assert (visitor.member, visitor.session, visitor.roles) == (None, "", frozenset())


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_ticket_keeps_the_language_of_the_page(
    client: Browser, redis: Redis, language: str
) -> None:
    answer = client.post("/live/ticket", headers={"Accept-Language": language})
    visitor = tickets.redeem(redis, answer.get_json()["ticket"])

    assert visitor is not None
    assert visitor.language == language


def test_a_ticket_is_not_kept_on_the_way(client: Browser) -> None:
    answer = client.post("/live/ticket")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json()["expires_in_s"] == 30


def test_another_site_cannot_ask_for_a_ticket(client: Browser) -> None:
    client.careless = True

    assert client.post("/live/ticket").status_code == 400


def test_without_redis_there_is_no_ticket_and_that_is_said(app: Flask, client: Browser) -> None:
    door = cast("Door", app.extensions["psot.live"])
    door.tickets = Counter(Redis.from_url("unix:///nowhere/at/all"))

    answer = client.post("/live/ticket", headers={"Accept": "application/json"})

    assert answer.status_code == 503
    assert answer.get_json()["error"]["code"] == "unavailable"
