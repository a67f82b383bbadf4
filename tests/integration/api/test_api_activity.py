"""A program takes a quiz, a worker folds the answers, the ratings tell the result."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from psot.ratings import ranks
from tests.integration.api.conftest import SEASON, Program, a_program, an_operator, fold
from tests.quizzes import the_pack, the_question
from tests.web import database_of


def first_quiz() -> str:
    return next(iter(the_pack().quizzes))


def right(question: str) -> list[str]:
    """The options to choose for the full score."""
    return sorted(the_question(question).key().correct)


def take(program: Program, quiz: str) -> dict[str, Any]:
    """Answer a whole quiz rightly; gives the attempt as it ends."""
    attempt = program.post(f"/quizzes/{quiz}/attempts").get_json()
    while attempt["current"]:
        asked = attempt["current"]["question"]["id"]
        body = {"question": asked, "response": right(asked)}
        assert program.post(f"/attempts/{attempt['id']}/answers", body).status_code == 200
        attempt = program.get(f"/attempts/{attempt['id']}").get_json()
    return attempt


def test_a_quiz_taken_through_the_api_becomes_a_rating(app: Flask, program: Program) -> None:
    attempt = take(program, first_quiz())
    assert (attempt["score_ppm"], len(attempt["answers"])) == (1_000_000, 5)

    fold(app)
    ranks.sync(database_of(app), app.extensions["psot.redis"])

    own = program.get(f"/ratings/{SEASON}/members/me").get_json()
    assert (own["rank"], own["first_attempts"], own["region"]) == (1, 5, "RU-TYU")
    assert own["rating"] > 0
    (listed,) = program.get(f"/ratings/{SEASON}/members").get_json()["items"]
    assert (listed["member"], listed["rating_milli"]) == (str(program.member), own["rating_milli"])


def test_the_key_comes_only_with_the_stored_answer(program: Program) -> None:
    started = program.post(f"/quizzes/{first_quiz()}/attempts")
    attempt = started.get_json()
    question = attempt["current"]["question"]
    key = the_question(question["id"]).key()

    assert started.status_code == 201
    assert set(question) == {
        *("id", "version", "kind", "topic", "difficulty", "text", "picture", "options", "form")
    }
    for page in (started, program.get(f"/attempts/{attempt['id']}")):
        assert key.explanation not in page.get_data(as_text=True)

    wrong = next(one["id"] for one in question["options"] if one["id"] not in key.correct)
    body = {"question": question["id"], "response": [wrong]}
    told = program.post(f"/attempts/{attempt['id']}/answers", body).get_json()
    assert told["solution"] == sorted(key.correct)
    assert told["explanation"] == key.explanation


def test_starting_twice_gives_the_same_attempt(program: Program) -> None:
    first = program.post(f"/quizzes/{first_quiz()}/attempts").get_json()
    second = program.post(f"/quizzes/{first_quiz()}/attempts").get_json()

    assert first == second


def test_the_same_answer_ten_times_is_one_answer_with_one_body(
    app: Flask, program: Program
) -> None:
    attempt = program.post(f"/quizzes/{first_quiz()}/attempts").get_json()
    asked = attempt["current"]["question"]["id"]
    body = {"question": asked, "response": right(asked)}

    told = {program.post(f"/attempts/{attempt['id']}/answers", body).get_data() for _ in range(10)}

    assert len(told) == 1
    with database_of(app).begin() as session:
        counted = session.execute(
            text("SELECT count(*) FROM ledger_facts WHERE type LIKE 'psot.learning.question%'")
        ).scalar_one()
    assert counted == 1


def test_another_answer_to_an_answered_question_is_a_conflict(program: Program) -> None:
    attempt = program.post(f"/quizzes/{first_quiz()}/attempts").get_json()
    question = attempt["current"]["question"]
    one, other = (option["id"] for option in question["options"][:2])
    path = f"/attempts/{attempt['id']}/answers"
    program.post(path, {"question": question["id"], "response": [one]})

    answer = program.post(path, {"question": question["id"], "response": [other]})

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "answer_stands")


def test_another_member_s_attempt_does_not_exist(app: Flask, program: Program) -> None:
    attempt = program.post(f"/quizzes/{first_quiz()}/attempts").get_json()
    stranger = a_program(app)

    assert stranger.get(f"/attempts/{attempt['id']}").status_code == 404
    body = {"question": attempt["current"]["question"]["id"], "response": ["a"]}
    assert stranger.post(f"/attempts/{attempt['id']}/answers", body).status_code == 404


def test_a_season_s_members_come_in_pages_with_shared_ranks(app: Flask, program: Program) -> None:
    quizzes = list(the_pack().quizzes)
    for _ in range(3):
        take(a_program(app), quizzes[0])
    take(program, quizzes[0])
    take(program, quizzes[1])
    fold(app)

    listed, path = [], f"/ratings/{SEASON}/members?limit=2"
    while path:
        page = program.get(path).get_json()
        assert page["total"] == 4
        listed += page["items"]
        cursor = page["next"]
        path = f"/ratings/{SEASON}/members?limit=2&cursor={cursor}" if cursor else ""

    assert [one["rank"] for one in listed] == [1, 2, 2, 2]
    assert listed[0]["member"] == str(program.member)
    assert len({one["member"] for one in listed}) == 4


def test_regions_are_scored(app: Flask, program: Program) -> None:
    take(program, first_quiz())
    fold(app)

    told = program.get(f"/ratings/{SEASON}/regions").get_json()["items"]

    assert len(told) == 85
    assert {one["region"] for one in told if one["active"]} <= {"RU-TYU"}


def a_dead_letter(app: Flask) -> int:
    """Bury one fact that waits for the ratings."""
    with database_of(app).begin() as session:
        projection, seq = session.execute(
            text("SELECT projection, seq FROM ledger_deliveries ORDER BY seq LIMIT 1")
        ).one()
        session.execute(
            text(
                "UPDATE ledger_deliveries SET dead = true, delivered_at = NULL, tries = 5"
                " WHERE seq = :seq AND projection = :projection"
            ),
            {"seq": seq, "projection": projection},
        )
        session.execute(
            text(
                "INSERT INTO ledger_dead_letters (projection, seq, error)"
                " VALUES (:projection, :seq, 'ValueError: no')"
            ),
            {"seq": seq, "projection": projection},
        )
        return int(seq)


def test_an_operator_sees_the_ledger_and_replays_what_died(app: Flask) -> None:
    operator = an_operator(app)
    seq = a_dead_letter(app)

    told = operator.get("/ledger").get_json()
    (dead,) = told["dead_letters"]
    assert (dead["seq"], dead["error"]) == (seq, "ValueError: no")
    assert {one["name"] for one in told["queues"]} == {"ledger", "jobs"}

    body = {"projection": dead["projection"], "seqs": [seq]}
    assert operator.post("/ledger/dead-letters/replay", body).get_json() == {"opened": 1}
    assert operator.post("/ledger/dead-letters/replay", body).get_json() == {"opened": 0}
    assert operator.get("/ledger").get_json()["dead_letters"] == []


def test_a_replay_of_no_projection_is_told_so(app: Flask) -> None:
    answer = an_operator(app).post("/ledger/dead-letters/replay", {"projection": "nothing"})

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "unknown_projection")


@pytest.mark.parametrize("path", ["/ledger", "/ledger/dead-letters/replay"])
def test_the_ledger_is_for_operators(program: Program, path: str) -> None:
    method = "POST" if path.endswith("replay") else "GET"

    assert program.call(method, path, {} if method == "POST" else None).status_code == 403
