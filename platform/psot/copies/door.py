"""The door before the app: readers of shared pages are sent copies, all others pass through."""

import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final, cast

from flask import Flask
from gevent.lock import BoundedSemaphore
from werkzeug.exceptions import HTTPException

from psot.copies import making
from psot.copies.asking import Asked, Environ, asked, cookies_of, short
from psot.copies.members import Members
from psot.copies.page import Page
from psot.copies.parts import DESK, Desk
from psot.copies.reader import Reader
from psot.copies.somebody import Somebody
from psot.copies.store import Store
from psot.members.sessions import DatabaseSessions
from psot.members.visitor_cookies import Visits
from psot.observability import metrics, request_ids
from psot.policies import SHARED, SHARED_BY_MEMBERS
from psot.security.csrf import Tokens
from psot.shell import slots

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
        self._desk = Desk(
            store=Store() if store is None else store, members=Members(app), tokens=Tokens(app)
        )
        self._ahead = BoundedSemaphore(AHEAD_AT_ONCE)
        self._sessions = cast("DatabaseSessions", app.session_interface)
        # Pages without a part of a member's own; the others are filled inside the app.
        self._alike = SHARED_BY_MEMBERS - slots.parts(app).keys()
        self._visits = Visits(self._sessions)
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
        reader = self._reader(endpoint, environ) if endpoint else None
        page = self._page(reader) if reader else None
        if reader is None or page is None or not reader.may_have(page):
            return self._application(environ, start)
        body = page.filled(reader.own(self._desk.tokens))
        named = request_ids.named(environ.get("HTTP_X_REQUEST_ID", ""))
        start("200 OK", _headers(page, reader, environ, named, len(body)))
        if reader.stay is not None:
            self._sessions.uses.note(reader.stay.stored)
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

    def _reader(self, endpoint: str, environ: Environ) -> Reader | None:
        """Return who may be sent a copy; None wherever the app has to look."""
        cookies = cookies_of(environ)
        visit = self._visits.of(cookies)
        if visit is not None:
            wanted = asked(environ, cookies)
            return Reader(asked=wanted, kept=visit.kept, new_cookie=visit.new_cookie)
        if endpoint not in self._alike:
            environ[DESK] = self._desk
            return None
        return self._desk.members.of(environ, cookies)

    def _page(self, reader: Reader) -> Page | None:
        return self._desk.store.get(reader.key, lambda: self._make(reader.asked, reader.like))

    def _make(self, wanted: Asked, like: Somebody | None) -> Page | None:
        ahead = self._ahead.acquire(blocking=False)
        try:
            return making.make(self._application, wanted, like, ahead=ahead)
        finally:
            if ahead:
                self._ahead.release()


def _headers(
    page: Page, reader: Reader, environ: Environ, named: str, size_bytes: int
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
    if reader.new_cookie:
        headers.append(("Set-Cookie", reader.new_cookie))
    return headers
