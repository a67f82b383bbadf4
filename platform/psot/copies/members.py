"""Members of shared pages: their copy is filled inside the app, once it knows who asks."""

from typing import Any, Final, cast

from flask import Flask, request, session
from flask_wtf.csrf import generate_csrf
from markupsafe import escape
from werkzeug.datastructures import Headers

from psot import clock
from psot.copies import making
from psot.copies.asking import Asked, address, short
from psot.copies.page import Page
from psot.copies.somebody import COMMON, Somebody
from psot.copies.store import Store
from psot.database import reading
from psot.members.queries import current_member
from psot.members.viewer import Viewer
from psot.policies import SHARED_BY_MEMBERS
from psot.shell import navigation, preferences

STORE: Final = "psot.copies.store"
"""In the environ: where the copies are. Without it every page is made anew."""


def install(app: Flask) -> None:
    """Answer members of ``app`` with copies where one will do. Comes after every other guard."""

    @app.before_request
    def send() -> Any:
        store: Store | None = request.environ.get(STORE)
        # The making of a copy would wait for itself.
        making_one = making.DRAFT in request.environ
        shared = request.endpoint in SHARED_BY_MEMBERS and short(request.environ)
        if store is None or making_one or not shared:
            return None
        viewer = None if "Authorization" in request.headers else current_member()
        # A message that waits belongs to one reader, and is shown once.
        if viewer is None or not viewer.roles <= COMMON or "_flashes" in session:
            return None
        asked = _asked()
        with reading():
            like = _like(viewer)
        page = store.get((asked, like), lambda: making.make(app.wsgi_app, asked, like))
        if page is None or viewer.id in page.shows:
            return None
        return app.response_class(_filled(page, viewer), headers=Headers(page.headers))


def _asked() -> Asked:
    wish = preferences.Wish(preferences.theme(), preferences.language(), preferences.zone())
    return Asked(address(request.environ), wish)


def _like(viewer: Viewer) -> Somebody:
    """Return what the pages of ``viewer`` share with those of others."""
    return Somebody(
        roles=viewer.roles,
        language=preferences.language(),
        zone=preferences.zone(),
        named=bool(viewer.display_name),
        counts=tuple(navigation.counts().items()),
    )


def _filled(page: Page, viewer: Viewer) -> bytes:
    return page.filled(
        {
            "token": cast("str", generate_csrf()).encode(),
            "moment": str(round(clock.now().timestamp() * 1000)).encode(),
            "name": escape(viewer.display_name).encode(),
        }
    )
