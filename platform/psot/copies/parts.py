"""Pages with a part that is a member's own: the copy is filled inside the app, which makes it."""

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

STORE: Final = "psot.copies.store"
"""In the environ: where the copies are. Without it every page is made anew."""


def install(app: Flask) -> None:
    """Answer members of ``app`` with copies where their part is added. Comes after all guards."""
    members, tokens = Members(app), Tokens(app)
    uses = cast("DatabaseSessions", app.session_interface).uses

    @app.before_request
    def send() -> Any:
        store: Store | None = request.environ.get(STORE)
        # The making of a copy would wait for itself.
        if store is None or making.DRAFT in request.environ:
            return None
        make_part = slots.parts(app).get(request.endpoint or "")
        if make_part is None or request.endpoint not in SHARED_BY_MEMBERS:
            return None
        reader = members.of(request.environ, request.cookies)
        if reader is None or reader.stay is None or reader.like is None:
            return None
        asked, like, owner = reader.asked, reader.like, reader.stay.owner
        page = store.get(reader.key, lambda: making.make(app.wsgi_app, asked, like))
        if page is None or not reader.may_have(page):
            return None
        take_for(viewer_of(owner))
        show_to(look_like(like, owner.display_name))
        navigation.take_for(dict(like.counts))
        with reading():
            own = {**reader.own(tokens), "part": make_part().encode()}
        uses.note(reader.stay.stored)
        return app.response_class(page.filled(own), headers=Headers(page.headers))
