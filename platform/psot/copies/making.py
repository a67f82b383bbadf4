"""How a copy is made: the app answers one request with marks in place of what is one reader's own.

no token is made for a copy   a mark stands where it would stand, another for the moment
nothing is set by a copy      an answer with a cookie is not kept
only what is whole is kept    a page, status 200, that no view has told to be kept otherwise
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

from flask import Flask, request
from werkzeug.wrappers import Response

from psot.copies.asking import Asked, Environ
from psot.copies.page import Page, cut
from psot.copies.somebody import Somebody, come_in
from psot.shell import slots
from psot.turns import AHEAD

Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Header = tuple[str, str]

DRAFT: Final = "psot.copies.draft"
EACH_ITS_OWN: Final = frozenset({"cache-control", "content-length", "date", "x-request-id"})
"""Headers that belong to one answer and not to the page."""
MOST_SHOWN: Final = 1000
"""A page that shows more members is made for each of its readers."""


def _marks() -> dict[str, str]:
    """Return a mark for each slot; that of the id is an id that nobody has."""
    marks = {one: f"mark-{secrets.token_hex(16)}" for one in slots.NAMES}
    return {**marks, "id": str(uuid4())}


@dataclass(kw_only=True)
class Draft:
    """A copy that is being made, for a ``member`` or for visitors (None).

    ``marks`` stand in the slots, by their names; ``plain`` tells that the answer may be kept.
    """

    member: Somebody | None = None
    marks: dict[str, str] = field(default_factory=_marks)
    plain: bool = False
    shows: frozenset[UUID] = frozenset()


def install(app: Flask) -> None:
    """Let ``app`` put marks into the pages that are made for everybody.

    Comes after all rooms: so it sees an answer as the view left it.
    """

    @app.before_request
    def mark() -> None:
        draft: Draft | None = request.environ.get(DRAFT)
        if draft is not None:
            slots.fill(draft.marks)
            if draft.member is not None:
                come_in(draft.member, UUID(draft.marks["id"]), name=draft.marks["name"])

    @app.after_request
    def judge(response: Response) -> Response:
        draft: Draft | None = request.environ.get(DRAFT)
        if draft is not None:
            draft.shows = slots.shown()
            draft.plain = (
                response.status_code == 200  # noqa: PLR2004 - HTTP's own number
                and response.mimetype == "text/html"
                and "Cache-Control" not in response.headers
            )
        return response


def make(
    application: Application,
    asked: Asked,
    member: Somebody | None = None,
    *,
    ahead: bool = False,
) -> Page | None:
    """Return a copy of the page that is asked for; None where its answer may not be kept.

    It is the page of any visitor, or of any member who is as ``member`` says. ``ahead`` takes no
    turn.
    """
    draft, headers, written = Draft(member=member), list[Header](), list[bytes]()

    def start(_status: str, told: list[Header], *_: Any) -> Callable[[bytes], None]:
        headers[:] = told
        return written.append

    environ = {**asked.environ(), DRAFT: draft}
    if ahead:
        environ[AHEAD] = True
    answer = application(environ, start)
    try:
        written.extend(answer)
    finally:
        if close := getattr(answer, "close", None):
            close()
    sets = any(name.lower() == "set-cookie" for name, _ in headers)
    if sets or not draft.plain or len(draft.shows) > MOST_SHOWN:
        return None
    kept = tuple(one for one in headers if one[0].lower() not in EACH_ITS_OWN)
    page = cut(b"".join(written), draft.marks, headers=kept, shows=draft.shows)
    return page if "token" in page.slots else None
