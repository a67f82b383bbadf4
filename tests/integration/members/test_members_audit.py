"""The security log."""

from flask import Flask
from structlog.testing import capture_logs

from tests.integration.members.conftest import enter
from tests.integration.members.test_members_sessions import with_password
from tests.web import PASSWORD, Browser


def test_signing_in_and_failing_to_is_written_down_without_secrets_or_addresses(
    app: Flask, client: Browser
) -> None:
    member = with_password(app)

    with capture_logs() as lines:
        enter(client, password="совсем не тот пароль")
        enter(client)

    told = [(one["event"], one["member"]) for one in lines if "member" in one]
    assert told == [("sign_in_failed", str(member.id)), ("signed_in", str(member.id))]
    assert not any(word in str(lines) for word in (PASSWORD, "ivan@", "не тот", "127.0.0.1"))
