"""The API keeps what its document says: requests made up from the document find no gap.

Examples, boundary values and unknown methods, random requests, and chains of them; the same ones
in every run. Nothing here is about time: the number of requests is bounded, not their duration.
"""

from collections import Counter
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from flask import Flask
from schemathesis.engine import Status, events, from_schema

from psot.api import guard
from psot.api.contract import CONTRACTS
from tests.integration.api.conftest import SEASON, Program, an_operator
from tests.quizzes import the_pack
from tests.races import a_race
from tests.web import database_of

# Hundreds of requests: a busy machine is slow, not wrong.
pytestmark = pytest.mark.timeout(900)

EXAMPLES = 12
CHAINS = 6

# An address of something that exists, so that requests come further than "there is no such thing".
QUIZ = next(iter(the_pack().quizzes))


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one token ask more than 300 times a minute: that limit has its own test."""
    monkeypatch.setattr(guard, "OFTEN", "1000000 per minute")


def plan(program: Program, parameters: dict[str, str]) -> schemathesis.Config:
    """What is tried, as `program`; `parameters` stand in the address in place of made-up ones."""
    return schemathesis.Config.from_dict(
        {
            "seed": 20261122,
            "headers": {"Authorization": f"Bearer {program.secret}"},
            "parameters": parameters,
            "continue-on-failure": True,
            # This one hands an option of real sockets to a WSGI app: our test below stands in.
            "checks": {"ignored_auth": {"enabled": False}},
            "generation": {
                "deterministic": True,
                "max-examples": EXAMPLES,
                "no-shrink": True,
                "database": "none",
            },
            "phases": {"stateful": {"max-steps": 4, "generation": {"max-examples": CHAINS}}},
        }
    )


def run(app: Flask, config: schemathesis.Config) -> tuple[list[str], dict[str, Counter[int]]]:
    """Try the API of `app`; gives what failed in words, and the statuses seen by operation."""
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=config)
    faults: list[str] = []
    seen: dict[str, Counter[int]] = {}
    for event in from_schema(document).execute():
        if isinstance(event, events.NonFatalError):
            faults.append(f"{event.label}: {event.value}")
        if isinstance(event, events.FatalError):
            raise event.exception
        if isinstance(event, events.ScenarioFinished):
            faults += failures(event)
            for operation, status in statuses(event):
                seen.setdefault(operation, Counter())[status] += 1
    return sorted(set(faults)), seen


def failures(event: events.ScenarioFinished) -> list[str]:
    """Every check that failed, with the request that shows it."""
    return [
        f"{event.label} [{check.name}] {failed.failure.title}: {failed.failure.message}\n"
        f"{failed.code_sample}"
        for checks in event.recorder.checks.values()
        for check in checks
        if check.status is Status.FAILURE and (failed := check.failure_info) is not None
    ]


def statuses(event: events.ScenarioFinished) -> list[tuple[str, int]]:
    """Operation and status of every answer."""
    return [
        (event.recorder.cases[key].value.operation.label, one.response.status_code)
        for key, one in event.recorder.interactions.items()
        if one.response is not None
    ]


def operations(app: Flask) -> set[str]:
    """Every operation of the document, such as "GET /api/v1/me"."""
    paths: dict[str, Any] = app.test_client().get("/api/v1/openapi.json").get_json()["paths"]
    return {
        f"{method.upper()} {path}"
        for path, item in paths.items()
        for method in item
        if method != "parameters"
    }


def test_what_a_member_s_program_meets_is_documented(app: Flask, program: Program) -> None:
    attempt = program.post(f"/quizzes/{QUIZ}/attempts").get_json()["id"]
    with database_of(app).begin() as session:
        race = str(a_race(session).id)
    known = {"slug": QUIZ, "season": SEASON, "attempt": attempt, "race_id": race}
    config = plan(program, {f"path.{name}": value for name, value in known.items()})

    faults, seen = run(app, config)

    assert faults == []
    assert set(seen) == operations(app)
    assert len(seen) == len(CONTRACTS)
    assert seen["POST /api/v1/quizzes/{slug}/attempts"][201]
    assert seen["GET /api/v1/attempts/{attempt}"][200]
    assert seen["GET /api/v1/ratings/{season}/members"][200]
    assert seen["GET /api/v1/races/{race_id}"][200]
    assert seen["POST /api/v1/races/{race_id}/registration"][201]


def test_what_an_operator_s_program_meets_is_documented(app: Flask) -> None:
    faults, seen = run(app, plan(an_operator(app), {}))

    assert faults == []
    assert set(seen) == operations(app)
    assert seen["GET /api/v1/ledger"][200]
    assert seen["POST /api/v1/ledger/dead-letters/replay"][404]


def test_no_operation_that_asks_for_a_token_answers_without_a_good_one(app: Flask) -> None:
    document = app.test_client().get("/api/v1/openapi.json").get_json()
    asked = [
        app.test_client().open(
            path.format(
                slug=QUIZ, season=SEASON, attempt=UUID(int=1), race_id=UUID(int=1), run=UUID(int=1)
            ),
            method=method,
            headers=given,
        )
        for path, item in document["paths"].items()
        for method, told in item.items()
        if method != "parameters" and {} not in told["security"]
        for given in ({}, {"Authorization": "Bearer psot_made_up"})
    ]

    assert len(asked) == 2 * sum(1 for one in CONTRACTS.values() if one.scope)
    assert {one.status_code for one in asked} == {401}
