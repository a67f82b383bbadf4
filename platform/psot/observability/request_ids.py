"""Every request has an id, on its answer and on each log line: the caller's own if well formed.

It is what a member tells support, and what joins a line of this process with those of a proxy.
"""

import re
import uuid

import structlog
from flask import Flask, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars
from werkzeug.wrappers import Response

HEADER = "X-Request-ID"

# Nothing that could break a log line or a page apart; anything else is replaced, not repaired.
WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


def request_id() -> str:
    """Return the id of the request being served."""
    if "psot_request_id" not in g:
        g.psot_request_id = named(request.headers.get(HEADER, ""))
    return str(g.psot_request_id)


def named(given: str) -> str:
    """Return the id of a request that came with ``given``: that, or a new one."""
    return given if WELL_FORMED.fullmatch(given) else uuid.uuid4().hex


def install(app: Flask) -> None:
    """Give every request of ``app`` its id, in its answer and in each log line written for it."""

    @app.before_request
    def name_request() -> None:
        clear_contextvars()
        bind_contextvars(request_id=request_id())

    @app.after_request
    def answer_with_id(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        return response

    @app.teardown_request
    def forget(_error: BaseException | None) -> None:
        structlog.contextvars.clear_contextvars()
