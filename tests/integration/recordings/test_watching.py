"""Watching counts honestly: what is credited, what waits, and what no trick brings."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

import events
from events.recording import (
    CheckAnswered,
    CheckAsked,
    CheckMissed,
    RecordingCompleted,
    SegmentsPlayed,
    TimeCredited,
    ViewingInitialized,
)
from psot import clock
from psot.ledger.models import FactRow
from psot.recordings.models import WatchSheet
from scoring.watch import WATCHING, length_ms, union
from tests.integration.recordings.conftest import MINUTE, START, Player, a_recording
from tests.web import Browser, database_of, sign_in

LATER = START + timedelta(days=60)
pytestmark = pytest.mark.usefixtures("app")


def told(app: Flask, *shapes: type[Any]) -> list[Any]:
    """Facts of these shapes in the order of the ledger."""
    names = [shape.type for shape in shapes]
    with database_of(app).begin() as session:
        rows = session.scalars(
            select(FactRow).where(FactRow.type.in_(names)).order_by(FactRow.seq)
        ).all()
    return [events.recall(row.type, row.data) for row in rows]


def returned(app: Flask, member: Browser, at: datetime) -> Browser:
    """The same member, signed in anew at ``at``."""
    with clock.fixed(at):
        return sign_in(app, member=member.member_id)


def test_an_honest_hour_is_credited_after_its_checks(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))

    player.watch(0, 50 * MINUTE)

    asked = told(app, CheckAsked)
    assert len(asked) >= 3
    assert len(told(app, CheckAnswered)) == len(asked)
    assert player.status["credited_ms"] == 50 * MINUTE
    assert player.status["pending_ms"] == 0
    assert player.status["completed"]
    assert sum(one.ms for one in told(app, TimeCredited)) == 50 * MINUTE
    assert len(told(app, RecordingCompleted)) == 1
    assert len(told(app, ViewingInitialized)) == 1


def test_without_an_answer_nothing_is_credited(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))

    player.watch(0, 50 * MINUTE, answering=False)
    player.wait(10 * MINUTE)
    player.tell((0, 1000))

    assert player.status["credited_ms"] == 0
    assert player.status["pending_ms"] == 50 * MINUTE
    assert told(app, TimeCredited) == []
    assert len(told(app, CheckMissed)) >= 3


def test_when_a_check_comes_is_told_only_when_it_is_there(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))

    answer = player.tell((0, 0))

    assert player.status["check"] is None
    assert "gap" not in answer.text
    assert "next" not in answer.text


def test_two_members_are_asked_at_different_moments(app: Flask) -> None:
    slug = a_recording(app)
    moments = set()
    for _number in range(3):
        player = Player(sign_in(app), slug)
        while not player.status["check"]:
            at = player.number * 10_000
            player.watch(at, at + 10_000, answering=False)
        moments.add(player.number)

    assert len(moments) > 1


def test_sixteen_times_the_speed_earns_twice_the_time(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))

    player.wait(10_000)
    answer = player.tell((0, 160_000), speed="16x")

    assert answer.json["accepted_ms"] == 20_000
    assert answer.json["refused_ms"] == 140_000
    assert player.status["seen"] == [[0, 20_000]]


def test_a_speed_that_is_denied_earns_what_time_allows(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))

    player.wait(10_000)
    player.tell((0, 160_000), speed="1x")

    assert player.status["seen"] == [[0, 10_000]]


def test_two_tabs_and_two_devices_share_one_clock(app: Flask, member: Browser) -> None:
    slug = a_recording(app)
    phone = sign_in(app, member=member.member_id)
    players = [Player(member, slug), Player(member, slug), Player(phone, slug)]

    for number, player in enumerate(players):
        player.wait(30_000)
        player.tell((number * 100_000, number * 100_000 + 30_000))

    assert players[-1].status["seen"] == [[0, 30_000]]


def test_a_report_sent_again_gets_the_first_answer_back(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))
    player.wait(20_000)
    body = player.body([(0, 20_000)])

    first = player.send(body)
    player.wait(20_000)
    again = [player.send(body) for _time in range(5)]

    assert [one.json["accepted_ms"] for one in again] == [20_000] * 5
    assert first.json["repeated"] is False
    assert all(one.json["repeated"] for one in again)
    assert player.status["seen"] == [[0, 20_000]]
    assert len(told(app, SegmentsPlayed)) == 1


def test_the_same_number_with_another_content_is_refused(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))
    player.wait(60_000)
    player.tell((0, 10_000))

    answer = player.send(player.body([(20_000, 60_000)], number=1))

    assert answer.status_code == 409
    assert len(told(app, SegmentsPlayed)) == 1


def test_reports_may_come_in_any_order(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))
    bodies = [player.body([(at, at + 10_000)]) for at in range(0, 40_000, 10_000)]
    player.wait(40_000)

    for body in reversed(bodies):
        assert player.send(body).status_code == 200

    assert player.status["seen"] == [[0, 40_000]]


def test_heartbeats_replayed_under_new_numbers_earn_nothing_more(
    app: Flask, member: Browser
) -> None:
    player = Player(member, a_recording(app))

    for _time in range(20):
        player.wait(10_000)
        player.tell((0, 10_000))

    assert player.status["seen"] == [[0, 10_000]]
    assert player.status["pending_ms"] == 10_000


def test_a_jump_to_the_end_counts_what_was_played_there(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))

    player.wait(5000)
    end = (50 * MINUTE - 5000, 50 * MINUTE)
    player.tell(end, verb="completed", progress=1)

    assert player.status["seen"] == [list(end)]
    assert player.status["completed"] is False
    assert player.status["check"] is None


def test_a_forged_length_is_refused(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))
    player.wait(60_000)

    assert player.tell((0, 60_000), length=60).status_code == 422
    assert player.tell((0, 60_000), length=10**5).status_code == 422
    assert told(app, SegmentsPlayed) == []


def test_nothing_is_seen_behind_the_end(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))
    player.wait(200_000)

    player.tell((49 * MINUTE, 52 * MINUTE))

    assert player.status["seen"] == [[49 * MINUTE, 50 * MINUTE]]


@pytest.mark.parametrize(
    "change",
    [
        {"played-segments": "NaN[.]10"},
        {"played-segments": "0[.]-10"},
        {"played-segments": "0[.]99999999"},
        {"time": float("nan")},
        {"number": 2**40},
        {"speed": "-1x"},
        {"unknown": 1},
    ],
)
def test_numbers_that_are_none_are_refused(
    app: Flask, member: Browser, change: dict[str, Any]
) -> None:
    player = Player(member, a_recording(app))
    player.wait(60_000)

    assert player.tell((0, 10_000), **change).status_code == 422
    assert told(app, SegmentsPlayed) == []


def test_a_report_too_large_is_refused_unread(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))

    assert player.tell((0, 1000), verb="x" * 20_000).status_code == 422


def test_somebody_elses_viewing_is_not_there(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))
    player.wait(10_000)
    body = player.body([(0, 10_000)])
    player.browser = sign_in(app)

    assert player.send(body).status_code == 404
    assert told(app, SegmentsPlayed) == []


def test_a_report_names_the_viewing_it_is_sent_to(app: Flask, member: Browser) -> None:
    slug = a_recording(app)
    one, other = Player(member, slug), Player(member, slug)
    one.wait(10_000)

    assert one.tell((0, 10_000), **{"session-id": other.viewing}).status_code == 404


def test_somebody_elses_check_is_not_there(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))
    while not player.status["check"]:
        at = player.number * 10_000
        player.watch(at, at + 10_000, answering=False)
    own = player.browser
    player.browser = sign_in(app)

    assert player.answer().status_code == 404
    player.browser = own
    assert player.answer().status_code == 200


def test_a_late_answer_is_refused_and_the_check_counts_as_missed(
    app: Flask, member: Browser
) -> None:
    player = Player(member, a_recording(app))
    while not player.status["check"]:
        at = player.number * 10_000
        player.watch(at, at + 10_000, answering=False)

    check = player.status["check"]["answer"]
    player.wait(WATCHING.open_ms + 10_000)

    assert player.answer(check).status_code == 409
    assert player.answer(check).status_code == 409
    assert len(told(app, CheckMissed)) == 1
    assert told(app, TimeCredited) == []


def test_an_answer_given_twice_credits_once(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))
    while not player.status["check"]:
        at = player.number * 10_000
        player.watch(at, at + 10_000, answering=False)
    check = player.status["check"]["answer"]

    assert [player.answer(check).status_code for _time in range(3)] == [200] * 3
    assert len(told(app, TimeCredited)) == 1


def test_hopping_between_recordings_does_not_avoid_the_checks(app: Flask, member: Browser) -> None:
    slugs = [a_recording(app, f"part-{number}") for number in range(8)]
    at = START
    for slug in slugs:
        player = Player(member, slug, at)
        player.watch(0, 150_000, answering=False)
        at = player.at

    assert len(told(app, CheckAsked)) >= 1


def test_a_short_recording_is_checked_at_its_end(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app, length_ms=60_000))

    for at in range(0, 60_000, 10_000):
        player.wait(10_000)
        player.tell((at, at + 10_000), length=60)
    assert player.status["check"]
    player.answer()

    assert player.status["credited_ms"] == 60_000
    assert [one.closing for one in told(app, CheckAsked)] == [True]


def test_a_second_counts_again_in_another_season(app: Flask, member: Browser) -> None:
    slug = a_recording(app, length_ms=60_000)
    for start in (START, LATER):
        player = Player(returned(app, member, start), slug, start)
        for at in range(0, 60_000, 10_000):
            player.wait(10_000)
            player.tell((at, at + 10_000), length=60)
        player.answer()
        assert player.status["credited_ms"] == 60_000

    credited = told(app, TimeCredited)
    assert [one.season for one in credited] == ["2026-Q4", "2027-Q1"]


def test_what_waited_when_its_season_ended_is_lost(app: Flask, member: Browser) -> None:
    slug = a_recording(app)
    player = Player(member, slug)
    player.watch(0, 120_000)

    later = Player(returned(app, member, LATER), slug, LATER)

    assert later.status["pending_ms"] == 0
    assert later.status["seen"] == [[0, 120_000]]


def test_the_stored_sheets_are_what_the_ledger_says(app: Flask, member: Browser) -> None:
    player = Player(member, a_recording(app))
    player.watch(0, 20 * MINUTE)
    player.watch(10 * MINUTE, 30 * MINUTE, answering=False)
    player.watch(30 * MINUTE, 50 * MINUTE)

    seen = union(*(one.segments for one in told(app, SegmentsPlayed)))
    credited = [span for one in told(app, TimeCredited) for span in one.parts]
    with database_of(app).begin() as session:
        (sheet,) = session.scalars(select(WatchSheet)).all()
    assert [list(span) for span in seen] == sheet.seen
    assert [list(span) for span in union(credited)] == sheet.credited
    assert length_ms(credited) == length_ms(union(credited))
    assert [one.ms for one in told(app, TimeCredited)] == [
        length_ms(one.parts) for one in told(app, TimeCredited)
    ]
    assert sheet.answered == len(told(app, CheckAnswered))
    assert sheet.missed == len(told(app, CheckMissed))


def test_nobody_opens_a_draft_or_what_is_played_elsewhere(app: Flask, member: Browser) -> None:
    a_recording(app, "draft", publish=False)
    a_recording(
        app, "elsewhere", file="", address="https://video.example/1", hosts=("video.example",)
    )
    accept = {"Accept": "application/json"}

    assert member.post("/recordings/draft/viewings", headers=accept).status_code == 404
    assert member.post("/recordings/elsewhere/viewings", headers=accept).status_code == 409


def test_a_visitor_is_sent_to_sign_in(app: Flask, client: Browser) -> None:
    a_recording(app)

    assert client.post("/recordings/helmets/viewings").status_code == 303
