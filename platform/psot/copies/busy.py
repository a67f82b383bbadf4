"""What the door says when too many wait already: made once, so saying it costs next to nothing.

A page in the reader's language that looks again by itself, each at a moment of its own, and for
programs the one JSON shape of errors; both with ``Retry-After``.
"""

import secrets
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final, NamedTuple, cast

from flask import Flask, jsonify, render_template
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from psot.config import Settings
from psot.copies.asking import Environ, cookies_of
from psot.copies.page import Page, cut
from psot.observability import metrics, request_ids
from psot.observability.faults import MACHINE_PATHS, STATUSES
from psot.security import headers
from psot.shell import preferences

SOONEST_S: Final = 4
SPREAD_S: Final = 12
"""A crowd that is turned away comes back over so long a time."""
ENDPOINT: Final = "busy"
MOST_KINDS: Final = 16


class Kind(NamedTuple):
    """What makes one such answer differ from another."""

    language: str
    program: bool
    root: str


class Busy:
    """An application that turns everybody away who wants to read something of ``app``."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._metrics = cast("metrics.Metrics", app.extensions[metrics.EXTENSION])
        self._headers = headers.fixed(cast("Settings", app.extensions["psot.settings"]))
        self._page = lru_cache(maxsize=MOST_KINDS)(self._made)

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        """Say that it is too much at the moment, and when to come again."""
        began_s = time.perf_counter()
        again_s = str(SOONEST_S + secrets.randbelow(SPREAD_S))
        named = request_ids.named(environ.get("HTTP_X_REQUEST_ID", ""))
        page = self._page(_kind(environ))
        body = page.filled({"again": again_s.encode(), "id": named.encode()})
        told = [
            *page.headers,
            *self._headers.items(),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Retry-After", again_s),
            (request_ids.HEADER, named),
        ]
        start("503 SERVICE UNAVAILABLE", told)
        method, spent_s = environ["REQUEST_METHOD"], time.perf_counter() - began_s
        metrics.tell(self._metrics, ENDPOINT, method, 503, spent_s, request_id=named)
        return [b"" if method == "HEAD" else body]

    def _made(self, kind: Kind) -> Page:
        marks = {name: f"{name}-{secrets.token_hex(16)}" for name in ("again", "id")}
        wish = preferences.Wish("auto", kind.language, preferences.DEFAULT_ZONE)
        asked = {"HTTP_COOKIE": wish.cookies, "SCRIPT_NAME": kind.root}
        with self._app.test_request_context(environ_overrides=asked):
            if kind.program:
                plain = STATUSES[503]
                error = {
                    "code": plain.code,
                    "message": str(plain.message),
                    "request_id": marks["id"],
                }
                body, mimetype = jsonify(error=error).get_data(), "application/json"
            else:
                text = render_template("shell/busy.html", again_s=marks["again"])
                body, mimetype = text.encode(), "text/html; charset=utf-8"
        return cut(body, marks, headers=(("Content-Type", mimetype),))


def _kind(environ: Environ) -> Kind:
    accepted = environ.get("HTTP_ACCEPT_LANGUAGE", "")
    wish = preferences.of_browser(cookies_of(environ), accepted)
    asked = environ["PATH_INFO"].startswith(MACHINE_PATHS)
    return Kind(
        language=wish.language,
        program=asked or _wants_json(environ.get("HTTP_ACCEPT", "")),
        root=environ.get("SCRIPT_NAME", ""),
    )


@lru_cache(maxsize=256)
def _wants_json(accept: str) -> bool:
    offered = ["text/html", "application/json"]
    best = parse_accept_header(accept, MIMEAccept).best_match(offered, "text/html")
    return best == "application/json"
