"""Errors are translated once, here: a page for people, one JSON shape for programs.

``{"error": {"code", "message", "request_id", "fields"?, "subject"?}}``
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from flask import Flask, abort, jsonify, request
from flask_babel import lazy_gettext
from redis.exceptions import RedisError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import BadHost, HTTPException
from werkzeug.wrappers import Response

from psot.errors import Invalid, PsotError, TooMany, Unavailable
from psot.observability.request_ids import request_id
from psot.shell.faults import fault_page

_log = structlog.get_logger(__name__)

# Addresses that programs ask: they never get a page, whatever they say they accept.
MACHINE_PATHS = ("/api/", "/live/", "/healthz", "/readyz", "/metrics", "/socket.io/")

# What a service behind us raises when it does not answer: nothing was accepted, try again.
OUTAGES = (OperationalError, InterfaceError, PoolTimeout, RedisError)

# Headers of an HTTP error that mean something to the caller.
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate", "Content-Range")


@dataclass(frozen=True, kw_only=True)
class Plain:
    """A status as programs see it: its stable code and its sentence."""

    code: str
    message: Any


STATUSES: dict[int, Plain] = {
    400: Plain(code="bad_request", message=lazy_gettext("The request was not understood.")),
    401: Plain(code="sign_in_required", message=lazy_gettext("Sign in or send a token.")),
    403: Plain(code="forbidden", message=lazy_gettext("This is not open to you.")),
    404: Plain(code="not_found", message=lazy_gettext("There is no such thing here.")),
    405: Plain(
        code="method_not_allowed", message=lazy_gettext("This address does not take this method.")
    ),
    406: Plain(code="not_acceptable", message=lazy_gettext("Only JSON is served here.")),
    409: Plain(code="conflict", message=lazy_gettext("This contradicts what is already recorded.")),
    413: Plain(code="too_large", message=lazy_gettext("The request is too large.")),
    415: Plain(code="unsupported_media_type", message=lazy_gettext("Send JSON.")),
    422: Plain(code="invalid", message=lazy_gettext("Some fields do not fit.")),
    429: Plain(code="too_many", message=lazy_gettext("Too many requests; try again later.")),
    500: Plain(code="internal", message=lazy_gettext("Something broke on our side.")),
    503: Plain(
        code="unavailable",
        message=lazy_gettext("A service does not answer; nothing was accepted. Try again."),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """An error made ready to be told. ``own`` says that ``message`` is the error's own sentence."""

    status: int
    code: str
    message: str
    own: bool = True
    subject: str = ""
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    retry_after_s: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)


def install(app: Flask) -> None:
    """Translate every error of ``app``: our own family, HTTP's, and services that do not answer."""
    app.register_error_handler(PsotError, lambda error: tell(of_ours(error)))
    app.register_error_handler(HTTPException, lambda error: tell(of_http(error)))
    for outage in OUTAGES:
        app.register_error_handler(outage, _outage)
    app.before_request(refuse_nul)


def refuse_nul() -> None:
    """Refuse an address with a NUL in it: PostgreSQL keeps none, so nothing is found under it."""
    if "\x00" in request.path or any("\x00" in one for one in request.args.values()):
        abort(404)


def wants_json() -> bool:
    """Tell whether the caller is a program: by its address, or because it asks for JSON only.

    So is whoever asks for a host that no address can have: no page has links for them.
    """
    no_links = isinstance(request.routing_exception, BadHost)
    if no_links or request.path.startswith(MACHINE_PATHS):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    return best == "application/json"


def of_ours(error: PsotError) -> Told:
    """Return what there is to tell about an error of our own family."""
    return Told(
        status=error.status,
        code=error.code,
        message=str(error.message),
        subject=error.subject,
        fields=error.fields if isinstance(error, Invalid) else {},
        retry_after_s=error.retry_after_s if isinstance(error, TooMany) else 0,
        headers={"WWW-Authenticate": "Bearer"} if error.status == 401 else {},  # noqa: PLR2004 - HTTP's own number
    )


def of_http(error: HTTPException) -> Told:
    """Return what there is to tell about an error of HTTP, webargs' validation among them."""
    status = error.code or 500
    known = STATUSES.get(status) or STATUSES[400 if status < 500 else 500]  # noqa: PLR2004
    headers = {name: text for name, text in error.get_headers() if name in KEPT_HEADERS}
    data: dict[str, Any] = getattr(error, "data", None) or {}
    return Told(
        status=status,
        code=known.code,
        message=str(known.message),
        own=False,
        fields=flat(data.get("messages") or {}),
        headers=headers,
    )


def flat(messages: Any) -> dict[str, list[str]]:
    """Return nested validation messages by dotted field; the outermost level is the place.

    >>> flat({"json": {"chosen": {0: ["Not a string."]}, "extra": ["Unknown field."]}})
    {'chosen.0': ['Not a string.'], 'extra': ['Unknown field.']}
    """
    places = messages.values() if isinstance(messages, Mapping) else [messages]
    return {path or "body": found for place in places for path, found in _leaves(place, "")}


def _leaves(messages: Any, path: str) -> Iterator[tuple[str, list[str]]]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            step = "" if name == "_schema" else str(name)
            yield from _leaves(inner, ".".join(filter(None, (path, step))))
    else:
        several = messages if isinstance(messages, list) else [messages]
        yield path, [str(one) for one in several]


def tell(told: Told) -> Response:
    """Return the answer for ``told``, as JSON or as a page."""
    response = _json(told) if wants_json() else _page(told)
    response.headers.extend(dict(told.headers))
    if told.retry_after_s:
        response.headers["Retry-After"] = str(told.retry_after_s)
    response.headers["Cache-Control"] = "no-store"
    return response


def body(told: Told) -> dict[str, Any]:
    """Return the one JSON shape of an error."""
    error: dict[str, Any] = {
        "code": told.code,
        "message": told.message,
        "request_id": request_id(),
    }
    if told.fields:
        error["fields"] = dict(told.fields)
    if told.subject:
        error["subject"] = told.subject
    return {"error": error}


def _json(told: Told) -> Response:
    response: Response = jsonify(body(told))
    response.status_code = told.status
    return response


def _page(told: Told) -> Response:
    return fault_page(
        told.status,
        told.message if told.own else "",
        subject=told.subject,
        fields=told.fields,
        request_id=request_id(),
    )


def _outage(error: Exception) -> Response:
    # Only the kind of it: the text of a database error may carry what somebody typed.
    _log.error("service_does_not_answer", error=type(error).__name__)
    return tell(of_ours(Unavailable(STATUSES[503].message)))
