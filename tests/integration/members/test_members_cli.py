"""``psot member`` as an operator uses it, and the first administrator's way in."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from psot.cli import main
from psot.cli.member import command
from psot.members.models import Invitation, Member
from tests.integration.members.conftest import inside, newcomer
from tests.web import SECRET, Browser, a_member, database_of, sign_in

Psot = Callable[..., str]


@pytest.fixture
def psot(database_url: str, redis_url: str, tmp_path: Path) -> Psot:
    """Run a command and return what it prints."""
    environment = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PSOT_DATA_DIR": str(tmp_path),
        "SECRET_KEY": SECRET,
        "PSOT_BASE_URL": "http://localhost",
    }

    def run(*words: str, status: int = 0) -> str:
        result = CliRunner().invoke(main, ["member", *words], env=environment)
        assert result.exit_code == status, result.output
        return result.output

    return run


def roles(app: Flask, email: str) -> set[str]:
    with database_of(app).begin() as session:
        member = session.scalars(select(Member).where(Member.email == email)).one()
        return {f"{one.name}:{one.region}" for one in member.roles}


def ivan(app: Flask) -> Browser:
    return sign_in(app, email="ivan@example.org")


def test_roles_are_given_and_taken_and_every_change_ends_the_sessions(
    app: Flask, psot: Psot
) -> None:
    client = ivan(app)

    psot("grant", "Ivan@example.org", "official", "--region", "RU-ALT")
    assert not inside(client)
    psot("grant", "ivan@example.org", "editor")
    assert roles(app, "ivan@example.org") == {"official:RU-ALT", "editor:"}
    psot("revoke", "ivan@example.org", "official")

    assert roles(app, "ivan@example.org") == {"editor:"}


def test_members_are_listed_and_shown(app: Flask, psot: Psot) -> None:
    with database_of(app).begin() as session:
        member = a_member(session, email="anna@example.org", roles=("jury",))

    assert "anna@example.org" in psot("list")
    assert "anna@example.org" in psot("list", "--role", "jury")
    assert "anna@example.org" not in psot("list", "--role", "editor")
    assert "RU-TYU" in psot("show", str(member.id))


def test_sessions_end_from_the_command_line(app: Flask, psot: Psot) -> None:
    client = ivan(app)

    assert "1 sessions ended" in psot("end-sessions", "ivan@example.org")

    assert not inside(client)


@pytest.mark.parametrize(
    "words",
    [
        ("show", "nobody@example.org"),
        ("grant", "nobody@example.org", "editor"),
        ("grant", "ivan@example.org", "official"),
        ("grant", "ivan@example.org", "official", "--region", "RU-XXX"),
        ("grant", "ivan@example.org", "editor", "--region", "RU-TYU"),
        ("revoke", "ivan@example.org", "jury"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_a_failure(
    app: Flask, psot: Psot, words: tuple[str, ...]
) -> None:
    ivan(app)

    output = psot(*words, status=1)

    assert output.startswith("Error: ")
    assert len(output.strip().splitlines()) == 1


def test_a_wrong_word_is_a_usage_error(psot: Psot) -> None:
    assert "Usage:" in psot("invite-admin", "no address", status=2)
    assert "Usage:" in psot("grant", "ivan@example.org", "emperor", status=2)


@pytest.mark.parametrize("name", sorted(command.commands))
def test_every_command_shows_an_example(psot: Psot, name: str) -> None:
    assert "Example: psot member" in psot(name, "--help")


def test_the_first_administrator_comes_by_a_link_that_works_once(
    app: Flask, client: Browser, psot: Psot
) -> None:
    path = psot("invite-admin", "Chief@example.org").strip().removeprefix("http://localhost")
    assert client.get(path).status_code == 200

    answer = client.post(path, data=newcomer(display_name="Начальник"))

    assert answer.headers["Location"] == "/me/second-factor"
    assert roles(app, "chief@example.org") == {"administrator:"}
    assert client.get("/organizer/mails").headers["Location"] == "/me/second-factor"
    assert app.test_client().get(path).status_code == 404


def test_an_invited_member_signs_in_as_themselves_and_nobody_else_takes_the_role(
    app: Flask, client: Browser, psot: Psot
) -> None:
    member, stranger = ivan(app), sign_in(app)
    path = psot("invite-admin", "ivan@example.org").strip().removeprefix("http://localhost")

    for other in (client, stranger):
        assert other.post(path).headers["Location"].startswith("/sign-in")
    assert roles(app, "ivan@example.org") == set()
    member.post(path)

    assert roles(app, "ivan@example.org") == {"administrator:"}


def test_only_the_hash_of_an_invitation_is_kept(app: Flask, psot: Psot) -> None:
    token = psot("invite-admin", "ivan@example.org").strip().rpartition("/")[2]

    with database_of(app).begin() as session:
        kept = session.scalars(select(Invitation)).one()

    assert re.fullmatch(r"[\w-]{43}", token)
    assert token.encode() not in kept.token_hash
