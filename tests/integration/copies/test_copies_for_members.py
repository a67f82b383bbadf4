"""A member's copy is the page the app would have made for that member, name and all."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, flash
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from werkzeug.test import TestResponse

from psot import clock
from psot.copies.asking import LONGEST
from psot.copies.making import MOST_SHOWN
from psot.copies.store import OLDEST_S
from psot.policies import SHARED, SHARED_BY_MEMBERS
from psot.results import leaves
from psot.shell import slots
from tests.community import an_answer_unread
from tests.integration.copies.test_copies import (
    MARK,
    Front,
    cookies_of,
    headers,
    in_one_house,
    plain,
    tokens,
)
from tests.integration.shell.test_kept_parts import NAMES, OWN, House
from tests.web import database_of, sign_in

NAME = "Ольга <b>Первая</b> & 'Ко'"


class Views:
    """How often a page was made: the view of ``endpoint`` was asked."""

    def __init__(self, app: Flask, endpoint: str) -> None:
        self.asked = 0
        shown = app.view_functions[endpoint]

        @wraps(shown)
        def counted(**named: Any) -> Any:
            self.asked += 1
            return shown(**named)

        app.view_functions[endpoint] = counted


@dataclass(kw_only=True)
class Hall:
    """A house with copies before it, its protocol, and how often that was made."""

    house: House
    front: Front
    views: Views

    @property
    def protocol(self) -> str:
        return f"/races/{self.house.over}/protocol"

    def enter(self, **details: Any) -> str:
        """The cookie of a member who signs in."""
        browser = sign_in(self.house.app, **details)
        return cookies_of(browser)

    def read(self, cookies: str, query: str = "", **more: Any) -> TestResponse:
        return self.front.get(self.protocol + query, cookies=cookies, **more)

    def alone(self, cookies: str, query: str = "", **more: Any) -> TestResponse:
        return self.front.alone(self.protocol + query, cookies=cookies, **more)


@pytest.fixture
def hall(app: Flask) -> Hall:
    house = House(app)
    return Hall(house=house, front=Front(app), views=Views(app, "results.protocol"))


DETAILS = st.fixed_dictionaries(
    {},
    optional={
        "display_name": st.sampled_from([NAME, "Анна", "mark-00", "</span>"]),
        "language": st.sampled_from(["ru", "en"]),
        "timezone": st.sampled_from(["Asia/Omsk", "Europe/Moscow"]),
        "roles": st.sampled_from([(), (), ("participant",), ("organizer",), ("official", "jury")]),
        "region": st.sampled_from(["RU-TYU", "RU-OMS"]),
    },
)
COOKIES = st.sampled_from(["", "; psot_theme=dark", "; psot_language=en; psot_zone=Asia/Yakutsk"])


@in_one_house(examples=40)
@given(
    details=DETAILS,
    cookies=COOKIES,
    query=st.sampled_from(["", "?page=2", "?q=%D0%9E", "?stage=provisional", "?region=RU-TYU"]),
    racer=st.sampled_from([None, None, 0, 1]),
    news=st.booleans(),
    accepted=st.sampled_from(["en", "ru"]),
    method=st.sampled_from(["GET", "GET", "HEAD"]),
)
def test_whichever_member_asks_a_copy_is_what_the_app_would_have_answered(
    *,
    hall: Hall,
    details: dict[str, Any],
    cookies: str,
    query: str,
    racer: int | None,
    news: bool,
    accepted: str,
    method: str,
) -> None:
    who = details if racer is None else {"member": hall.house.members[racer]}
    browser = sign_in(hall.house.app, **who)
    mine = cookies_of(browser) + cookies
    if news:
        assert browser.member_id is not None
        an_answer_unread(hall.house.app, browser.member_id)
    asked = {"headers": {"Accept-Language": accepted}, "method": method}

    with clock.fixed(clock.now()):
        expected = hall.alone(mine, query, **asked)
        answers = [hall.read(mine, query, **asked) for _ in range(2)]

    for answer in answers:
        assert answer.status == expected.status
        assert plain(answer) == plain(expected)
        assert headers(answer) == headers(expected)
        assert len(tokens(answer)) == len(tokens(expected))
        assert MARK.search(answer.text) is None or "mark-00" in answer.text


def test_a_crowd_of_members_has_one_page_made(hall: Hall) -> None:
    members = [hall.enter(display_name=f"Участник номер {number}") for number in range(9)]
    answers = [hall.read(mine) for mine in members]

    assert hall.views.asked == 1
    for number, answer in enumerate(answers):
        named = [one for one in range(9) if f"Участник номер {one}" in answer.text]
        assert named == [number]
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Cookie" in answer.headers["Vary"]
        assert "Set-Cookie" not in answer.headers


def test_whoever_stands_on_the_page_is_shown_there(hall: Hall) -> None:
    house = hall.house
    stranger, racers = hall.enter(), [hall.enter(member=one) for one in house.members[:2]]

    for _ in range(2):
        assert OWN.findall(hall.read(stranger).text) == []
        for name, mine in zip(NAMES, racers, strict=True):
            page = hall.read(mine).text
            assert len(OWN.findall(page)) == 1
            assert name in page.partition('<tr class="own')[2].partition("</tr>")[0]


def test_the_token_of_a_members_copy_is_good_for_that_member_alone(hall: Hall) -> None:
    first, second = hall.enter(), hall.enter()
    with database_of(hall.house.app).begin() as session:
        # Two browsers of a test share what their tokens are made of; those of members do not.
        session.execute(
            text("UPDATE member_sessions SET data = replace(data, 'c5a1', right(key::text, 4))")
        )

    def choose(token: str, of: str) -> int:
        answer = hall.front.client.post(
            "/preferences", data={"theme": "dark", "csrf_token": token}, headers={"Cookie": of}
        )
        return answer.status_code

    (token,), (other,) = tokens(hall.read(first)), tokens(hall.read(second))
    assert hall.views.asked == 1
    assert [choose(token, first), choose(other, second)] == [303, 303]
    assert [choose(token, second), choose(other, first)] == [400, 400]


def test_a_message_is_shown_to_its_member_once(hall: Hall) -> None:
    app, mine, other = hall.house.app, hall.enter(), hall.enter()
    hall.read(other)
    inner = app.view_functions["shell.home"]

    def telling() -> Any:
        flash("for you alone")
        return "said"

    app.view_functions["shell.home"] = telling
    hall.front.get("/", cookies=mine)
    app.view_functions["shell.home"] = inner

    told = ["for you alone" in hall.read(one).text for one in (other, mine, mine, other)]
    assert told == [False, True, False, False]


def test_a_member_is_told_of_news_as_soon_as_there_are_any(hall: Hall) -> None:
    browser = sign_in(hall.house.app)
    assert browser.member_id is not None
    mine = cookies_of(browser)
    other = hall.enter()
    assert "tab-count" not in hall.read(mine).text
    an_answer_unread(hall.house.app, browser.member_id)

    assert ["tab-count" in hall.read(one).text for one in (mine, other)] == [True, False]


def test_a_name_that_was_changed_is_there_at_once(hall: Hall) -> None:
    browser = sign_in(hall.house.app, display_name="Прежняя")
    mine = cookies_of(browser)
    assert "Прежняя" in hall.read(mine).text
    with database_of(hall.house.app).begin() as session:
        session.execute(
            text("UPDATE members SET display_name = :name WHERE id = :id"),
            {"name": NAME, "id": browser.member_id},
        )

    page = hall.read(mine).text
    assert "Прежняя" not in page
    assert NAME not in page, "as text, never as markup"
    assert "Ольга &lt;b&gt;Первая&lt;/b&gt;" in page


def test_a_member_without_a_name_is_called_none(hall: Hall) -> None:
    browser = sign_in(hall.house.app)
    mine = cookies_of(browser)
    with database_of(hall.house.app).begin() as session:
        session.execute(
            text("UPDATE members SET display_name = '' WHERE id = :id"), {"id": browser.member_id}
        )
    hall.read(hall.enter())

    assert plain(hall.read(mine)) == plain(hall.alone(mine))
    assert "Моя страница" in hall.read(mine).text


def test_whoever_signed_out_is_a_visitor_again(hall: Hall) -> None:
    browser = sign_in(hall.house.app, display_name="Уходящая")
    mine = cookies_of(browser)
    assert "Уходящая" in hall.read(mine).text
    browser.post("/sign-out")

    page = hall.read(mine).text
    assert "Уходящая" not in page
    assert "/sign-in" in page


def test_a_race_for_members_is_shown_to_members_alone(hall: Hall) -> None:
    with database_of(hall.house.app).begin() as session:
        session.execute(
            text("UPDATE races SET public = false WHERE id = :id"), {"id": hall.house.over}
        )
    mine = hall.enter()

    statuses = [hall.read(one).status_code for one in (mine, "", mine, "")]
    assert statuses == [200, 404, 200, 404]


def test_what_is_published_is_seen_within_the_age_of_a_copy(hall: Hall) -> None:
    mine = hall.enter()
    hall.read(mine)
    hall.house.call(hall.house.members[0], "Новое Имя")
    hall.front.now_s += OLDEST_S + 0.01

    assert "Новое Имя" in hall.read(mine).text


@pytest.mark.parametrize("told", [{"Authorization": "Bearer x"}, {}])
def test_who_shows_a_token_of_access_is_the_apps(hall: Hall, told: dict[str, str]) -> None:
    mine = hall.enter()
    hall.read(mine)
    hall.read(mine, headers=told)

    assert hall.views.asked == (2 if told else 1)


def test_staff_have_their_pages_made(hall: Hall) -> None:
    for role in ("organizer", "jury", "official", "editor"):
        before, mine = hall.views.asked, hall.enter(roles=(role,))
        hall.read(mine)
        hall.read(mine)
        assert hall.views.asked == before + 2, role


def test_a_long_address_is_made_for_each_member(hall: Hall) -> None:
    mine = hall.enter()
    answers = [hall.read(mine, "?q=" + "a" * LONGEST) for _ in range(2)]

    assert [one.status_code for one in answers] == [200, 200]
    assert hall.views.asked == 2
    assert len(hall.front.store) == 0


def test_without_the_door_nothing_is_kept(hall: Hall) -> None:
    browser = sign_in(hall.house.app)
    for _ in range(2):
        browser.get(hall.protocol)

    assert hall.views.asked == 2


def test_a_page_that_shows_very_many_is_made_for_each(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: Callable[..., Any] = leaves.people
    strangers = [UUID(int=number) for number in itertools.islice(itertools.count(1), MOST_SHOWN)]

    def crowded(*asked: Any, **more: Any) -> Any:
        slots.shows(strangers)
        return named(*asked, **more)

    monkeypatch.setattr(leaves, "people", crowded)
    mine = hall.enter()
    hall.read(mine)
    before = hall.views.asked
    hall.read(mine)

    assert hall.views.asked == before + 1
    assert hall.front.store.size_bytes == 0


def test_pages_shared_by_members_are_shared_by_visitors() -> None:
    assert SHARED_BY_MEMBERS < SHARED
