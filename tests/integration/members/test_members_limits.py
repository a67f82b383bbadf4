"""How often the doors may be tried."""

from typing import Any

import pytest
from flask import Flask

from tests.integration.members.conftest import enter, newcomer
from tests.integration.members.test_members_sessions import with_password
from tests.web import Browser

WRONG = "совсем не тот пароль"


def test_an_account_is_tried_five_times_a_minute_from_wherever(app: Flask, client: Browser) -> None:
    with_password(app)

    answers = [
        client.post(
            "/sign-in",
            data={
                "email": "Ivan@Example.org" if number % 2 else "ivan@example.org",
                "password": WRONG,
            },
            environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"},
        ).status_code
        for number in range(6)
    ]

    assert answers == [200] * 5 + [429]


def test_even_the_right_password_waits_then(app: Flask, client: Browser) -> None:
    with_password(app)
    for _ in range(5):
        enter(client, password=WRONG)

    answer = enter(client)

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_an_address_tries_twenty_times_a_minute_whatever_the_accounts(client: Browser) -> None:
    answers = [
        enter(client, email=f"member{number}@example.org", password=WRONG).status_code
        for number in range(21)
    ]

    assert answers == [200] * 20 + [429]


def test_limits_hold_in_this_process_while_redis_is_away(
    app: Flask, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_password(app)
    pool = app.extensions["psot.redis"].connection_pool
    monkeypatch.setitem(pool.connection_kwargs, "path", "/nowhere/redis.sock")
    pool.disconnect()

    answers = [enter(client, password=WRONG).status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]


@pytest.mark.parametrize("path", ["/reset", "/confirm"])
def test_nobody_is_flooded_with_letters(client: Browser, path: str) -> None:
    answers = [client.post(path, data={"email": "ivan@example.org"}).status_code for _ in range(4)]

    assert answers == [200] * 3 + [429]


def test_registering_is_limited_too(client: Browser) -> None:
    answers: list[Any] = [
        client.post("/register", data=newcomer(email=f"n{number}@example.org", region="nowhere"))
        for number in range(11)
    ]

    assert [one.status_code for one in answers] == [200] * 10 + [429]
