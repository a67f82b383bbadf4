"""The door before the app: visitors of shared pages are sent copies, all others pass through."""

import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final, cast

from flask import Flask
from gevent.lock import BoundedSemaphore
from werkzeug.exceptions import HTTPException

from psot import clock
from psot.copies import making
from psot.copies.asking import Asked, Environ, asked, cookies_of, short
from psot.copies.members import STORE
from psot.copies.page import Page
from psot.copies.store import Store
from psot.members.sessions import DatabaseSessions
from psot.members.visitor_cookies import Visit, Visits
from psot.observability import metrics, request_ids
from psot.policies import SHARED
from psot.security.csrf import Tokens

READING: Final = frozenset({"GET", "HEAD"})
TELLING: Final = frozenset(
    {"HTTP_AUTHORIZATION", "HTTP_TRANSFER_ENCODING", "HTTP_RANGE", making.DRAFT}
)
"""What has one of these may not be a reader of pages, and the making of a copy is none."""
KNOWN_PATHS: Final = 1024
AHEAD_AT_ONCE: Final = 4
"""So many copies are made without a turn, since a crowd may wait for each; more of them take turns
as everybody does: whoever invents addresses must not go before all others."""


class Copies:
    """``application`` with copies before it; ``app`` is the Flask app at its end."""

    def __init__(
        self, application: making.Application, app: Flask, *, store: Store | None = None
    ) -> None:
        self._application = application
        self._store = Store() if store is None else store
        self._ahead = BoundedSemaphore(AHEAD_AT_ONCE)
        self._visits = Visits(cast("DatabaseSessions", app.session_interface))
        self._tokens = Tokens(app)
        self._metrics = cast("metrics.Metrics", app.extensions[metrics.EXTENSION])
        addresses = app.url_map.bind("localhost")

        @lru_cache(maxsize=KNOWN_PATHS)
        def shared(path: str) -> str:
            """Return the endpoint of a shared page, "" for any other address."""
            try:
                endpoint, _ = addresses.match(path, method="GET")
            except HTTPException:
                return ""
            return endpoint if endpoint in SHARED else ""

        self._shared = shared

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer with a copy where one will do, else as the application does."""
        began_s = time.perf_counter()
        endpoint = self._endpoint(environ)
        environ[STORE] = self._store
        if not endpoint:
            return self._application(environ, start)
        cookies = cookies_of(environ)
        visit = self._visits.of(cookies)
        page = self._page(asked(environ, cookies)) if visit else None
        if visit is None or page is None:
            return self._application(environ, start)
        own = {
            "token": self._tokens.signed(visit.kept).encode(),
            "moment": str(round(clock.now().timestamp() * 1000)).encode(),
        }
        body = page.filled(own)
        named = request_ids.named(environ.get("HTTP_X_REQUEST_ID", ""))
        start("200 OK", _headers(page, visit, environ, named, len(body)))
        method, spent_s = environ["REQUEST_METHOD"], time.perf_counter() - began_s
        metrics.tell(self._metrics, endpoint, method, 200, spent_s, request_id=named)
        return [b"" if method == "HEAD" else body]

    def _endpoint(self, environ: Environ) -> str:
        """Return the endpoint of a request that a copy may answer, "" for any other."""
        if environ["REQUEST_METHOD"] not in READING or not environ.keys().isdisjoint(TELLING):
            return ""
        if environ.get("CONTENT_LENGTH") not in {None, "", "0"} or not short(environ):
            return ""
        path: str = environ["PATH_INFO"]
        return self._shared(path.encode("latin-1").decode("utf-8", "replace"))

    def _page(self, wanted: Asked) -> Page | None:
        return self._store.get(wanted, lambda: self._make(wanted))

    def _make(self, wanted: Asked) -> Page | None:
        ahead = self._ahead.acquire(blocking=False)
        try:
            return making.make(self._application, wanted, ahead=ahead)
        finally:
            if ahead:
                self._ahead.release()


def _headers(
    page: Page, visit: Visit, environ: Environ, named: str, size_bytes: int
) -> list[tuple[str, str]]:
    """Return the headers of one answer: the page's, and those that are this answer's own."""
    headers = [
        *page.headers,
        ("Content-Length", str(size_bytes)),
        (request_ids.HEADER, named),
    ]
    if "HTTP_COOKIE" in environ:
        # As `psot.security.headers` has it for whoever shows a cookie.
        headers.append(("Cache-Control", "no-store"))
    if visit.new_cookie:
        headers.append(("Set-Cookie", visit.new_cookie))
    return headers
