"""Members are known at the door by their own session, in whatever company they come."""

import re
import threading
import urllib.request
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from psot import clock
from psot.members import living
from psot.members.uses import TOUCH_EVERY
from tests.houses import ROOT, free_port
from tests.integration.copies.test_copies import cookies_of, plain, tokens
from tests.integration.copies.test_copies_for_members import Hall, hall
from tests.integration.proxy.houses import Web
from tests.statements import statements
from tests.web import SECRET, database_of, sign_in

__all__ = ["hall"]
CROWD = 40


def named(number: int) -> str:
    return f"Участник номер {number:02}"


def changed(app: Flask, statement: str, **values: Any) -> None:
    with database_of(app).begin() as session:
        session.execute(text(statement), values)


def together(calls: Sequence[Callable[[], str]]) -> list[str]:
    """What ``calls`` return that are made in one moment."""
    told = [""] * len(calls)
    ready = threading.Barrier(len(calls))

    def make(place: int) -> None:
        ready.wait()
        told[place] = calls[place]()

    threads = [threading.Thread(target=make, args=(place,)) for place in range(len(calls))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return told


def test_a_copy_is_sent_before_the_app_is_asked(hall: Hall) -> None:
    first, second = hall.enter(), hall.enter()
    hall.read(first)
    before = hall.front.behind.asked
    with statements(database_of(hall.house.app)) as sent:
        assert hall.read(second).status_code == 200

    assert hall.front.behind.asked == before
    assert len(sent.said) == 2, "the session, and what stands in the menu"


def test_that_a_session_was_used_is_noted_at_the_door_too(hall: Hall) -> None:
    mine = hall.enter()
    later = clock.now() + 2 * TOUCH_EVERY
    with clock.fixed(later):
        hall.read(mine)
        hall.read(mine)
    with database_of(hall.house.app).begin() as session:
        used = session.execute(text("SELECT last_used_at, expires_at FROM member_sessions"))

        assert used.one() == (later, later + timedelta(days=14))


@pytest.mark.parametrize(
    "what",
    [
        "UPDATE members SET active = false WHERE id = :member",
        "UPDATE members SET fs_uniquifier = 'another' WHERE id = :member",
        "UPDATE member_sessions SET expires_at = :now WHERE member_id = :member",
        "DELETE FROM member_sessions WHERE member_id = :member",
    ],
)
def test_whom_a_session_lets_in_no_more_is_a_visitor_at_once(hall: Hall, what: str) -> None:
    browser = sign_in(hall.house.app, display_name="Уходящая")
    mine = cookies_of(browser)
    assert "Уходящая" in hall.read(mine).text
    told = {"member": browser.member_id, "now": clock.now()}
    changed(hall.house.app, what, **{name: told[name] for name in told if f":{name}" in what})

    page = hall.read(mine).text
    assert "Уходящая" not in page
    assert "/sign-in" in page


def test_a_session_without_a_token_is_given_one_by_the_app(hall: Hall) -> None:
    app, mine = hall.house.app, hall.enter()
    hall.read(mine)
    changed(app, "UPDATE member_sessions SET data = (data::jsonb - 'csrf_token')::text")
    before = hall.front.behind.asked

    (token,) = tokens(hall.read(mine))
    assert hall.front.behind.asked == before + 1
    told = {"theme": "dark", "csrf_token": token}
    answer = hall.front.client.post("/preferences", data=told, headers={"Cookie": mine})
    assert answer.status_code == 303
    assert len(tokens(hall.read(mine))) == 1
    assert hall.front.behind.asked == before + 2, "the form alone"


def test_a_database_that_does_not_answer_is_asked_once(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = hall.enter(display_name="Анна")
    hall.read(mine)
    asked = 0

    def silent(*_: object) -> Any:
        nonlocal asked
        asked += 1
        raise OperationalError("SELECT", {}, OSError("cut"))

    with monkeypatch.context() as patched:
        patched.setattr(living, "find", silent)
        answer = hall.read(mine)

        assert (answer.status_code, asked) == (503, 1)
        assert hall.alone(mine).status_code == 503
    assert "Анна" not in answer.text
    assert "Set-Cookie" not in answer.headers
    assert "Анна" in hall.read(mine).text


def test_whoever_asks_in_one_moment_gets_the_own_page(hall: Hall) -> None:
    numbers = range(8)
    crowd = [hall.enter(display_name=named(number)) for number in numbers]
    racers = [hall.enter(member=one) for one in hall.house.members[:2]]
    hall.read(crowd[0])
    calls = [lambda mine=mine: hall.read(mine).text for mine in crowd + racers]

    told = together(calls)

    for number, page in enumerate(told[: len(crowd)]):
        assert [one for one in numbers if named(one) in page] == [number]
    for mine, page in zip(racers, told[len(crowd) :], strict=True):
        assert not [one for one in numbers if named(one) in page]
        assert '<tr class="own' in hall.read(mine).text
        assert '<tr class="own' in page


def test_what_a_reader_of_a_copy_sees_is_what_the_app_would_say_at_last(hall: Hall) -> None:
    crowd = [hall.enter(display_name=named(number)) for number in range(3)]
    for mine in crowd * 2:
        assert plain(hall.read(mine)) == plain(hall.alone(mine))


def test_a_storm_of_members_through_a_real_process(
    hall: Hall, database_url: str, redis_url: str, tmp_path: Path
) -> None:
    app, port = hall.house.app, free_port()
    crowd = [hall.enter(display_name=named(number)) for number in range(CROWD)]
    gone = sign_in(app, display_name=named(CROWD))
    crowd.append(cookies_of(gone))
    gone.post("/sign-out")
    hour_ago = clock.now() - timedelta(hours=1)
    changed(app, "UPDATE member_sessions SET last_used_at = :then", then=hour_ago)
    environment = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": SECRET,
        "PSOT_DATA_DIR": str(tmp_path),
        "PSOT_BASE_URL": f"http://localhost:{port}",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}",
    }
    web = Web(port, environment, tmp_path / "web.log")

    def read(mine: str) -> str:
        asked = urllib.request.Request(
            f"http://localhost:{port}{hall.protocol}", headers={"Cookie": mine}
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 - our own process
            return str(answer.read(), "utf-8")

    web.start()
    try:
        web.ready()
        pages = together([lambda mine=mine: read(mine) for mine in crowd])
    finally:
        web.stop()

    shown = [set(re.findall(r"Участник номер (\d+)", page)) for page in pages]
    assert shown == [*({f"{number:02}"} for number in range(CROWD)), set()]
    with database_of(app).begin() as session:
        noted = session.scalar(
            text("SELECT count(*) FROM member_sessions WHERE last_used_at > :then"),
            {"then": hour_ago},
        )
    assert noted == CROWD, "whoever was noted last is written when the process ends"
