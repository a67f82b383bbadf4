"""Errors are told once, in one shape."""

import pytest
from flask.testing import FlaskClient


def test_a_program_gets_an_error_of_ours_in_the_one_json_shape(client: FlaskClient) -> None:
    answer = client.get("/api/missing", headers={"X-Request-ID": "from-a-proxy-1"})

    assert answer.status_code == 404
    assert answer.get_json() == {
        "error": {
            "code": "not_found",
            "message": "No quiz of this name.",
            "subject": "fire-safety",
            "request_id": "from-a-proxy-1",
        }
    }


def test_fields_that_do_not_fit_are_named(client: FlaskClient) -> None:
    answer = client.get("/api/wrong")

    assert answer.status_code == 422
    assert answer.get_json()["error"]["fields"] == {"name": ["Too long."]}


def test_too_many_requests_say_when_to_come_back(client: FlaskClient) -> None:
    answer = client.get("/api/hasty")

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "7"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing-here", 404, "not_found"),
        ("POST", "/api/missing", 405, "method_not_allowed"),
        ("GET", "/api/broken", 500, "internal"),
        ("GET", "/api/away", 503, "unavailable"),
        ("GET", "/api/%00", 404, "not_found"),
        ("GET", "/api/missing?name=a%00b", 404, "not_found"),
    ],
)
def test_every_other_error_has_the_same_shape(
    client: FlaskClient, method: str, path: str, status: int, code: str
) -> None:
    answer = client.open(path, method=method)

    assert answer.status_code == status
    error = answer.get_json()["error"]
    assert error["code"] == code
    assert error["message"]
    assert error["request_id"] == answer.headers["X-Request-ID"]


def test_a_host_that_no_address_can_have_is_refused(client: FlaskClient) -> None:
    answer = client.get("/pages/missing", headers={"Host": "a" * 64 + ".example"})

    assert answer.status_code == 400
    assert answer.get_json()["error"]["code"] == "bad_request"


def test_a_method_that_is_not_taken_is_told_which_are(client: FlaskClient) -> None:
    answer = client.post("/api/missing")

    assert "GET" in answer.headers["Allow"]


def test_an_unforeseen_error_shows_nothing_of_itself(client: FlaskClient) -> None:
    for path in ("/api/broken", "/pages/broken"):
        assert "secret" not in client.get(path).get_data(as_text=True)


def test_a_person_gets_a_page_with_the_number_to_tell_support(client: FlaskClient) -> None:
    answer = client.get("/pages/missing", headers={"Accept-Language": "en"})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "No quiz of this name." in page
    assert answer.headers["X-Request-ID"] in page


def test_a_page_asked_for_as_json_fails_as_json(client: FlaskClient) -> None:
    answer = client.get("/pages/missing", headers={"Accept": "application/json"})

    assert answer.get_json()["error"]["code"] == "not_found"


def test_a_message_is_told_in_the_language_asked_for(client: FlaskClient) -> None:
    english = client.get("/api/nothing", headers={"Accept-Language": "en"})
    russian = client.get("/api/nothing", headers={"Accept-Language": "ru"})

    assert english.get_json()["error"]["message"] == "There is no such thing here."
    assert russian.get_json()["error"]["message"] == "Здесь такого нет."
