"""The first page of members is a copy with their own part: what to do next."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from sqlalchemy import text

from psot import clock
from psot.copies import making
from psot.members.uses import TOUCH_EVERY
from tests.community import an_answer_unread
from tests.integration.copies.test_copies import cookies_of, headers, plain, tokens
from tests.integration.copies.test_copies_for_members import (
    COOKIES,
    DETAILS,
    Hall,
    Views,
    hall,
)
from tests.statements import statements
from tests.web import database_of, sign_in

__all__ = ["hall"]
NEWS = 'href="/me/questions"'


@pytest.fixture
def made(hall: Hall) -> Views:
    """How often the first page was made."""
    return Views(hall.house.app, "shell.home")


def member_with_news(hall: Hall) -> str:
    browser = sign_in(hall.house.app)
    assert browser.member_id is not None
    an_answer_unread(hall.house.app, browser.member_id)
    return cookies_of(browser)


def steps(page: str) -> str:
    """What a page proposes, "" where it proposes nothing."""
    return page.partition('aria-labelledby="next-title"')[2].partition("</section>")[0]


@settings(
    max_examples=25,
    # One house for all examples: each adds a member.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(details=DETAILS, cookies=COOKIES)
def test_whichever_member_opens_it_a_copy_is_what_the_app_would_have_answered(
    *, hall: Hall, details: dict[str, Any], cookies: str
) -> None:
    mine = hall.enter(**details) + cookies

    with clock.fixed(clock.now()):
        expected = hall.front.alone("/", cookies=mine)
        answers = [hall.front.get("/", cookies=mine) for _ in range(2)]

    for answer in answers:
        assert answer.status == expected.status
        assert plain(answer) == plain(expected)
        assert headers(answer) == headers(expected)
        assert len(tokens(answer)) == len(tokens(expected)) == 1
        assert "mark-" not in answer.text.replace("mark-00", "")


def test_a_crowd_has_it_made_once_and_each_is_shown_the_own_steps(hall: Hall, made: Views) -> None:
    crowd = [hall.enter(display_name=f"Участник номер {number}") for number in range(5)]
    racing = [sign_in(hall.house.app, member=one) for one in hall.house.members[2:]]
    pages = [hall.front.get("/", cookies=one).text for one in crowd]
    pages += [hall.front.get("/", cookies=cookies_of(one)).text for one in racing]

    own = f"/races/{hall.house.race.id}/run"
    assert [own in steps(page) for page in pages] == [False] * 5 + [True] * len(racing)
    assert f"/races/{hall.house.race.id}/live" in steps(pages[0])
    for number, page in enumerate(pages[:5]):
        assert [one for one in range(5) if f"Участник номер {one}" in page] == [number]
    assert made.asked == 1 + len(racing), "who stands among the leaders has a page of their own"


def test_each_has_the_own_id_on_the_board(hall: Hall, made: Views) -> None:
    crowd = [sign_in(hall.house.app) for _ in range(3)]
    pages = [hall.front.get("/", cookies=cookies_of(one)).text for one in crowd]

    for browser, page in zip(crowd, pages, strict=True):
        assert f'data-own="{browser.member_id}"' in page
        assert [one for one in crowd if str(one.member_id) in page] == [browser]
    assert made.asked == 1


def test_whoever_stands_among_the_leaders_is_marked_there(hall: Hall) -> None:
    stranger = hall.enter()
    leader = hall.enter(member=hall.house.members[0])
    for _ in range(2):
        shown = [hall.front.get("/", cookies=one).text for one in (stranger, leader)]
        assert [page.count('class="own podium"') for page in shown] == [0, 1]


def test_what_to_do_next_is_never_old(hall: Hall, made: Views) -> None:
    browser, other = sign_in(hall.house.app), hall.enter()
    mine = cookies_of(browser)
    assert "/topics/service/lesson" not in steps(hall.front.get("/", cookies=mine).text)
    with database_of(hall.house.app).begin() as session:
        session.execute(
            text(
                "INSERT INTO reading_progress (member, topic, version, furthest_ppm, seen_at)"
                " VALUES (:member, 'service', 1, 1, now())"
            ),
            {"member": browser.member_id},
        )

    shown = [steps(hall.front.get("/", cookies=one).text) for one in (mine, other)]
    assert ["/topics/service/lesson" in one for one in shown] == [True, False]
    assert made.asked == 1


def test_news_are_told_in_the_menu_and_among_the_steps(hall: Hall) -> None:
    mine, other = member_with_news(hall), hall.enter()
    for _ in range(2):
        pages = [hall.front.get("/", cookies=one).text for one in (mine, other)]

        assert [NEWS in steps(one) for one in pages] == [True, False]
        assert ["tab-count" in one for one in pages] == [True, False]


def test_staff_have_it_made(hall: Hall, made: Views) -> None:
    mine = hall.enter(roles=("organizer",))
    for _ in range(2):
        assert "/organizer" in hall.front.get("/", cookies=mine).text

    assert made.asked == 2


def test_that_it_was_read_is_noted(hall: Hall) -> None:
    mine, later = hall.enter(), clock.now() + 2 * TOUCH_EVERY
    with clock.fixed(later):
        hall.front.get("/", cookies=mine)
    with database_of(hall.house.app).begin() as session:
        assert session.scalar(text("SELECT last_used_at FROM member_sessions")) == later


def test_a_copy_and_its_part_ask_for_what_is_the_members_own_alone(app: Flask, hall: Hall) -> None:
    first, second = hall.enter(), hall.enter()
    hall.front.get("/", cookies=first)
    with statements(database_of(app)) as sent:
        hall.front.get("/", cookies=second)

    assert not [one for one in sent.said if "rating_" in one or "numbers_" in one]
    assert len(sent.said) <= 9
    assert sent.most == 1


def test_without_a_store_it_is_made_for_each(hall: Hall, made: Views) -> None:
    mine = hall.enter()
    for _ in range(2):
        assert hall.front.alone("/", cookies=mine).status_code == 200

    assert made.asked == 2


def test_a_page_that_cannot_be_kept_is_made_for_its_reader(
    hall: Hall, made: Views, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "MOST_SHOWN", -1)
    mine = hall.enter()
    for _ in range(2):
        page = hall.front.get("/", cookies=mine).text
        assert "/sign-out" in page
        assert steps(page)

    assert made.asked == 3, "once to be kept, and for each who asked"
