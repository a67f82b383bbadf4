"""The pages of learning, as a browser without script sees them."""

import re
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import text

from content.quiz import PublicQuestion
from psot import clock
from psot.learning.operations import publish_quiz
from tests.quizzes import the_pack, the_question
from tests.web import Browser, database_of, sign_in

OPTION = re.compile(r'name="chosen" value="([^"]+)"')
QUESTION = re.compile(r'name="question" value="([^"]+)"')


@pytest.fixture
def slug(app: Flask) -> str:
    """The slug of a published quiz."""
    quiz = next(iter(the_pack().quizzes))
    with database_of(app).begin() as session:
        publish_quiz(session, slug=quiz, editor=None, now=clock.now())
    return quiz


def right(question: str) -> list[str]:
    return sorted(the_question(question).correct)


def wrong(question: str) -> list[str]:
    key = the_question(question)
    return sorted(key.option_ids - key.correct)[:1]


def start(browser: Browser, slug: str) -> str:
    """Begin an attempt; returns the address of its question page."""
    answer = browser.post(f"/quizzes/{slug}/attempts")
    assert answer.status_code == 303
    return cast("str", answer.headers["Location"])


def asked(browser: Browser, attempt: str) -> str:
    page = browser.get(attempt).text
    found = QUESTION.search(page)
    assert found is not None, page
    return found[1]


def test_a_quiz_is_taken_page_by_page_without_script(app: Flask, slug: str) -> None:
    browser = sign_in(app)
    attempt = start(browser, slug)
    for position in range(1, 6):
        question = asked(browser, attempt)
        answer = browser.post(
            f"{attempt}/answers", data={"question": question, "chosen": right(question)}
        )
        assert answer.headers["Location"].endswith(f"/answers/{position}")
        assert the_question(question).explanation in browser.get(
            answer.headers["Location"]
        ).text.replace("&#34;", '"').replace("&#39;", "'")
    finished = browser.get(attempt)

    assert finished.headers["Location"] == f"{attempt}/result"
    result = browser.get(f"{attempt}/result").text
    assert "100" in result
    assert "/ratings/me" in result


def test_the_key_does_not_leave_before_the_answer(app: Flask, slug: str) -> None:
    browser = sign_in(app)
    attempt = start(browser, slug)
    page = browser.get(attempt)
    question = the_question(asked(browser, attempt))

    assert question.explanation not in page.text
    assert question.source.ref not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert browser.get(f"{attempt}/answers/1").status_code == 404
    assert browser.get(f"{attempt}/result").headers["Location"] == attempt


def test_options_stand_in_the_same_order_after_a_reload(app: Flask, slug: str) -> None:
    browser = sign_in(app)
    attempt = start(browser, slug)

    assert OPTION.findall(browser.get(attempt).text) == OPTION.findall(browser.get(attempt).text)


def test_no_choice_is_told_beside_the_question(app: Flask, slug: str) -> None:
    browser = sign_in(app)
    attempt = start(browser, slug)
    page = browser.post(f"{attempt}/answers", data={"question": asked(browser, attempt)})

    assert page.status_code == 422
    assert 'id="response-errors"' in page.text


def test_a_second_thought_is_told_that_the_first_answer_stands(app: Flask, slug: str) -> None:
    browser = sign_in(app)
    attempt = start(browser, slug)
    question = asked(browser, attempt)
    browser.post(f"{attempt}/answers", data={"question": question, "chosen": wrong(question)})
    page = browser.post(
        f"{attempt}/answers", data={"question": question, "chosen": right(question)}
    )

    assert page.status_code == 409
    assert f"{attempt}/answers/1" in page.text


def test_an_answer_to_a_question_not_shown_leads_back(app: Flask, slug: str) -> None:
    browser = sign_in(app)
    attempt = start(browser, slug)
    answer = browser.post(f"{attempt}/answers", data={"question": "ppe-99", "chosen": "a"})

    assert answer.headers["Location"] == attempt


def test_an_attempt_of_somebody_else_is_not_there(app: Flask, slug: str) -> None:
    attempt = start(sign_in(app), slug)

    stranger = sign_in(app)
    assert stranger.get(attempt).status_code == 404
    assert stranger.get(f"{attempt}/result").status_code == 404
    assert stranger.post(f"{attempt}/answers", data={"question": "x"}).status_code == 404


def test_the_list_knows_what_was_begun_and_what_was_taken(app: Flask, slug: str) -> None:
    browser = sign_in(app)
    fresh = browser.get("/quizzes").text
    attempt = start(browser, slug)
    question = asked(browser, attempt)
    browser.post(f"{attempt}/answers", data={"question": question, "chosen": right(question)})
    begun = browser.get("/quizzes").text

    assert slug in fresh
    assert begun != fresh
    assert attempt in browser.get(f"/quizzes/{slug}").text


def test_search_and_topic_narrow_the_list(client: Browser, slug: str) -> None:
    topic = the_pack().quizzes[slug].topic

    assert slug in client.get("/quizzes", query_string={"topic": topic}).text
    assert slug not in client.get("/quizzes?topic=height").text
    assert slug not in client.get("/quizzes?q=паровоз").text


def test_a_list_with_nothing_in_it_says_so(client: Browser) -> None:
    assert "empty-title" in client.get("/quizzes?q=паровоз").text


def test_a_quiz_that_is_not_published_is_not_there(client: Browser) -> None:
    assert client.get("/quizzes/work-at-height").status_code == 404


def test_an_editor_reads_publishes_and_withdraws(app: Flask, client: Browser) -> None:
    editor = sign_in(app, roles=("editor",))
    page = editor.get("/editor/quizzes/work-at-height")
    key = the_question("height-01").explanation
    unread = editor.post("/editor/quizzes/work-at-height/publish")
    editor.post("/editor/quizzes/work-at-height/publish", data={"confirmed": "1"})
    published = client.get("/quizzes/work-at-height").status_code
    editor.post("/editor/quizzes/work-at-height/withdraw", data={"confirmed": "1"})

    assert key in page.text
    assert (unread.status_code, published) == (422, 200)
    assert client.get("/quizzes/work-at-height").status_code == 404
    with database_of(app).begin() as session:
        told = session.execute(text("SELECT type FROM ledger_facts WHERE type LIKE '%quiz%'"))
        assert sorted(told.scalars()) == [
            "psot.learning.quiz.published.v1",
            "psot.learning.quiz.withdrawn.v1",
        ]


def test_publishing_twice_is_told_and_changes_nothing(app: Flask, slug: str) -> None:
    editor = sign_in(app, roles=("editor",))
    answer = editor.post(f"/editor/quizzes/{slug}/publish", data={"confirmed": "1"})

    assert answer.status_code == 303
    with database_of(app).begin() as session:
        assert session.execute(text("SELECT count(*) FROM learning_publications")).scalar() == 1


def test_what_templates_get_before_an_answer_has_no_key() -> None:
    assert not {"correct", "explanation", "source"} & set(PublicQuestion.__dataclass_fields__)
