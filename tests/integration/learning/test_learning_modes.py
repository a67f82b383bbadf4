"""Practice, check and placement: what is asked, what is told when, and whose clock decides."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from psot import clock
from psot.database import Database
from psot.learning import queries, sets
from psot.learning.errors import AnswerStands, CheckRunning, NothingToAsk, TimeIsUp
from psot.learning.modes import Mode
from psot.learning.operations import (
    answer,
    show_question,
    start_attempt,
    start_set,
    stop_attempt,
)
from psot.learning.schedule import keep
from psot.learning.values import Answered, Given
from tests.content import a_library
from tests.integration.ratings.history import listening
from tests.kinds import CANARY, FIELDS, RIGHT, TOPIC, a_pack_of_kinds, every_kind
from tests.web import Browser, database_of, sign_in

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ANNA = UUID(int=1)
CHECK = f"{TOPIC}.check"
PRACTICE = f"{TOPIC}.practice"
KINDS = {row["id"]: row["kind"] for row in every_kind()}


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Iterator[Database]:
    """A database whose library has a topic with a question of every kind."""
    with listening(database) as ready:
        with ready.begin() as session:
            a_library(session, a_pack_of_kinds(tmp_path / "pack"))
        yield ready


def begin(house: Database, slug: str, now: datetime = NOW) -> UUID:
    with house.begin() as session:
        return start_attempt(session, member=ANNA, slug=slug, now=now).id


def next_one(house: Database, attempt: UUID, now: datetime = NOW) -> str:
    with house.begin() as session:
        shown = show_question(session, member=ANNA, attempt=attempt, now=now)
    return shown.question.id if shown else ""


def give(
    house: Database, attempt: UUID, question: str, response: Any = None, now: datetime = NOW
) -> Given:
    with house.begin() as session:
        return answer(
            session,
            member=ANNA,
            attempt=attempt,
            question=question,
            response=RIGHT[KINDS[question]] if response is None else response,
            received_at=now,
        )


def left_out(house: Database) -> list[str]:
    """What the end of the one attempt says of questions without an answer, as id@version."""
    with house.begin() as session:
        row = text(
            "SELECT data -> 'unanswered' FROM ledger_facts"
            " WHERE type = 'psot.learning.attempt.finished.v2'"
        )
        return list(session.execute(row).scalar_one())


def told(house: Database) -> list[str]:
    with house.begin() as session:
        rows = session.execute(
            text(
                "SELECT data ->> 'mode' FROM ledger_facts"
                " WHERE type = 'psot.learning.question.answered.v2'"
            )
        )
        return list(rows.scalars())


def view(house: Database, attempt: UUID) -> Any:
    with house.begin() as session:
        return queries.attempt_of(session, ANNA, attempt)


def test_a_practice_asks_all_of_its_topic_and_explains_each(house: Database) -> None:
    attempt = begin(house, PRACTICE)
    while question := next_one(house, attempt):
        given = give(house, attempt, question)
        assert isinstance(given, Answered)
        assert given.right
        assert CANARY in given.key.explanation

    assert set(view(house, attempt).questions) == set(KINDS)
    assert view(house, attempt).score_ppm == 1_000_000
    assert told(house) == ["practice"] * 10


def test_a_check_tells_nothing_of_an_answer_before_its_end(house: Database) -> None:
    attempt = begin(house, CHECK)
    first = give(house, attempt, next_one(house, attempt))

    assert type(first) is Given
    assert CANARY not in repr(first)
    assert view(house, attempt).answers == ()
    assert told(house) == []
    while question := next_one(house, attempt):
        give(house, attempt, question)
    assert told(house) == ["check"] * 10
    assert view(house, attempt).passed is True


def test_the_same_answer_in_a_check_again_is_accepted_and_another_refused(house: Database) -> None:
    attempt = begin(house, CHECK)
    question = next_one(house, attempt)
    give(house, attempt, question)

    assert give(house, attempt, question).repeated
    with pytest.raises(AnswerStands):
        give(house, attempt, question, ["something else"])


def test_a_late_answer_does_not_count_and_the_check_ends_by_itself(house: Database) -> None:
    attempt = begin(house, CHECK)
    give(house, attempt, next_one(house, attempt))
    question = next_one(house, attempt)
    late = NOW + timedelta(minutes=15, seconds=3)

    with pytest.raises(TimeIsUp):
        give(house, attempt, question, now=late)
    assert keep(house, late) == 1
    assert keep(house, late) == 0
    ended = view(house, attempt)
    assert ended.finished_at == NOW + timedelta(minutes=15)
    assert (ended.score_ppm, ended.passed) == (100_000, False)
    assert told(house) == ["check"]
    assert len(left_out(house)) == 9
    assert question in {edition.rpartition("@")[0] for edition in left_out(house)}


def test_whoever_looks_after_the_end_finds_the_result(house: Database) -> None:
    attempt = begin(house, CHECK)
    next_one(house, attempt)

    assert next_one(house, attempt, NOW + timedelta(hours=1)) == ""
    assert view(house, attempt).finished


def test_a_check_goes_on_elsewhere_with_the_time_that_is_left(house: Database) -> None:
    attempt = begin(house, CHECK)
    again = begin(house, CHECK, NOW + timedelta(minutes=9))

    assert again == attempt
    assert view(house, again).ends_at == NOW + timedelta(minutes=15)


def test_while_a_check_runs_nothing_else_is_answered(house: Database) -> None:
    practice = begin(house, PRACTICE)
    question = next_one(house, practice)
    check = begin(house, CHECK)

    with pytest.raises(CheckRunning) as refused:
        give(house, practice, question)
    assert refused.value.subject == str(check)
    with pytest.raises(CheckRunning):
        next_one(house, practice)
    with pytest.raises(CheckRunning):
        begin(house, sets.PLACEMENT)
    assert next_one(house, practice, NOW + timedelta(hours=1))


def test_a_practice_stopped_counts_what_was_answered(house: Database) -> None:
    attempt = begin(house, PRACTICE)
    give(house, attempt, next_one(house, attempt))
    with house.begin() as session:
        stopped = stop_attempt(session, member=ANNA, attempt=attempt, now=NOW)

    assert (stopped.finished, stopped.score_ppm) == (True, 1_000_000)


def test_a_placement_asks_every_topic_and_sorts_them_by_need(house: Database) -> None:
    attempt = begin(house, sets.PLACEMENT)
    with house.begin() as session:
        stop_attempt(session, member=ANNA, attempt=attempt, now=NOW)
        found = queries.result_of(session, ANNA, attempt)
        topics = queries.bank.topics(session)

    asked = [one.topic for one in found.topics]
    assert len(asked) == len(set(asked)) == min(16, len(topics))
    assert len(found.unanswered) == len(found.attempt.asked)


def test_other_rooms_have_sets_of_their_own(house: Database) -> None:
    wanted = [(id_, 1) for id_ in list(KINDS)[:2]]
    with house.begin() as session:
        made = start_set(
            session, member=ANNA, mode="mistakes", quiz="mistakes", questions=wanted, now=NOW
        )
        again = start_set(
            session, member=ANNA, mode="mistakes", quiz="mistakes", questions=[], now=NOW
        )
    for id_, _ in wanted:
        next_one(house, made.id)
        give(house, made.id, id_)

    assert (made.mode, list(made.asked), again.id) == (Mode.MISTAKES, wanted, made.id)
    assert told(house) == ["mistakes"] * 2
    with pytest.raises(NothingToAsk), house.begin() as session:
        start_set(session, member=ANNA, mode="daily", quiz="daily", questions=[], now=NOW)


# -- pages ------------------------------------------------------------------------------------


@pytest.fixture
def browser(app: Flask, tmp_path: Path) -> Browser:
    """A member's browser in a house with a question of every kind."""
    with app.app_context(), database_of(app).begin() as session:
        a_library(session, a_pack_of_kinds(tmp_path / "pack"))
    return sign_in(app)


def asked(page: str) -> str:
    found = re.search(r'name="question" value="([^"]+)"', page)
    assert found, page
    return found[1]


def test_every_kind_is_asked_and_explained_without_script(browser: Browser) -> None:
    attempt = browser.post(f"/quizzes/{PRACTICE}/attempts").headers["Location"]
    for _ in KINDS:
        page = browser.get(attempt).text
        question = asked(page)
        assert CANARY not in page
        fields = FIELDS[KINDS[question]]
        sent = browser.post(f"{attempt}/answers", data={"question": question, **fields})
        assert sent.status_code == 303, KINDS[question]
        explained = browser.get(sent.headers["Location"])
        assert explained.status_code == 200
        assert CANARY in explained.text
        assert "verdict-good" in explained.text, KINDS[question]

    assert "100" in browser.get(f"{attempt}/result").text


def test_no_page_of_a_check_holds_a_key_before_its_end(browser: Browser) -> None:
    attempt = browser.post(f"/quizzes/{CHECK}/attempts").headers["Location"]
    for number in range(1, len(KINDS)):
        question = asked(browser.get(attempt).text)
        browser.post(f"{attempt}/answers", data={"question": question, **FIELDS[KINDS[question]]})
        for path in ("", "/result", f"/answers/{number}"):
            assert CANARY not in browser.get(attempt + path, follow_redirects=True).text
        assert CANARY not in browser.get("/me/attempts").text
        assert CANARY not in browser.get("/ratings/me").text
    question = asked(browser.get(attempt).text)
    browser.post(f"{attempt}/answers", data={"question": question, **FIELDS[KINDS[question]]})

    assert CANARY in browser.get(f"{attempt}/answers/1").text


def test_what_went_wrong_can_be_practised(browser: Browser) -> None:
    attempt = browser.post(f"/quizzes/{CHECK}/attempts").headers["Location"]
    browser.get(attempt)
    browser.post(f"{attempt}/stop")
    result = browser.get(f"{attempt}/result").text
    again = browser.post(f"{attempt}/practise").headers["Location"]

    assert f"/topics/{TOPIC}/practice" in result
    assert asked(browser.get(again).text) in KINDS


def test_a_result_is_shown_to_its_member_only(app: Flask, browser: Browser) -> None:
    attempt = browser.post(f"/quizzes/{CHECK}/attempts").headers["Location"]
    browser.post(f"{attempt}/stop")

    assert browser.get(f"{attempt}/result").status_code == 200
    assert sign_in(app).get(f"{attempt}/result").status_code == 404
    assert attempt in browser.get("/me/attempts").text


def test_a_check_under_way_is_told_and_led_to(browser: Browser) -> None:
    check = browser.post(f"/quizzes/{CHECK}/attempts").headers["Location"]
    page = browser.post(f"/quizzes/{PRACTICE}/attempts")

    assert page.status_code == 409
    assert check in page.text


@pytest.mark.parametrize("path", [f"/topics/{TOPIC}/check", f"/topics/{TOPIC}/practice"])
def test_every_topic_has_both_ways(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 200
    assert browser.get(path.replace(TOPIC, "no_such_topic")).status_code == 404


def test_filters_narrow_the_list_by_mode_and_state(browser: Browser) -> None:
    with clock.fixed(clock.now()):
        attempt = browser.post(f"/quizzes/{PRACTICE}/attempts").headers["Location"]
    browser.get(attempt)
    begun = browser.get("/quizzes?state=open").text

    assert f"/topics/{TOPIC}/practice" in begun
    assert f"/topics/{TOPIC}/check" not in begun
    assert "/practice" not in browser.get("/quizzes?mode=check").text


def test_a_picture_is_shown_and_runs_nothing(browser: Browser) -> None:
    found = browser.get("/questions/pictures/ladder.svg")

    assert (found.status_code, found.mimetype) == (200, "image/svg+xml")
    assert "sandbox" in found.headers["Content-Security-Policy"]
    assert browser.get("/questions/pictures/none.svg").status_code == 404
