"""Outside sign-in against a real provider."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from sqlalchemy import select, text

from psot.members.models import Consent, Member, OutsideIdentity
from tests.integration.members.conftest import inside
from tests.integration.members.test_members_second_factor import set_up
from tests.oidc_provider import CLIENT, SECRET, Person, Provider, provider_running
from tests.web import Browser, database_of, make_app, make_settings, sign_in

REST = {
    "display_name": "Иван",
    "region": "RU-TYU",
    "language": "ru",
    "timezone": "",
    "consent_personal_data": "y",
}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provider_running() as made:
        yield made


@pytest.fixture
def app(database_url: str, redis_url: str, tmp_path: Path, provider: Provider) -> Iterator[Flask]:
    """The application with an outside provider."""
    made = make_app(
        make_settings(
            database_url,
            redis_url,
            tmp_path,
            oidc_issuer=provider.issuer,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,
            oidc_label="Единый вход",
        )
    )
    yield made
    database_of(made).close()


def go(client: Browser) -> Any:
    """Go to the provider and come back, as a browser does."""
    start = client.get("/sign-in/outside")
    with requests.get(start.headers["Location"], allow_redirects=False, timeout=10) as answer:
        back = urlsplit(answer.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def members(app: Flask) -> list[Member]:
    with database_of(app).begin() as session:
        return list(session.scalars(select(Member)))


def test_somebody_new_tells_the_rest_and_is_a_member(app: Flask, client: Browser) -> None:
    assert go(client).headers["Location"] == "/sign-in/outside/arrive"
    page = client.get("/sign-in/outside/arrive").get_data(as_text=True)
    assert "Иван Петров" in page
    assert "checked" not in page.split("<main")[1]
    assert members(app) == []

    client.post("/sign-in/outside/arrive", data=REST)

    assert inside(client)
    (member,) = members(app)
    assert (member.email, member.region, member.password) == ("ivan@example.org", "RU-TYU", None)
    with database_of(app).begin() as session:
        assert session.scalars(select(Consent.purpose)).all() == ["personal_data"]
        assert session.scalar(text("SELECT type FROM ledger_facts")) == "psot.member.registered.v1"


def test_without_the_consent_there_is_no_account(app: Flask, client: Browser) -> None:
    go(client)

    client.post("/sign-in/outside/arrive", data={**REST, "consent_personal_data": ""})

    assert not inside(client)
    assert members(app) == []


def test_the_next_time_they_are_known_by_their_subject_whatever_the_address(
    app: Flask, client: Browser, provider: Provider
) -> None:
    go(client)
    client.post("/sign-in/outside/arrive", data=REST)
    provider.person.email = "moved@example.org"

    again = app.test_client()
    assert go(again).headers["Location"] == "/"

    assert inside(again)
    assert len(members(app)) == 1


def test_an_account_that_exists_is_never_entered_by_its_address(
    app: Flask, client: Browser
) -> None:
    sign_in(app, email="ivan@example.org")

    assert go(client).headers["Location"].startswith("/sign-in?next=")

    assert not inside(client)


def test_its_owner_links_it_and_signs_in_with_it(app: Flask, client: Browser) -> None:
    owner = sign_in(app, email="ivan@example.org")

    assert go(owner).headers["Location"] == "/me/settings"
    go(client)

    assert inside(client)
    with database_of(app).begin() as session:
        assert session.scalars(select(OutsideIdentity.member_id)).all() == [owner.member_id]


def test_an_outside_account_belongs_to_one_member(app: Flask) -> None:
    first, second = sign_in(app), sign_in(app)

    go(first)
    go(second)

    with database_of(app).begin() as session:
        assert session.scalars(select(OutsideIdentity.member_id)).all() == [first.member_id]


def test_our_second_factor_is_asked_for_all_the_same(app: Flask, client: Browser) -> None:
    owner = sign_in(app)
    go(owner)
    set_up(owner)

    assert go(client).headers["Location"].startswith("/sign-in/code")

    assert not inside(client)


@pytest.mark.parametrize("fault", ["issuer", "audience", "nonce", "expired", "signature"])
def test_a_token_that_is_not_right_opens_nothing(
    app: Flask, client: Browser, provider: Provider, fault: str
) -> None:
    provider.faults.add(fault)

    assert go(client).headers["Location"] == "/sign-in"

    assert not inside(client)
    assert members(app) == []


def test_an_address_nobody_vouches_for_counts_for_nothing(
    app: Flask, client: Browser, provider: Provider
) -> None:
    provider.person = Person(email_verified=False)

    assert go(client).headers["Location"] == "/sign-in"

    assert members(app) == []


def test_the_answer_belongs_to_the_browser_that_asked(app: Flask, client: Browser) -> None:
    start = client.get("/sign-in/outside").headers["Location"]
    with requests.get(start, allow_redirects=False, timeout=10) as answer:
        back = urlsplit(answer.headers["Location"])
    victim = app.test_client()

    assert victim.get(f"{back.path}?{back.query}").headers["Location"] == "/sign-in"

    assert not inside(victim)


def test_the_button_shows_where_a_provider_is_set(client: Browser) -> None:
    assert "Единый вход" in client.get("/sign-in").get_data(as_text=True)


def test_a_provider_that_is_away_is_a_sentence_and_not_a_failure(
    client: Browser, provider: Provider
) -> None:
    provider.away = True

    assert client.get("/sign-in/outside").headers["Location"] == "/sign-in"


def test_without_a_provider_there_is_no_such_page(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    app = make_app(make_settings(database_url, redis_url, tmp_path))

    status = app.test_client().get("/sign-in/outside").status_code
    database_of(app).close()

    assert status == 404
