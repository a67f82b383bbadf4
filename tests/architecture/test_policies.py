"""Deny by default: every door has its policy, every policy its door, each role its own doors."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from werkzeug.routing import Rule

from psot.embedded.postgres import Postgres
from psot.embedded.valkey import Valkey
from psot.live import Door
from psot.policies import (
    ACCOUNT,
    ADMINISTRATOR,
    EDITOR,
    MEMBER,
    ORGANIZER,
    PUBLIC,
    ROLES,
    ROUTES,
    SECOND_FACTOR,
    SOCKET_EVENTS,
    Policy,
    allows,
    refusal,
)
from tests.web import Browser, database_of, make_app, make_settings, sign_in


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A caller as a policy sees one."""

    roles: frozenset[str] = frozenset()
    needs_second_factor: bool = False


@pytest.fixture(scope="module")
def house(
    postgres: Postgres,
    valkey: Valkey,
    migrated_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """One app for the whole module: it is only asked who may enter."""
    with postgres.connect("postgres") as session:
        session.execute(f"CREATE DATABASE policies TEMPLATE {migrated_template} STRATEGY FILE_COPY")
    folder: Path = tmp_path_factory.mktemp("data")
    app = make_app(make_settings(postgres.url("policies"), valkey.url(), folder))
    yield app
    database_of(app).close()


def path(rule: Rule) -> str:
    """An address that the rule matches; nothing real is behind it."""
    values: dict[str, Any] = {
        name: uuid.UUID(int=1)
        if type(converter).__name__ == "UUIDConverter"
        else 1
        if type(converter).__name__ == "IntegerConverter"
        else min(getattr(converter, "items", ("nothing",)))
        for name, converter in rule._converters.items()
    }
    built = rule.build(values)
    assert built is not None
    return built[1]


def doors(app: Flask) -> list[tuple[str, str, str]]:
    """Every endpoint with a method and an address."""
    return sorted(
        (rule.endpoint, method, path(rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )


def test_every_route_has_a_policy_and_every_policy_a_route(house: Flask) -> None:
    routes = {rule.endpoint for rule in house.url_map.iter_rules()}

    assert routes - set(ROUTES) == set(), "routes without a policy"
    assert set(ROUTES) - routes == set(), "policies without a route"


def test_every_socket_event_has_a_policy_and_every_policy_an_event(house: Flask) -> None:
    registered = set(cast("Door", house.extensions["psot.live"]).events.names())

    assert registered == set(SOCKET_EVENTS)


def test_roles_in_policies_exist() -> None:
    named = {
        role for policy in [*ROUTES.values(), *SOCKET_EVENTS.values()] for role in policy.roles
    }

    assert named <= set(ROLES)


def test_a_route_nobody_thought_of_is_closed_to_everybody(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    app = make_app(make_settings(database_url, redis_url, tmp_path))
    app.add_url_rule("/forgotten", "forgotten", lambda: "open")

    answers = [
        client.get("/forgotten").status_code
        for client in (app.test_client(), sign_in(app, roles=("administrator",)))
    ]
    database_of(app).close()

    assert answers == [403, 403]


# Behind these a signed-in member is signed out: asking for a code that nobody waits for does too.
SIGN_OUT = {"security.logout", "security.two_factor_token_validation"}
CALLERS: dict[str, tuple[str, ...]] = {"member": (), **{role: (role,) for role in ROLES}}


@pytest.mark.parametrize("caller", ["visitor", *CALLERS])
def test_each_role_passes_exactly_its_doors(house: Flask, caller: str) -> None:
    """Walks every route as every role; what stands behind a door is not asked here.

    The visitor is a browser, which is led to the sign-in. The others are told of a refusal in JSON:
    its reason is exact there, and a page to tell it would be most of what the walk costs.
    """
    client = (
        cast("Browser", house.test_client())
        if caller == "visitor"
        else sign_in(house, roles=CALLERS[caller])
    )
    client.careless = True  # stopped by CSRF behind the door: nothing is changed by this walk
    who = None if caller == "visitor" else Somebody(roles=frozenset(CALLERS[caller]))
    asked = {} if who is None else {"Accept": "application/json"}
    wrong = []
    for endpoint, method, address in doors(house):
        if endpoint in SIGN_OUT:
            continue
        # Behind the door the API knows a browser for reading only, and wants a token for more.
        behind = "sign_in_required" if address.startswith("/api/") and method != "GET" else ""
        expected = refusal(ROUTES[endpoint], who) or behind
        answer = client.open(address, method=method, headers=asked)
        if _seen(answer, address) != expected:
            wrong.append((endpoint, method, expected, answer.status_code))

    assert wrong == []


def _seen(answer: Any, address: str) -> str:
    """What the door said, told from the answer."""
    if answer.headers.get("Location", "").startswith("/sign-in?next=") or (
        address.startswith("/api/") and answer.status_code == 401
    ):
        return "sign_in_required"
    if answer.status_code == 403:
        return str(answer.json["error"]["code"]) if answer.is_json else "forbidden"
    return ""


@pytest.mark.parametrize(
    ("policy", "caller", "expected"),
    [
        (PUBLIC, None, ""),
        (MEMBER, None, "sign_in_required"),
        (MEMBER, Somebody(), ""),
        (EDITOR, Somebody(), "forbidden"),
        (EDITOR, Somebody(roles=frozenset({"editor"})), ""),
        (EDITOR, Somebody(roles=frozenset({"organizer"})), "forbidden"),
        (ORGANIZER, Somebody(roles=frozenset({"organizer"})), ""),
        (ORGANIZER, Somebody(roles=frozenset({"administrator"})), ""),
        (ADMINISTRATOR, Somebody(roles=frozenset({"organizer"})), "forbidden"),
        (
            ORGANIZER,
            Somebody(roles=frozenset({"organizer"}), needs_second_factor=True),
            "second_factor_required",
        ),
        (ACCOUNT, Somebody(roles=frozenset({"organizer"}), needs_second_factor=True), ""),
        (MEMBER, Somebody(needs_second_factor=True), "second_factor_required"),
    ],
)
def test_a_policy_says_who_passes(policy: Policy, caller: Somebody | None, expected: str) -> None:
    assert refusal(policy, caller) == expected
    assert allows(policy, caller) == (expected == "")


def test_only_public_and_account_doors_open_before_the_second_factor() -> None:
    early = {name for name, one in ROUTES.items() if one.signed_in and one.before_second_factor}

    assert early
    assert all(name.startswith(("security.", "members.")) for name in early)
    assert "members.mails" not in early
    assert set(ROLES) >= SECOND_FACTOR
