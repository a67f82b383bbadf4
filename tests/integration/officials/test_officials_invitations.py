"""Invitations: a link is made, opened, counted by what came of it, and revoked."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from structlog.testing import capture_logs

from psot import clock
from psot.members.models import Member
from psot.officials.models import InvitationLink
from tests.integration.members.conftest import newcomer
from tests.officials import learn, opened, people
from tests.web import Browser, database_of, sign_in

NAME = "Письмо главам муниципалитетов, ноябрь"


def official(app: Flask, region: str = "RU-TYU") -> Browser:
    return sign_in(app, roles=("official",), region=region, official_region=region, language="en")


def make(browser: Browser, *, path: str = "/official/invitations", **other: Any) -> Any:
    return browser.post(path, data={"name": NAME, "days": "90", **other})


def made(app: Flask) -> InvitationLink:
    with database_of(app).begin() as session:
        return session.scalars(select(InvitationLink)).one()


def visitor(app: Flask) -> Browser:
    browser = app.test_client()
    assert isinstance(browser, Browser)
    return browser


def figures(browser: Browser, invitation: UUID) -> list[str]:
    """What the page of an invitation counts, in its order."""
    page = browser.get(f"/official/invitations/{invitation}").get_data(as_text=True)
    return re.findall(r"<dd>([^<]+)</dd>", page)


def test_an_official_makes_a_link_with_a_source_mark(app: Flask) -> None:
    browser = official(app)

    answer = make(browser)

    link = made(app)
    assert answer.headers["Location"] == f"/official/invitations/{link.id}"
    assert (link.region, link.name, link.made_by) == ("RU-TYU", NAME, browser.member_id)
    assert link.expires_at - link.made_at == timedelta(days=90)
    page = browser.get(f"/official/invitations/{link.id}?in=ru").get_data(as_text=True)
    assert f"http://localhost/join/{link.code}" in page
    assert "Уважаемые коллеги!" in page
    assert "<svg" in page
    assert NAME in browser.get("/official/invitations").get_data(as_text=True)


def test_the_letter_is_there_in_english_too(app: Flask) -> None:
    browser = official(app)
    make(browser)

    page = browser.get(f"/official/invitations/{made(app).id}?in=en").get_data(as_text=True)

    assert "Dear colleagues," in page


@pytest.mark.parametrize(
    "other",
    [{"name": ""}, {"name": "x" * 121}, {"name": "a\u202eb"}, {"days": "3650"}, {"days": "x"}],
)
def test_an_invitation_that_does_not_fit_is_not_made(app: Flask, other: dict[str, str]) -> None:
    answer = make(official(app), **other)

    assert answer.status_code == 200
    with database_of(app).begin() as session:
        assert session.scalars(select(InvitationLink)).all() == []


def test_who_opens_the_link_and_registers_is_counted_under_it(app: Flask) -> None:
    browser = official(app)
    make(browser)
    link = made(app)
    people(app, 4, came_by=link.id)
    guest = visitor(app)

    answer = guest.get(f"/join/{link.code}")
    assert answer.headers["Location"] == "/register"
    assert figures(browser, link.id) == ["1", "fewer than 5", "fewer than 5", "fewer than 5"]
    guest.post("/register", data=newcomer())

    assert figures(browser, link.id)[:2] == ["1", "5"]
    with database_of(app).begin() as session:
        ivan = session.scalars(select(Member).where(Member.email == "ivan@example.org")).one()
        assert ivan.came_by == link.id


def test_the_mark_is_used_up_by_the_first_who_registers(app: Flask) -> None:
    make(official(app))
    guest = visitor(app)
    guest.get(f"/join/{made(app).code}")

    guest.post("/register", data=newcomer())
    guest.post("/register", data=newcomer(email="petr@example.org"))

    with database_of(app).begin() as session:
        marks = {
            row.email: row.came_by is not None
            for row in session.scalars(select(Member))
            if row.email in {"ivan@example.org", "petr@example.org"}
        }
    assert marks == {"ivan@example.org": True, "petr@example.org": False}


def test_a_browser_is_counted_once_however_often_it_opens_the_link(app: Flask) -> None:
    make(official(app))
    guest = visitor(app)

    for _ in range(3):
        guest.get(f"/join/{made(app).code}")

    assert made(app).arrivals == 1


def test_a_form_cannot_say_by_which_invitation_somebody_came(app: Flask) -> None:
    make(official(app))
    link = made(app)

    visitor(app).post("/register", data=newcomer(came_by=str(link.id)))

    with database_of(app).begin() as session:
        ivan = session.scalars(select(Member).where(Member.email == "ivan@example.org")).one()
        assert ivan.came_by is None


def test_a_link_revoked_expired_or_never_made_leads_to_registration_uncounted(app: Flask) -> None:
    browser = official(app)
    make(browser)
    link = made(app)
    browser.post(f"/official/invitations/{link.id}/revoke")

    for code in (link.code, "nobodymadeit"):
        answer = visitor(app).get(f"/join/{code}")
        assert answer.headers["Location"] == "/register"

    assert made(app).arrivals == 0
    page = browser.get(f"/official/invitations/{link.id}").get_data(as_text=True)
    assert f"/join/{link.code}" not in page


def test_a_link_holds_as_long_as_it_was_made_for(app: Flask) -> None:
    make(official(app), days="30")
    code = made(app).code

    with clock.fixed(clock.now() + timedelta(days=31)):
        visitor(app).get(f"/join/{code}")

    assert made(app).arrivals == 0


def test_a_member_who_opens_the_link_is_led_home_uncounted(app: Flask) -> None:
    make(official(app))

    answer = sign_in(app).get(f"/join/{made(app).code}")

    assert answer.headers["Location"] == "/"
    assert made(app).arrivals == 0


def test_another_regions_official_neither_sees_nor_revokes_it(app: Flask) -> None:
    make(official(app))
    link = made(app)
    stranger = official(app, "RU-MOW")

    assert stranger.get(f"/official/invitations/{link.id}").status_code == 404
    assert stranger.post(f"/official/invitations/{link.id}/revoke").status_code == 404
    assert make(stranger, path="/official/invitations?region=RU-TYU").status_code == 404
    assert made(app).revoked_at is None


def test_what_came_of_it_is_counted_up_to_becoming_active(app: Flask) -> None:
    database = opened(app)
    browser = official(app)
    make(browser)
    link = made(app)
    came = people(app, 12, came_by=link.id)
    learn(database, came[:6])

    assert figures(browser, link.id) == ["0", "12", "12", "6"]


def test_every_change_is_a_line_in_the_security_log_without_the_code(app: Flask) -> None:
    browser = official(app)

    with capture_logs() as lines:
        make(browser)
        browser.post(f"/official/invitations/{made(app).id}/revoke")

    told = [one for one in lines if one["event"].startswith("invitation_")]
    assert [one["event"] for one in told] == ["invitation_made", "invitation_revoked"]
    assert all(one["member"] == str(browser.member_id) for one in told)
    assert made(app).code not in str(told)


def test_the_door_of_links_is_not_for_guessing(app: Flask) -> None:
    guest = visitor(app)

    answers = [guest.get(f"/join/guess{number}").status_code for number in range(61)]

    assert answers[-1] == 429
