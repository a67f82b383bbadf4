"""Becoming a member."""

import hashlib
from collections.abc import Callable

import pytest
from flask import Flask
from flask_security.confirmable import send_confirmation_instructions
from sqlalchemy import select, text

from psot.members import consents, operations
from psot.members.models import Consent, Mail, Member
from tests.integration.members.conftest import enter, inside, newcomer, words
from tests.web import Browser, a_member, database_of

Mails = Callable[[], list[Mail]]
Link = Callable[[str], str]


def facts(app: Flask) -> list[tuple[str, str]]:
    with database_of(app).begin() as session:
        rows = session.execute(text("SELECT type, data->>'region' FROM ledger_facts ORDER BY seq"))
        return [(kind, region) for kind, region in rows]


def the_member(app: Flask) -> Member:
    with database_of(app).begin() as session:
        return session.scalars(select(Member)).one()


def test_a_newcomer_registers_confirms_and_signs_in(
    app: Flask, client: Browser, link: Link
) -> None:
    answer = client.post("/register", data=newcomer())
    assert answer.headers["Location"] == "/register/sent"
    assert facts(app) == []

    assert client.get(link("/confirm/")).headers["Location"] == "/sign-in"
    assert enter(client).status_code == 302

    assert inside(client)
    assert facts(app) == [("psot.member.registered.v1", "RU-TYU")]


def test_the_link_counts_a_member_once_however_often_it_is_opened(
    app: Flask, client: Browser, link: Link
) -> None:
    client.post("/register", data=newcomer())
    path = link("/confirm/")

    for _ in range(3):
        client.get(path)

    assert len(facts(app)) == 1


def test_who_has_not_confirmed_does_not_get_in(client: Browser) -> None:
    client.post("/register", data=newcomer())

    assert enter(client).status_code == 200
    assert not inside(client)


def test_registering_a_taken_address_looks_the_same_and_only_its_owner_learns_of_it(
    app: Flask, client: Browser, link: Link, mails: Mails
) -> None:
    fresh = client.post("/register", data=newcomer())
    client.get(link("/confirm/"))

    again = app.test_client().post("/register", data=newcomer(email="IVAN@example.org"))

    assert (again.status_code, again.headers["Location"]) == (
        fresh.status_code,
        fresh.headers["Location"],
    )
    assert "/reset" in mails()[-1].body
    assert the_member(app).display_name == "Иван"


@pytest.mark.parametrize("path", ["/reset", "/confirm"])
def test_asking_for_a_letter_answers_the_same_for_known_and_unknown_addresses(
    app: Flask, client: Browser, link: Link, path: str
) -> None:
    client.post("/register", data=newcomer())
    client.get(link("/confirm/"))

    def shown(email: str) -> str:
        return words(app.test_client().post(path, data={"email": email}), email)

    assert shown("ivan@example.org") == shown("nobody@example.org")


def test_wrong_password_and_unknown_address_get_the_same_answer(
    app: Flask, client: Browser, link: Link
) -> None:
    client.post("/register", data=newcomer())
    client.get(link("/confirm/"))

    wrong = enter(app.test_client(), password="не тот пароль совсем")
    unknown = enter(app.test_client(), email="nobody@example.org")

    assert wrong.status_code == unknown.status_code
    assert words(wrong, "ivan@example.org") == words(unknown, "nobody@example.org")


def test_a_consent_is_kept_with_the_hash_of_its_text(app: Flask, client: Browser) -> None:
    client.post("/register", data=newcomer(consent_publish_name="y"))

    with database_of(app).begin() as session:
        kept = {one.purpose: one for one in session.scalars(select(Consent))}
    path = consents.FOLDER / "personal_data.v1.ru.md"

    assert set(kept) == {"personal_data", "publish_name"}
    assert kept["personal_data"].text_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert the_member(app).name_public


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("consent_personal_data", None),
        ("region", "RU-XXX"),
        ("region", ""),
        ("display_name", ""),
        ("display_name", "   "),
        ("password", "password12345"),
        ("password", "короткий"),
        ("password", "Иван-ivan-ПСОТ"),
        ("email", "not an address"),
        ("timezone", "Mars/Olympus"),
        ("language", "de"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(
    app: Flask, client: Browser, field: str, value: str | None
) -> None:
    form = {name: one for name, one in newcomer(**{field: value}).items() if one is not None}

    answer = client.post("/register", data=form)

    assert answer.status_code == 200
    assert "field-wrong" in answer.get_data(as_text=True)
    with database_of(app).begin() as session:
        assert session.scalars(select(Member)).all() == []


def test_no_consent_is_ticked_beforehand(client: Browser) -> None:
    assert "checked" not in client.get("/register").get_data(as_text=True).split("<main")[1]


def test_links_in_mails_lead_to_our_address_whatever_host_was_named(
    app: Flask, mails: Mails
) -> None:
    with database_of(app).begin() as session:
        member = a_member(session)

    with app.test_request_context("/confirm", base_url="http://evil.example"):
        send_confirmation_instructions(member)
        app.process_response(app.response_class())

    assert "evil.example" not in mails()[-1].body
    assert "http://localhost/confirm/" in mails()[-1].body


@pytest.mark.parametrize(("language", "word"), [("ru", "Здравствуйте"), ("en", "Hello")])
def test_a_mail_speaks_the_language_of_its_reader(
    app: Flask, mails: Mails, language: str, word: str
) -> None:
    with database_of(app).begin() as session:
        a_member(session, email="ivan@example.org", language=language)
    other = {"ru": "en", "en": "ru"}[language]

    app.test_client().post(
        "/reset", data={"email": "ivan@example.org"}, headers={"Accept-Language": other}
    )

    assert word in mails()[-1].body
    assert ("ПСОТ" in mails()[-1].subject) == (language == "ru")


def test_a_new_password_by_mail_ends_every_session_and_its_link_works_once(
    app: Flask, client: Browser, link: Link
) -> None:
    client.post("/register", data=newcomer())
    client.get(link("/confirm/"))
    enter(client)
    stranger = app.test_client()

    stranger.post("/reset", data={"email": "ivan@example.org"})
    path = link("/reset/")
    new = {"password": "пять рыжих котов спят", "password_confirm": "пять рыжих котов спят"}
    assert stranger.post(path, data=new).headers["Location"] == "/sign-in"

    assert not inside(client)
    assert enter(client).status_code == 200
    assert enter(client, password=new["password"]).status_code == 302
    assert app.test_client().post(path, data=new).headers["Location"] == "/reset"


def test_the_zone_is_that_of_the_region_unless_chosen(app: Flask, client: Browser) -> None:
    client.post("/register", data=newcomer())

    assert the_member(app).timezone == "Asia/Yekaterinburg"


def test_a_member_who_moves_says_so_to_the_ledger(app: Flask, client: Browser, link: Link) -> None:
    client.post("/register", data=newcomer())
    client.get(link("/confirm/"))
    enter(client)

    form = {"display_name": "Иван", "region": "RU-ALT", "language": "ru", "timezone": ""}
    assert client.post("/me/settings", data=form).status_code == 303
    assert client.post("/me/settings", data=form).status_code == 303

    assert facts(app)[1:] == [("psot.member.moved.v1", "RU-ALT")]


def test_an_address_is_changed_only_through_a_letter_to_the_new_one(
    app: Flask, client: Browser, link: Link
) -> None:
    client.post("/register", data=newcomer())
    client.get(link("/confirm/"))
    enter(client)

    client.post("/me/email", data={"email": "Ivan.New@example.org"})
    assert the_member(app).email == "ivan@example.org"
    client.get(link("/me/email/"))

    assert the_member(app).email == "ivan.new@example.org"


def test_two_accounts_never_share_an_address_even_at_the_same_moment(app: Flask) -> None:
    details = operations.Details(display_name="Иван", region="RU-TYU")
    with database_of(app).begin() as session:
        operations.create(session, details, email="one@example.org")

    with database_of(app).begin() as session:
        found = operations.find_by_email(session, "ONE@example.org ")

    assert found is not None
