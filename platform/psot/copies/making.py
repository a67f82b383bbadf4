"""How a copy is made: the app answers one request with marks in place of what is one reader's own.

no token is made for a copy   a mark stands where it would stand, another for the moment
nothing is set by a copy      an answer with a cookie is not kept
only what is whole is kept    a page, status 200, that no view has told to be kept otherwise
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Flask, request
from werkzeug.wrappers import Response

from psot.copies.asking import Asked, Environ
from psot.copies.page import Page, cut
from psot.shell import slots

Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Header = tuple[str, str]

DRAFT: Final = "psot.copies.draft"
EACH_ITS_OWN: Final = frozenset({"cache-control", "content-length", "date", "x-request-id"})
"""Headers that belong to one answer and not to the page."""


@dataclass(kw_only=True)
class Draft:
    """A copy that is being made: its marks, and whether the app's answer may be kept."""

    token: str = field(default_factory=lambda: f"token-{secrets.token_hex(16)}")
    moment: str = field(default_factory=lambda: f"moment-{secrets.token_hex(16)}")
    plain: bool = False


def install(app: Flask) -> None:
    """Let ``app`` put marks into the pages that are made for everybody.

    Comes after all rooms: so it sees an answer as the view left it.
    """

    @app.before_request
    def mark() -> None:
        draft: Draft | None = request.environ.get(DRAFT)
        if draft is not None:
            slots.fill(token=draft.token, moment=draft.moment)

    @app.after_request
    def judge(response: Response) -> Response:
        draft: Draft | None = request.environ.get(DRAFT)
        if draft is not None:
            draft.plain = (
                response.status_code == 200  # noqa: PLR2004 - HTTP's own number
                and response.mimetype == "text/html"
                and "Cache-Control" not in response.headers
            )
        return response


def make(application: Application, asked: Asked) -> Page | None:
    """Return a copy of the page that is asked for; None where its answer may not be kept."""
    draft, headers, written = Draft(), list[Header](), list[bytes]()

    def start(_status: str, told: list[Header], *_: Any) -> Callable[[bytes], None]:
        headers[:] = told
        return written.append

    answer = application({**asked.environ(), DRAFT: draft}, start)
    try:
        written.extend(answer)
    finally:
        if close := getattr(answer, "close", None):
            close()
    names = {name.lower() for name, _ in headers}
    if not draft.plain or "set-cookie" in names:
        return None
    kept = tuple(one for one in headers if one[0].lower() not in EACH_ITS_OWN)
    return cut(b"".join(written), kept, token=draft.token, moment=draft.moment)
