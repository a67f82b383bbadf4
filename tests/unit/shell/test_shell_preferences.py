from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from psot import shell
from psot.shell.pages import inside
from psot.shell.reader import Reader


def language_of(page: str) -> str:
    """Return the language a page says it is written in."""
    return page.partition('<html lang="')[2][:2]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("", "ru"), ("en-GB,en;q=0.9", "en"), ("de", "ru"), ("ru-RU,en;q=0.5", "ru")],
)
def test_a_first_visit_speaks_what_the_browser_asks_for_else_russian(
    visitor: FlaskClient, asked: str, expected: str
) -> None:
    page = visitor.get("/", headers={"Accept-Language": asked}).text

    assert language_of(page) == expected


def test_what_was_chosen_is_kept_and_the_reader_returns_to_the_same_page(
    visitor: FlaskClient,
) -> None:
    answer = visitor.post(
        "/preferences",
        data={"language": "en", "theme": "dark", "zone": "Asia/Omsk", "next": "/ratings?page=2"},
    )
    page = visitor.get("/").text

    assert (answer.status_code, answer.location) == (303, "/ratings?page=2")
    assert '<html lang="en" data-theme="dark">' in page
    assert "MSK+3" in page


def test_nonsense_is_not_kept(visitor: FlaskClient) -> None:
    answer = visitor.post(
        "/preferences", data={"language": "xx", "theme": "<b>", "zone": "Mars/Olympus"}
    )

    assert answer.headers.getlist("Set-Cookie") == []


def test_our_own_script_gets_no_page_back(visitor: FlaskClient) -> None:
    answer = visitor.post(
        "/preferences", data={"theme": "light"}, headers={"X-Requested-With": "fetch"}
    )

    assert (answer.status_code, answer.data) == (204, b"")


def test_a_zone_outside_the_list_stays_chosen(visitor: FlaskClient) -> None:
    visitor.post("/preferences", data={"zone": "Asia/Tomsk"})
    page = visitor.get("/preferences").text

    assert '<option value="Asia/Tomsk" selected>' in page


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "", "/\nSet-Cookie:", "x"],
)
def test_nobody_is_led_out_of_the_house(target: str) -> None:
    assert inside(target) == "/"


def test_a_members_own_language_and_zone_count_more_than_the_browsers(member_house: Flask) -> None:
    client = member_house.test_client()
    client.set_cookie("psot_language", "en")
    client.set_cookie("psot_zone", "Asia/Omsk")
    page = client.get("/").text

    assert language_of(page) == "ru"
    assert "МСК+2" in page


def test_a_members_choice_is_handed_to_whoever_keeps_members(member_house: Flask) -> None:
    kept: list[tuple[str, str, str]] = []

    def keeper(member: Reader, language: str, zone: str) -> None:
        kept.append((member.display_name, language, zone))

    shell.keep_for_members(member_house, keeper)
    client = member_house.test_client()
    client.post("/preferences", data={"language": "en"})
    client.post("/preferences", data={"theme": "dark"})
    client.post("/preferences", data={"zone": "Asia/Omsk", "language": "xx"})

    assert kept == [("Козлов Е. Н.", "en", ""), ("Козлов Е. Н.", "", "Asia/Omsk")]


@pytest.fixture
def broken_house(house: Flask) -> Iterator[Flask]:
    """Return a house whose database does not answer who is signed in."""

    def fail(_request: object) -> None:
        raise OperationalError("select", {}, Exception("connection refused"))

    house.login_manager.request_loader(fail)  # type: ignore[attr-defined]  # Flask-Login puts it there
    return house


def test_the_page_about_a_lost_database_does_not_ask_the_database(broken_house: Flask) -> None:
    answer = broken_house.test_client().get("/fault/503", headers={"Accept-Language": "en"})

    assert answer.status_code == 503
    assert "Nothing you sent was accepted" in answer.text
    assert "Sign in" in answer.text
