"""What protects every page alike."""

from pathlib import Path

import pytest
from flask import Flask, redirect
from werkzeug.wrappers import Response

from tests.web import Browser, database_of, make_app, make_settings, sign_in

PAGES = ["/", "/sign-in", "/register", "/nowhere", "/me/sessions"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(client: Browser, path: str) -> None:
    headers = client.get(path).headers

    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_no_source_but_our_own_and_nothing_inline(client: Browser) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]

    assert not any(word in policy for word in ("unsafe", "http", "*", "data:", "blob:"))


def test_over_tls_browsers_are_told_to_stay_there(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    app = make_app(
        make_settings(database_url, redis_url, tmp_path, base_url="https://psot.example")
    )

    headers = app.test_client().get("/sign-in").headers
    database_of(app).close()

    assert headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_without_tls_they_are_not(client: Browser) -> None:
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers


@pytest.mark.parametrize("path", ["/", "/me/sessions", "/me/settings", "/quizzes"])
def test_a_member_s_pages_stay_in_no_cache(app: Flask, path: str) -> None:
    assert sign_in(app).get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/sign-in", "/register", "/reset", "/confirm", "/sign-out", "/preferences"]
)
def test_an_unsafe_method_without_the_token_is_refused(client: Browser, path: str) -> None:
    client.careless = True

    assert client.post(path, data={"email": "ivan@example.org"}).status_code == 400


def test_the_token_of_another_session_does_not_do(app: Flask) -> None:
    mine, theirs = sign_in(app), app.test_client()
    with theirs.session_transaction() as session:
        session["csrf_token"] = "a" * 40
    theirs.careless = True

    answer = theirs.post("/register", headers={"X-CSRFToken": mine.csrf_token()})

    assert answer.status_code == 400


def test_nobody_is_asked_to_wait_who_may_go_on(client: Browser) -> None:
    answer = client.post(
        "/sign-in", data={"email": "ivan@example.org", "password": "не тот пароль"}
    )

    assert answer.status_code == 200
    assert "Retry-After" not in answer.headers


def test_a_redirect_to_ourselves_names_no_host(app: Flask, client: Browser) -> None:
    def away() -> Response:
        return redirect("http://localhost/quizzes?page=2")

    app.view_functions["shell.home"] = away

    assert client.get("/").headers["Location"] == "/quizzes?page=2"


@pytest.mark.parametrize("path", ["/register", "/sign-in", "/reset", "/documents/personal_data"])
def test_no_page_has_script_style_or_handlers_of_its_own(client: Browser, path: str) -> None:
    page = client.get(path).get_data(as_text=True)

    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    assert "javascript:" not in page


def test_no_request_searches_for_limits_that_are_not_its_own(app: Flask) -> None:
    named = [getattr(one, "__qualname__", "") for one in app.before_request_funcs[None]]

    assert named
    assert not [one for one in named if "limit" in one.lower()]


def test_the_token_of_the_header_decides_and_no_form_is_looked_for(client: Browser) -> None:
    good = client.csrf_token()
    sent = [
        client.post("/live/ticket", headers={"X-CSRFToken": header}, data={"csrf_token": field})
        for header, field in ((good, "made up"), ("made up", good), ("", good))
    ]

    assert [one.status_code for one in sent] == [200, 400, 200]
