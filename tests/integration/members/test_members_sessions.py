"""Sessions: where they live, when they change, how they end."""

import uuid
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import OperationalError

from psot import clock
from psot.members import living, session_store, upkeep, uses
from psot.members.models import Member, MemberSession
from psot.members.sessions import DatabaseSessions
from psot.members.signals import session_ended
from tests.integration.members.conftest import enter, inside
from tests.statements import statements
from tests.web import PASSWORD, Browser, a_member, database_of, make_app, make_settings, sign_in


def rows(app: Flask) -> list[MemberSession]:
    with database_of(app).begin() as session:
        return list(session.scalars(select(MemberSession).order_by(MemberSession.created_at)))


def secret(client: Browser) -> str:
    cookie = client.get_cookie("psot")
    assert cookie is not None
    return cookie.value


def with_password(app: Flask, **details: object) -> Member:
    """A member who can sign in by themselves."""
    with app.app_context(), database_of(app).begin() as session:
        member = a_member(session, email="ivan@example.org", **details)  # type: ignore[arg-type]
        member.password = app.extensions["security"].pwd_context.hash(PASSWORD)
    return member


def test_a_visitor_costs_the_database_no_row(app: Flask, client: Browser) -> None:
    client.get("/")
    client.get("/sign-in")
    client.get("/register")

    assert rows(app) == []


def test_only_the_hash_of_a_session_is_kept(app: Flask) -> None:
    client = sign_in(app)

    (row,) = rows(app)

    assert row.id_hash == session_store.hashed(secret(client))
    with database_of(app).begin() as session:
        everything = str(session.execute(text("SELECT * FROM member_sessions")).all())
    assert secret(client) not in everything


def test_sessions_of_one_moment_are_looked_up_by_one_statement(app: Flask) -> None:
    racer, staff = sign_in(app), sign_in(app, roles=("editor", "official"))
    over = sign_in(app)
    over.post("/sign-out")
    cookies = [secret(racer), "planted by somebody", secret(staff)]
    with database_of(app).begin() as session:
        half_way = session_store.create(
            session, member=None, data="{}", device="", unused_for=timedelta(days=1)
        )[1]
    with statements(database_of(app)) as sent, database_of(app).asking() as rows_:
        found = living.find(rows_, [session_store.hashed(one) for one in [*cookies, half_way]])

    assert len(sent.said) == 1
    assert [one and one.member for one in found] == [racer.member_id, None, staff.member_id, None]
    assert [one is None for one in found] == [False, True, False, False]
    assert found[3] is not None
    assert found[3].owner is None


def test_the_owner_of_a_session_is_the_member_as_the_database_has_them(app: Flask) -> None:
    client = sign_in(app, roles=("editor", "official"), display_name="Анна", language="en")
    with database_of(app).asking() as rows_:
        (found,) = living.find(rows_, [session_store.hashed(secret(client))])
    with database_of(app).begin() as session:
        known = session.get_one(Member, client.member_id)
        held = {(one.member_id, one.name, one.region, one.granted_at) for one in known.roles}

    assert found is not None
    assert found.owner is not None
    assert repr(found.owner) == f"Owner(id={client.member_id})"
    owner = found.owner.member()
    assert {(one.member_id, one.name, one.region, one.granted_at) for one in owner.roles} == held
    fields = [one.key for one in inspect(Member).column_attrs]
    assert {one: getattr(owner, one) for one in fields} == {
        one: getattr(known, one) for one in fields
    }


def test_what_a_page_changes_of_an_owner_is_kept_as_any_members(app: Flask) -> None:
    client = sign_in(app)
    with database_of(app).begin() as session:
        session.get_one(Member, client.member_id).mf_recovery_codes = ["one", "two"]
    with database_of(app).asking() as rows_:
        (found,) = living.find(rows_, [session_store.hashed(secret(client))])
    assert found is not None
    assert found.owner is not None
    with database_of(app).begin() as session:
        member = session.merge(found.owner.member(), load=False)
        assert member.mf_recovery_codes is not None
        member.mf_recovery_codes.remove("one")

    with database_of(app).begin() as session:
        assert session.get_one(Member, client.member_id).mf_recovery_codes == ["two"]


def test_signing_in_gives_a_new_id_whatever_was_there_before(app: Flask, client: Browser) -> None:
    with_password(app)
    client.set_cookie("psot", "planted by somebody")

    enter(client)
    first = secret(client)
    assert first != "planted by somebody"

    client.post("/sign-out")
    enter(client)

    assert secret(client) != first
    assert len(rows(app)) == 1


def test_after_signing_out_the_old_cookie_opens_nothing(app: Flask) -> None:
    client = sign_in(app)
    stolen = secret(client)

    client.post("/sign-out")
    client.set_cookie("psot", stolen)

    assert not inside(client)
    assert rows(app) == []


def test_signing_out_needs_the_token_of_the_page(app: Flask) -> None:
    client = sign_in(app)
    client.careless = True

    assert client.post("/sign-out").status_code == 400
    assert inside(client)


def test_a_member_sees_and_ends_their_own_sessions_only(app: Flask) -> None:
    here = sign_in(app)
    there = sign_in(app, member=here.member_id)
    other = sign_in(app)
    keys = {one.id_hash: one.key for one in rows(app)}
    own_key = keys[session_store.hashed(secret(there))]
    foreign_key = keys[session_store.hashed(secret(other))]

    page = here.get("/me/sessions").get_data(as_text=True)
    assert str(own_key) in page
    assert str(foreign_key) not in page

    here.post(f"/me/sessions/{own_key}/end")
    here.post(f"/me/sessions/{foreign_key}/end")

    assert [inside(one) for one in (here, there, other)] == [True, False, True]


def test_all_others_end_at_once(app: Flask) -> None:
    here = sign_in(app)
    there = sign_in(app, member=here.member_id)

    here.post("/me/sessions/end-others")

    assert [inside(here), inside(there)] == [True, False]


def test_the_end_of_a_session_is_told_to_whoever_listens(app: Flask) -> None:
    client = sign_in(app)
    (row,) = rows(app)
    told: list[tuple[uuid.UUID, uuid.UUID]] = []

    def listen(key: uuid.UUID, *, member: uuid.UUID) -> None:
        told.append((key, member))

    with session_ended.connected_to(listen):
        client.post("/sign-out")

    assert told == [(row.key, client.member_id)]


def test_a_changed_password_gives_this_session_a_new_id_and_ends_the_others(app: Flask) -> None:
    member = with_password(app)
    here = sign_in(app, member=member.id)
    there = sign_in(app, member=member.id)
    before = secret(here)
    new = "пять рыжих котов спят"

    form = {"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    assert here.post("/me/password", data=form).headers["Location"] == "/me/settings"

    assert [inside(here), inside(there)] == [True, False]
    assert secret(here) != before


def test_a_session_unused_for_its_time_is_over(app: Flask) -> None:
    client = sign_in(app)

    with clock.fixed(clock.now() + timedelta(days=15)):
        assert not inside(client)
        assert upkeep.tidy(database_of(app)) == 1

    assert rows(app) == []


def test_a_session_in_use_lives_on_but_not_for_ever(app: Flask) -> None:
    client, start = sign_in(app), clock.now()

    for day in range(0, 90, 10):
        with clock.fixed(start + timedelta(days=day)):
            assert inside(client)

    with clock.fixed(start + timedelta(days=91)):
        assert not inside(client)


def test_a_closed_account_is_out_at_once(app: Flask) -> None:
    client = sign_in(app)
    with database_of(app).begin() as session:
        found = session.get(Member, client.member_id)
        assert found is not None
        found.active = False

    assert not inside(client)


def test_sessions_outlive_redis(app: Flask) -> None:
    client = sign_in(app)

    app.extensions["psot.redis"].flushall()

    assert inside(client)


def test_over_tls_the_cookie_is_bound_to_the_host(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    app = make_app(
        make_settings(database_url, redis_url, tmp_path, base_url="https://psot.example")
    )
    with_password(app)
    client = app.test_client()

    answer = client.post(
        "/sign-in",
        data={"email": "ivan@example.org", "password": PASSWORD},
        base_url="https://psot.example",
        headers={"Referer": "https://psot.example/sign-in"},
    )
    database_of(app).close()

    (cookie,) = [
        one for one in answer.headers.getlist("Set-Cookie") if one.startswith("__Host-psot=")
    ]
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_a_page_that_does_not_look_into_the_session_needs_no_database(app: Flask) -> None:
    client = sign_in(app)
    interface = app.session_interface
    assert isinstance(interface, DatabaseSessions)
    interface.database.close()
    interface.database = None  # type: ignore[assignment]

    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_host(app: Flask, client: Browser, target: str) -> None:
    with_password(app)

    answer = client.post(
        "/sign-in",
        query_string={"next": target},
        data={"email": "ivan@example.org", "password": PASSWORD},
    )

    target = urljoin("http://localhost/sign-in", answer.headers.get("Location", "/"))
    assert urlsplit(target).netloc == "localhost"


def test_a_database_that_falls_silent_in_the_end_costs_the_note_of_use_and_not_the_answer(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(app)
    before = rows(app)[0].last_used_at

    def silent(*_: object, **__: object) -> None:
        raise OperationalError("UPDATE member_sessions", {}, OSError("cut"))

    later = clock.now() + 2 * uses.TOUCH_EVERY
    with monkeypatch.context() as patched, clock.fixed(later):
        patched.setattr(session_store, "touch", silent)
        assert client.get("/").status_code == 200
    assert rows(app)[0].last_used_at == before

    with clock.fixed(later):
        assert client.get("/").status_code == 200
    assert rows(app)[0].last_used_at == later
