"""What reaches a log line, and what never does."""

import json
import logging
from collections.abc import Iterator

import psycopg
import pytest
import structlog
from sqlalchemy.exc import IntegrityError

from psot.observability import logs


@pytest.fixture
def configured(capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    """Standard error; a test may configure logs as a process does, the runner's come back."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield capsys
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_line_is_one_json_object_with_its_moment_and_level(
    configured: pytest.CaptureFixture[str],
) -> None:
    logs.configure("INFO")
    structlog.get_logger("psot.test").warning("something_happened", facts=3)

    (line,) = configured.readouterr().err.splitlines()
    kept = json.loads(line)
    assert kept.pop("timestamp").endswith("Z")
    assert kept == {
        "event": "something_happened",
        "facts": 3,
        "level": "warning",
        "logger": "psot.test",
    }


def test_a_library_s_line_looks_the_same(configured: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO")
    logging.getLogger("somebody.else").error("it %s", "broke")

    kept = json.loads(configured.readouterr().err)
    assert (kept["event"], kept["logger"], kept["level"]) == ("it broke", "somebody.else", "error")


def test_russian_words_stay_readable(configured: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO")
    structlog.get_logger().info("named", region="Тюменская область")

    assert "Тюменская область" in configured.readouterr().err


@pytest.mark.parametrize(
    "name",
    ["password", "new_password", "api_token", "Authorization", "cookie", "otp", "email", "ip"],
)
def test_secrets_and_personal_data_are_hidden(name: str) -> None:
    line = logs.hide(None, "info", {"event": "signed_in", name: "the value"})

    assert line == {"event": "signed_in", name: logs.HIDDEN}


def test_they_are_hidden_however_deep_they_sit() -> None:
    line = logs.hide(None, "info", {"event": "x", "form": {"name": "n", "password": "p"}})

    assert line["form"] == {"name": "n", "password": logs.HIDDEN}


def test_an_error_tells_where_it_happened_and_why(configured: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO")
    try:
        try:
            int("twelve")
        except ValueError as cause:
            raise LookupError("no such season") from cause
    except LookupError:
        structlog.get_logger().exception("fold_failed")

    told = json.loads(configured.readouterr().err)["exception"]
    assert "test_logs.py" in told
    assert told.index("ValueError: invalid literal") < told.index("LookupError: no such season")


def refuse(typed: str) -> None:
    """Fail as PostgreSQL does for an address that exists already."""
    own = psycopg.errors.UniqueViolation(f"Key (email)=({typed}) already exists.")
    raise IntegrityError("INSERT INTO members", {"email": typed}, own) from own


def test_a_database_error_is_told_without_what_somebody_typed(
    configured: pytest.CaptureFixture[str],
) -> None:
    logs.configure("INFO")
    typed = "anna@example.org"
    try:
        refuse(typed)
    except IntegrityError:
        logging.getLogger("flask.app").exception("Exception on /register [POST]")

    line = configured.readouterr().err
    assert typed not in line
    assert "UniqueViolation" in line
    assert "IntegrityError" in line
