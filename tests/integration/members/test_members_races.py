"""The same thing tried by many at the same moment happens once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from psot.members.models import Mail, Member
from tests.integration.members.conftest import enter, inside, newcomer
from tests.integration.members.test_members_second_factor import recovery_codes, set_up
from tests.integration.members.test_members_sessions import with_password
from tests.web import Browser, database_of, sign_in

MANY = 4


def together(act: Callable[[Any], Any], things: list[Any]) -> list[Any]:
    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(act, things))


def half_way(app: Flask) -> list[Browser]:
    """Browsers of one member that still owe the second factor."""
    browsers = [app.test_client() for _ in range(MANY)]
    for one in browsers:
        enter(one)
    return browsers


def test_one_address_registered_many_times_at_once_is_one_member(
    app: Flask, mails: Callable[[], list[Mail]]
) -> None:
    answers = together(
        lambda client: client.post("/register", data=newcomer()),
        [app.test_client() for _ in range(MANY)],
    )

    assert {one.headers.get("Location") for one in answers} == {"/register/sent"}
    with database_of(app).begin() as session:
        assert session.scalar(select(func.count()).select_from(Member)) == 1
    assert sum("/confirm/" in one.body and "/reset" not in one.body for one in mails()) == 1


def test_a_recovery_code_tried_by_many_at_once_lets_one_in(app: Flask) -> None:
    home = sign_in(app, member=with_password(app).id)
    set_up(home)
    code = recovery_codes(home)[0]
    browsers = half_way(app)

    together(lambda one: one.post("/sign-in/recovery", data={"code": code}), browsers)

    assert sum(inside(one) for one in browsers) == 1


def test_a_one_time_code_tried_by_many_at_once_lets_one_in(app: Flask) -> None:
    phone = set_up(sign_in(app, member=with_password(app).id))
    browsers, code = half_way(app), phone.code()

    together(lambda one: one.post("/sign-in/code", data={"code": code}), browsers)

    assert sum(inside(one) for one in browsers) == 1
