"""Who may call the API, and with what."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from psot import clock
from psot.api.contract import CONTRACTS
from psot.api.models import Token
from psot.policies import PUBLIC, ROUTES
from tests.integration.api.conftest import Program, a_program, an_operator
from tests.web import database_of, sign_in


def code_of(answer: object) -> str:
    """Return the code of the error that `answer` tells."""
    return str(answer.get_json()["error"]["code"])  # type: ignore[attr-defined]


def test_a_program_is_the_member_of_its_token(program: Program) -> None:
    told = program.get("/me").get_json()

    assert told["id"] == str(program.member)
    assert told["scopes"] == ["answer", "read"]
    assert told["region"] == "RU-TYU"


def test_what_is_open_needs_no_token(app: Flask) -> None:
    visitor = app.test_client()

    for path in ("/regions", "/quizzes", "/ratings/2026-Q4/regions", "/openapi.json", "/docs"):
        assert visitor.get(f"/api/v1{path}").status_code == 200


def test_what_is_a_member_s_own_asks_for_a_token(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/me")

    assert (answer.status_code, code_of(answer)) == (401, "sign_in_required")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header", ["Bearer psot_nothing", "Bearer ", "Basic YTpi", "psot_", "Bearer \u00e9\u00e8", ""]
)
def test_a_bad_token_is_told_even_where_none_is_needed(app: Flask, header: str) -> None:
    answer = app.test_client().get("/api/v1/regions", headers={"Authorization": header})

    assert (answer.status_code, code_of(answer)) == (401, "bad_token")


def test_a_token_ends_with_its_time(app: Flask) -> None:
    program = a_program(app, days=1)

    with clock.fixed(datetime.now(UTC) + timedelta(days=2)):
        answer = program.get("/me")

    assert code_of(answer) == "bad_token"


def test_a_token_ends_with_its_member_s_account(app: Flask, program: Program) -> None:
    with database_of(app).begin() as session:
        session.execute(
            text("UPDATE members SET active = false WHERE id = :id"), {"id": program.member}
        )

    assert code_of(program.get("/me")) == "bad_token"


def test_a_token_does_only_what_it_was_made_for(app: Flask) -> None:
    reader = a_program(app, scopes=("read",))

    answer = reader.post("/quizzes/electrical-quick-check/attempts")

    assert (answer.status_code, code_of(answer)) == (403, "scope_missing")
    assert answer.get_json()["error"]["subject"] == "answer"


def test_a_token_never_does_more_than_its_member_may(app: Flask) -> None:
    program = an_operator(app)
    assert program.get("/ledger").status_code == 200

    with database_of(app).begin() as session:
        session.execute(
            text("DELETE FROM member_roles WHERE member_id = :id"), {"id": program.member}
        )

    assert code_of(program.get("/ledger")) == "forbidden"


def test_a_token_waits_for_the_second_factor_as_its_member_does(app: Flask) -> None:
    program = a_program(app, scopes=("operate",), roles=("organizer",), second_factor=False)

    assert code_of(program.get("/ledger")) == "second_factor_required"


def test_a_browser_s_session_reads(app: Flask) -> None:
    browser = sign_in(app)

    assert browser.get("/api/v1/me").get_json()["scopes"] == []


def test_a_browser_s_session_changes_nothing(app: Flask) -> None:
    browser = sign_in(app)

    answer = browser.post("/api/v1/quizzes/electrical-quick-check/attempts")

    assert (answer.status_code, code_of(answer)) == (401, "token_needed")


def test_a_token_opens_no_page(app: Flask, program: Program) -> None:
    answer = app.test_client().get(
        "/me/tokens", headers={"Authorization": f"Bearer {program.secret}"}
    )

    assert answer.status_code == 303
    assert "/sign-in" in answer.headers["Location"]


def test_only_the_hash_of_a_token_is_kept_and_when_it_was_used(
    app: Flask, program: Program
) -> None:
    program.get("/me")

    with database_of(app).begin() as session:
        (row,) = session.scalars(select(Token))
        kept = session.execute(text("SELECT row_to_json(t)::text FROM api_tokens t")).scalar_one()
    assert row.last_used_at is not None
    assert program.secret not in kept
    assert program.secret.removeprefix("psot_") not in kept


def test_the_policy_and_the_contract_of_an_operation_agree() -> None:
    for endpoint, contract in CONTRACTS.items():
        assert (ROUTES[endpoint] is PUBLIC) == (contract.scope == ""), endpoint
