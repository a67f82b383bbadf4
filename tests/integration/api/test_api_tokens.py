"""A member makes a token on a page, sees it once, uses it, and takes it back."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from psot.api.operations import MOST_TOKENS
from tests.web import sign_in

SECRET = re.compile(r'value="(psot_[A-Za-z0-9_-]{43})"')
REVOKE = re.compile(r'action="(/me/tokens/[0-9a-f-]{36}/revoke)"')


def make(browser: FlaskClient, **changed: Any) -> str:
    """Send the form that makes a token; gives the page that answers."""
    form = {"name": "report script", "scopes": ["read"], "days": "30"} | changed
    return str(browser.post("/me/tokens", data=form).get_data(as_text=True))


def secret_on(page: str) -> str:
    """The new token that `page` shows."""
    found = SECRET.search(page)
    assert found is not None
    return found[1]


def status(app: Flask, secret: str) -> int:
    """What `GET /me` answers to the token."""
    caller = app.test_client()
    answer = caller.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"})
    return int(answer.status_code)


def test_a_token_is_shown_once_and_works_until_it_is_revoked(app: Flask) -> None:
    browser = sign_in(app)
    secret = secret_on(make(browser))
    assert status(app, secret) == 200

    page = browser.get("/me/tokens").get_data(as_text=True)
    assert "report script" in page
    assert secret not in page
    revoke = REVOKE.search(page)
    assert revoke is not None
    assert browser.post(revoke[1]).status_code == 303

    assert status(app, secret) == 401
    assert REVOKE.search(browser.get("/me/tokens").get_data(as_text=True)) is None


def test_the_page_says_when_a_token_was_last_used(app: Flask) -> None:
    browser = sign_in(app, language="en")
    secret = secret_on(make(browser))
    assert "never used yet" in browser.get("/me/tokens").get_data(as_text=True)

    status(app, secret)

    assert "last used" in browser.get("/me/tokens").get_data(as_text=True)


def test_nobody_revokes_another_member_s_token(app: Flask) -> None:
    owner, stranger = sign_in(app), sign_in(app)
    secret = secret_on(make(owner))
    revoke = REVOKE.search(owner.get("/me/tokens").get_data(as_text=True))
    assert revoke is not None

    assert stranger.post(revoke[1]).status_code == 404
    assert status(app, secret) == 200


def test_a_scope_that_the_role_does_not_give_is_not_to_be_had(app: Flask) -> None:
    participant, organizer = sign_in(app), sign_in(app, roles=("organizer",))

    assert SECRET.search(make(participant, scopes=["operate"])) is None
    assert SECRET.search(make(organizer, scopes=["operate"])) is not None


def test_a_form_that_does_not_fit_makes_no_token(app: Flask) -> None:
    browser = sign_in(app)

    for wrong in ({"name": ""}, {"name": "x" * 61}, {"scopes": []}, {"days": "36500"}):
        assert SECRET.search(make(browser, **wrong)) is None


def test_there_is_an_end_to_how_many_tokens_a_member_has(app: Flask) -> None:
    browser = sign_in(app)
    made = [SECRET.search(make(browser)) for _ in range(MOST_TOKENS + 1)]

    assert all(made[:-1])
    assert made[-1] is None


def test_a_token_is_not_made_without_the_page_s_csrf_token(app: Flask) -> None:
    browser = sign_in(app)
    browser.careless = True

    answer = browser.post("/me/tokens", data={"name": "x", "scopes": ["read"], "days": "30"})

    assert answer.status_code == 400
    assert REVOKE.search(browser.get("/me/tokens").get_data(as_text=True)) is None
