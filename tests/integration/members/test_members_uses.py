"""That sessions were used is noted for a crowd at once, and never brings one back that ended."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import select, text

from psot import clock
from psot.members import session_store, uses
from psot.members.models import MemberSession
from psot.members.sessions import DatabaseSessions
from psot.members.uses import TOUCH_EVERY, Uses
from tests.statements import statements
from tests.web import Browser, database_of, sign_in

UNUSED_FOR = timedelta(days=14)
Tasks = list[Callable[[], None]]


@pytest.fixture
def tasks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Tasks:
    """The tasks that a process would have begun to write what it gathered."""
    begun: Tasks = []
    monkeypatch.setattr(uses, "GATHER_S", 0.0)
    uses_of(app).gather(begun.append)
    return begun


def uses_of(app: Flask) -> Uses:
    return cast("DatabaseSessions", app.session_interface).uses


def last_used(app: Flask) -> dict[uuid.UUID, tuple[datetime, datetime]]:
    """When the session of each member was used last, and until when it lives."""
    wanted = select(MemberSession.member_id, MemberSession.last_used_at, MemberSession.expires_at)
    with database_of(app).begin() as session:
        return {member: (used, until) for member, used, until in session.execute(wanted)}


def notes(said: list[str]) -> int:
    return sum("UPDATE member_sessions" in one for one in said)


def member_of(browser: Browser) -> uuid.UUID:
    assert browser.member_id is not None
    return browser.member_id


def test_a_crowd_that_comes_back_is_noted_by_one_statement(app: Flask, tasks: Tasks) -> None:
    crowd = [sign_in(app) for _ in range(5)]
    later = clock.now() + 2 * TOUCH_EVERY
    with statements(database_of(app)) as sent, clock.fixed(later):
        for one in crowd * 2:
            one.get("/preferences")
        assert notes(sent.said) == 0
        (write,) = tasks
        write()

    assert notes(sent.said) == 1
    assert last_used(app) == {member_of(one): (later, later + UNUSED_FOR) for one in crowd}


def test_whoever_comes_after_that_is_noted_next(app: Flask, tasks: Tasks) -> None:
    crowd = [sign_in(app) for _ in range(2)]
    moments = [clock.now() + number * 2 * TOUCH_EVERY for number in (1, 2)]
    for one, moment in zip(crowd, moments, strict=True):
        with clock.fixed(moment):
            one.get("/preferences")
        tasks.pop()()

    assert [last_used(app)[member_of(one)][0] for one in crowd] == moments


def test_a_note_is_of_the_moment_of_use(app: Flask, tasks: Tasks) -> None:
    browser, used = sign_in(app), clock.now() + 2 * TOUCH_EVERY
    with clock.fixed(used):
        browser.get("/preferences")
    with clock.fixed(used + TOUCH_EVERY):
        tasks.pop()()

    assert last_used(app)[member_of(browser)][0] == used


def test_a_session_used_a_moment_ago_is_not_noted(app: Flask, tasks: Tasks) -> None:
    sign_in(app).get("/preferences")

    assert tasks == []


def test_nothing_noted_is_nothing_said(app: Flask, tasks: Tasks) -> None:
    with statements(database_of(app)) as sent:
        uses_of(app).write()

    assert (sent.said, tasks) == ([], [])


def test_a_session_that_ends_before_its_note_is_written_stays_ended(
    app: Flask, tasks: Tasks
) -> None:
    browser, other = sign_in(app), sign_in(app)
    later = clock.now() + 2 * TOUCH_EVERY
    with clock.fixed(later):
        for one in (browser, other):
            one.get("/preferences")
        browser.post("/sign-out")
        tasks.pop(0)()

        assert {who: used for who, (used, _) in last_used(app).items()} == {member_of(other): later}
        assert "/sign-in" in browser.get("/preferences").text


def test_a_note_does_not_wait_for_whoever_is_ending_the_session(app: Flask, tasks: Tasks) -> None:
    browser, other = sign_in(app), sign_in(app)
    later = clock.now() + 2 * TOUCH_EVERY
    with clock.fixed(later):
        for one in (browser, other):
            one.get("/preferences")
        with database_of(app).begin() as ending:
            session_store.end_all(ending, member_of(browser))
            tasks.pop()()

    assert {who: used for who, (used, _) in last_used(app).items()} == {member_of(other): later}


def test_whom_a_note_left_out_is_noted_the_next_time(app: Flask, tasks: Tasks) -> None:
    browser, later = sign_in(app), clock.now() + 2 * TOUCH_EVERY
    before = last_used(app)
    with clock.fixed(later):
        browser.get("/preferences")
        with database_of(app).begin() as busy:
            busy.execute(text("SELECT FROM member_sessions FOR UPDATE"))
            tasks.pop()()
        assert last_used(app) == before

        browser.get("/preferences")
        tasks.pop()()

    assert last_used(app)[member_of(browser)][0] == later


def test_two_processes_that_note_the_same_use_keep_the_later_one(app: Flask) -> None:
    sign_in(app)
    now = clock.now()
    with database_of(app).begin() as session:
        key = session.scalars(select(MemberSession.key)).one()
        for minutes in (2, 1):
            moment = now + timedelta(minutes=minutes)
            session_store.touch(session, {key: moment}, unused_for=UNUSED_FOR)

    ((used, until),) = last_used(app).values()
    assert (used, until - used) == (now + timedelta(minutes=2), UNUSED_FOR)


def test_however_often_it_is_used_a_session_ends_at_last(app: Flask) -> None:
    sign_in(app)
    with database_of(app).begin() as session:
        row = session.scalars(select(MemberSession)).one()
        moment = row.created_at + session_store.LONGEST - timedelta(days=1)
        session_store.touch(session, {row.key: moment}, unused_for=UNUSED_FOR)
        end = row.created_at + session_store.LONGEST

    ((_, until),) = last_used(app).values()
    assert until == end
