"""Whoever is turned away is told so in their language, and to come again, each when they may."""

import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from psot.copies import Busy
from psot.copies.busy import SOONEST_S, SPREAD_S
from psot.observability.metrics import EXTENSION
from tests.web import Browser, database_of, make_app, make_settings


def told(app: Flask, path: str = "/races", **more: Any) -> TestResponse:
    return Client(Busy(app), use_cookies=False).open(path, **more)


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        ({}, "ru", "Сейчас здесь очень много читателей"),
        ({"Accept-Language": "en"}, "en", "Very many readers are here right now"),
        ({"Cookie": "psot_language=en"}, "en", "Very many readers are here right now"),
        ({"Cookie": "x=\xff; psot_language=en"}, "en", "Very many readers are here right now"),
    ],
)
def test_a_reader_is_told_in_the_own_language(
    app: Flask, asked: dict[str, str], language: str, title: str
) -> None:
    answer = told(app, headers=asked)

    assert answer.status_code == 503
    assert f'<html lang="{language}"' in answer.text
    assert f"<h1>{title}</h1>" in answer.text
    # Or each browser of the crowd asks for /favicon.ico next, which no door answers cheaply.
    assert 'rel="icon"' in answer.text
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_the_page_looks_again_by_itself_each_at_another_moment(app: Flask) -> None:
    answers = [told(app) for _ in range(100)]
    moments = [re.findall(r'http-equiv="refresh" content="(\d+)"', one.text) for one in answers]

    assert [[one.headers["Retry-After"]] for one in answers] == moments
    assert {int(one) for (one,) in moments} <= set(range(SOONEST_S, SOONEST_S + SPREAD_S))
    assert len({one for (one,) in moments}) > SPREAD_S / 2


@pytest.mark.parametrize(
    ("path", "accept"), [("/api/v1/races", "*/*"), ("/races", "application/json")]
)
def test_a_program_is_told_in_json(app: Flask, path: str, accept: str) -> None:
    answers = [told(app, path, headers={"Accept": accept}) for _ in range(2)]

    for answer in answers:
        assert answer.status_code == 503
        assert answer.is_json
        error = answer.json["error"]  # type: ignore[index]  # it is JSON
        assert error["code"] == "unavailable"
        assert error["request_id"] == answer.headers["X-Request-ID"]
        assert error["message"]
    assert answers[0].headers["X-Request-ID"] != answers[1].headers["X-Request-ID"]


def test_it_carries_the_headers_of_every_answer(client: Browser, app: Flask) -> None:
    usual, answer = client.get("/nowhere"), told(app)
    own = {"Content-Length", "X-Request-ID", "Set-Cookie", "Vary"}

    for name, value in usual.headers:
        assert name in own or answer.headers[name] == value, name
    assert "Set-Cookie" not in answer.headers


def test_over_tls_it_says_so(database_url: str, redis_url: str, tmp_path: Any) -> None:
    app = make_app(
        make_settings(database_url, redis_url, tmp_path, base_url="https://psot.example")
    )
    answer = told(app)
    database_of(app).close()

    assert "Strict-Transport-Security" in answer.headers


def test_it_says_nothing_of_whoever_was_turned_away_before(app: Flask) -> None:
    first = told(
        app,
        "/races/secret-path?q=secret-words",
        headers={"Cookie": "psot=secret-cookie", "X-Request-ID": "secret-id-of-one"},
    )
    second = told(app, "/")

    assert first.headers["X-Request-ID"] == "secret-id-of-one"
    assert "secret" not in first.text + second.text + str(second.headers)


def test_below_a_folder_its_style_is_found(app: Flask) -> None:
    answer = told(app, base_url="http://localhost/below/")

    assert 'href="/below/static/dist/' in answer.text
    assert 'href="/below' not in told(app).text


def test_it_is_counted(app: Flask) -> None:
    for method in ("GET", "HEAD"):
        told(app, method=method)
    registry = app.extensions[EXTENSION].registry
    counted = [
        registry.get_sample_value(
            "psot_http_request_seconds_count",
            {"endpoint": "busy", "method": method, "status": "503"},
        )
        for method in ("GET", "HEAD")
    ]

    assert counted == [1, 1]
