"""The second factor: set up, asked for, lost, and required of staff."""

import re
from pathlib import Path

import pytest
from flask import Flask
from passlib.totp import TOTP

from psot.members.models import Member
from tests.integration.members.conftest import enter, inside
from tests.integration.members.test_members_sessions import secret, with_password
from tests.web import Browser, database_of, make_app, make_settings, sign_in

STAFF = ("editor", "organizer", "jury", "administrator")


class Phone:
    """An app for one-time codes."""

    def __init__(self, key: str) -> None:
        self.totp = TOTP(key=key.replace("-", "").replace(" ", ""))
        self.time = 0

    def code(self) -> str:
        """The next code that was not shown before."""
        token = self.totp.generate() if not self.time else self.totp.generate(self.time + 30)
        self.time = token.start_time
        return token.token


def set_up(client: Browser) -> Phone:
    """Set up the second factor as a member does, and return the phone."""
    page = client.post("/me/second-factor", data={"setup": "authenticator"}).get_data(as_text=True)
    phone = Phone(re.findall(r"<code>([^<]+)</code>", page)[0])
    path = re.search(r'action="(/me/second-factor/[^"]+)"', page)
    assert path is not None
    answer = client.post(path[1], data={"code": phone.code()})
    assert answer.headers["Location"] == "/me/second-factor"
    return phone


def recovery_codes(client: Browser) -> list[str]:
    page = client.post("/me/recovery-codes", data={"generate_new_codes": "1"})
    return re.findall(r"<code>([^<]+)</code>", page.get_data(as_text=True))


def test_who_set_it_up_is_asked_for_a_code_at_the_next_sign_in(app: Flask, client: Browser) -> None:
    member = with_password(app)
    phone = set_up(sign_in(app, member=member.id))

    assert enter(client).headers["Location"].startswith("/sign-in/code")
    assert not inside(client)
    half_way = secret(client)
    client.post("/sign-in/code", data={"code": phone.code()})

    assert inside(client)
    assert secret(client) != half_way


def test_a_code_works_once(app: Flask, client: Browser) -> None:
    member = with_password(app)
    phone = set_up(sign_in(app, member=member.id))
    code = phone.code()
    enter(client)
    client.post("/sign-in/code", data={"code": code})

    thief = app.test_client()
    enter(thief)
    thief.post("/sign-in/code", data={"code": code})

    assert [inside(client), inside(thief)] == [True, False]


def test_a_recovery_code_lets_in_once_when_the_phone_is_lost(app: Flask, client: Browser) -> None:
    member = with_password(app)
    home = sign_in(app, member=member.id)
    set_up(home)
    code = recovery_codes(home)[3]

    enter(client)
    client.post("/sign-in/recovery", data={"code": code})
    again = app.test_client()
    enter(again)
    again.post("/sign-in/recovery", data={"code": code})

    assert [inside(client), inside(again)] == [True, False]


def test_neither_secret_nor_recovery_codes_are_readable_at_rest(app: Flask) -> None:
    client = sign_in(app)
    phone = set_up(client)
    codes = recovery_codes(client)

    with database_of(app).begin() as session:
        member = session.get(Member, client.member_id)
        assert member is not None
        kept = f"{member.tf_totp_secret} {member.mf_recovery_codes}"

    assert phone.totp.base32_key not in kept
    assert not any(code in kept for code in codes)


def test_setting_it_up_changes_the_id_of_the_session_and_ends_the_others(app: Flask) -> None:
    here = sign_in(app)
    there = sign_in(app, member=here.member_id)
    before = secret(here)

    set_up(here)

    assert secret(here) != before
    assert [inside(here), inside(there)] == [True, False]


@pytest.mark.parametrize("role", STAFF)
def test_staff_without_it_get_no_further_than_setting_it_up(app: Flask, role: str) -> None:
    client = sign_in(app, roles=(role,), second_factor=False)

    answer = client.get("/organizer/mails")
    assert answer.headers["Location"] == "/me/second-factor"
    set_up(client)

    assert "/me/second-factor" not in str(client.get("/organizer/mails").headers)


@pytest.mark.parametrize("role", STAFF)
def test_staff_cannot_switch_it_off(app: Flask, role: str) -> None:
    client = sign_in(app, roles=(role,), second_factor=False)
    set_up(client)

    client.post("/me/second-factor", data={"setup": "disable"})

    with database_of(app).begin() as session:
        member = session.get(Member, client.member_id)
        assert member is not None
        assert member.tf_totp_secret


def test_a_member_may_switch_it_off(app: Flask) -> None:
    client = sign_in(app)
    set_up(client)

    client.post("/me/second-factor", data={"setup": "disable"})

    with database_of(app).begin() as session:
        member = session.get(Member, client.member_id)
        assert member is not None
        assert (member.tf_totp_secret, member.tf_last_counter) == (None, None)


def test_the_demo_community_needs_none(database_url: str, redis_url: str, tmp_path: Path) -> None:
    app = make_app(make_settings(database_url, redis_url, tmp_path, demo=True))

    status = sign_in(app, roles=("organizer",), second_factor=False).get("/organizer/mails")
    database_of(app).close()

    assert status.status_code == 200


def test_important_pages_ask_for_the_password_again_after_a_while(app: Flask) -> None:
    client = sign_in(app)
    with client.session_transaction() as session:
        session["fs_paa"] = session["fs_paa"] - 3600

    assert client.get("/me/second-factor").headers["Location"].startswith("/sign-in/again")
