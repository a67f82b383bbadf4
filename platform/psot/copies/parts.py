"""Pages with a part that is a member's own: the copy is filled inside the app, which makes it."""

from dataclasses import dataclass
from typing import Any, Final, cast

from flask import Flask, request
from werkzeug.datastructures import Headers

from psot.copies import making
from psot.copies.members import Members
from psot.copies.somebody import look_like
from psot.copies.store import Store
from psot.database import reading
from psot.members.queries import take_for, viewer_of
from psot.members.sessions import DatabaseSessions
from psot.policies import SHARED_BY_MEMBERS
from psot.security.csrf import Tokens
from psot.shell import navigation, slots
from psot.shell.reader import show_to

DESK: Final = "psot.copies.desk"
"""In the environ: the door's `Desk`. Without it every page is made anew."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the door works with: a reader is known and a copy kept once, wherever it is filled."""

    store: Store
    members: Members
    tokens: Tokens


def install(app: Flask) -> None:
    """Answer members of ``app`` with copies where their part is added. Comes after all guards."""
    uses = cast("DatabaseSessions", app.session_interface).uses

    @app.before_request
    def send() -> Any:
        desk: Desk | None = request.environ.get(DESK)
        # The making of a copy would wait for itself.
        if desk is None or making.DRAFT in request.environ:
            return None
        make_part = slots.parts(app).get(request.endpoint or "")
        if make_part is None or request.endpoint not in SHARED_BY_MEMBERS:
            return None
        reader = desk.members.of(request.environ, request.cookies)
        if reader is None or reader.stay is None or reader.like is None:
            return None
        asked, like, owner = reader.asked, reader.like, reader.stay.owner
        page = desk.store.get(reader.key, lambda: making.make(app.wsgi_app, asked, like))
        if page is None or not reader.may_have(page):
            return None
        take_for(viewer_of(owner))
        show_to(look_like(like, owner.display_name))
        navigation.take_for(dict(like.counts))
        with reading():
            own = {**reader.own(desk.tokens), "part": make_part().encode()}
        uses.note(reader.stay.stored)
        return app.response_class(page.filled(own), headers=Headers(page.headers))
