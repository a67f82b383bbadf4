"""What goes in and out: unknown things are refused, errors have one shape, lists have pages."""

import pytest
from flask import Flask

from tests.integration.api.conftest import Program, a_program


def error(answer: object, status: int) -> dict[str, object]:
    """Return the error that `answer` tells, which has to have `status`."""
    assert answer.status_code == status  # type: ignore[attr-defined]
    told: dict[str, object] = answer.get_json()["error"]  # type: ignore[attr-defined]
    assert {"code", "message", "request_id"} <= set(told)
    return told


def test_the_85_regions_are_told_in_both_languages(program: Program) -> None:
    told = program.get("/regions").get_json()

    assert len(told["items"]) == 85
    assert told["next"] is None
    tyumen = next(one for one in told["items"] if one["code"] == "RU-TYU")
    assert tyumen["name"] == {"ru": "Тюменская область", "en": "Tyumen Oblast"}


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/quizzes?limt=3", "limt"),
        ("/quizzes?limit=0", "limit"),
        ("/quizzes?limit=201", "limit"),
        ("/quizzes?limit=three", "limit"),
        ("/regions?page=2", "page"),
        ("/ratings/2026-Q4/members?cursor=abc", "cursor"),
    ],
)
def test_a_query_that_does_not_fit_is_refused_by_field(
    program: Program, path: str, field: str
) -> None:
    told = error(program.get(path), 422)

    assert told["code"] == "invalid"
    assert list(told["fields"]) == [field]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"question": "x", "response": ["a"], "score": 1}, "score"),
        ({"question": "x"}, "response"),
        ({"question": "x", "response": None}, "response"),
        ({"question": "x", "response": ["a"], "chosen": ["a"]}, "chosen"),
        ({"question": "x\u0000", "response": ["a"]}, "question"),
        ([1, 2], "body"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_by_field(
    program: Program, body: object, field: str
) -> None:
    path = "/attempts/0193f3c4-5b6a-7d21-9f00-1a2b3c4d5e6f/answers"

    told = error(program.post(path, body), 422)

    assert list(told["fields"]) == [field]  # type: ignore[call-overload]


def test_a_body_that_is_no_json_is_told_so(program: Program) -> None:
    path = "/attempts/0193f3c4-5b6a-7d21-9f00-1a2b3c4d5e6f/answers"

    broken = program.post(path, data="{", headers={"Content-Type": "application/json"})
    form = program.post(path, data={"question": "x"})
    huge = program.post(
        path, data=b'{"' + b"x" * 2_000_000, headers={"Content-Type": "application/json"}
    )

    assert error(broken, 400)["code"] == "bad_request"
    assert error(form, 415)["code"] == "unsupported_media_type"
    assert error(huge, 413)["code"] == "too_large"


def test_an_operation_without_a_body_takes_none(program: Program) -> None:
    told = error(program.post("/quizzes/electrical-quick-check/attempts", {"again": True}), 422)

    assert list(told["fields"]) == ["body"]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/quizzes/no-such-quiz", 404, "unknown_quiz"),
        ("GET", "/quizzes/%00", 404, "not_found"),
        ("GET", "/attempts/no-uuid", 404, "not_found"),
        ("GET", "/attempts/0193f3c4-5b6a-7d21-9f00-1a2b3c4d5e6f", 404, "unknown_attempt"),
        ("GET", "/ratings/1999-Q1/members", 404, "unknown_season"),
        ("GET", "/ratings/2026-Q4/members/me", 404, "no_rating_yet"),
        ("DELETE", "/quizzes", 405, "method_not_allowed"),
    ],
)
def test_what_is_not_there_is_told_in_the_same_shape(
    program: Program, method: str, path: str, status: int, code: str
) -> None:
    assert error(program.call(method, path), status)["code"] == code


def test_quizzes_come_in_pages_that_together_are_the_list(program: Program) -> None:
    whole = [one["slug"] for one in program.get("/quizzes").get_json()["items"]]
    assert len(whole) >= 3

    paged, path = [], "/quizzes?limit=2"
    while path:
        page = program.get(path).get_json()
        paged += [one["slug"] for one in page["items"]]
        path = f"/quizzes?limit=2&cursor={page['next']}" if page["next"] else ""

    assert paged == whole


def test_too_many_requests_are_held_back(app: Flask) -> None:
    program = a_program(app)
    other = a_program(app)

    answers = [program.get("/regions") for _ in range(301)]

    assert {one.status_code for one in answers[:300]} == {200}
    told = error(answers[300], 429)
    assert told["code"] == "too_many"
    assert int(answers[300].headers["Retry-After"]) > 0
    assert other.get("/regions").status_code == 200
