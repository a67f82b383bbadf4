"""Logs: one JSON object a line on standard error, ours and those of the libraries alike."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError

# Names whose values never reach a log, whoever logs them and however deep they sit.
SECRET = ("password", "secret", "token", "authorization", "cookie", "csrf", "code", "otp", "totp")
PERSONAL = ("email", "mail_to", "address", "remote_addr", "phone", "ip")
# Ours, and harmless: an error's code is not a code somebody types in.
PLAIN = frozenset({"status_code", "error_code"})

HIDDEN = "[hidden]"

# Lines of a traceback with its causes; more is told by none of them.
LONGEST_STORY = 400


def hide(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace every secret or personal value in ``line``; a log is read by more than its writer."""
    for name, value in list(line.items()):
        line[name] = _hidden(name, value)
    return line


def _hidden(name: str, value: Any) -> Any:
    plain = name.lower()
    if plain not in PLAIN and (any(one in plain for one in SECRET) or plain in PERSONAL):
        return HIDDEN
    if isinstance(value, dict):
        return {inner: _hidden(str(inner), one) for inner, one in value.items()}
    return value


def story(exc_info: Any) -> str:
    """Return a traceback with its causes; a database error without its words.

    PostgreSQL quotes in them what somebody typed: an address that exists already, for one.
    """
    lines: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None and len(lines) < LONGEST_STORY:
        named = type(error).__name__
        words = "" if isinstance(error, (SQLAlchemyError, psycopg.Error)) else f": {error}"
        lines[:0] = [*traceback.format_tb(error.__traceback__), f"{named}{words}\n"]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "".join(lines).rstrip()


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(story),
        hide,
    ]


def configure(level: str = "INFO") -> None:
    """Write lines of ``level`` and above as JSON; called once by each process that starts.

    Raises ValueError for a level that does not exist.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_shared(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def security_log() -> Any:
    """Return the logger of what matters to security: who did what, by id, never by name."""
    return structlog.get_logger("psot.security").bind(kind="security")
