"""What the members bring into the app: sessions and the door first, pages after."""

from typing import cast

from flask import Flask

from psot import security
from psot.config import Settings
from psot.members import (
    accounts,
    arrivals,
    audit,
    boards_pages,
    choices,
    door,
    limits,
    live,
    mail_pages,
    outside,
    pages,
    reactions,
    request_session,
    roles,
    sessions,
)

__all__ = ["arrivals", "boards_pages", "install", "install_door", "mail_pages"]


def install_door(app: Flask) -> None:
    """Bring sessions and the door of policies; nothing of ``app`` may run before it."""
    settings = cast("Settings", app.extensions["psot.settings"])
    app.session_interface = sessions.DatabaseSessions(
        settings, app.extensions["psot.database"], cast("str", app.secret_key)
    )
    door.install(app)


def install(app: Flask) -> None:
    """Bring accounts and their pages; the live part is there already."""
    request_session.install(app)
    app.register_blueprint(pages.blueprint)
    app.add_template_global(roles.role_name, "role_name")
    accounts.install(app)
    choices.install(app)
    reactions.install(app)
    audit.install(app)
    outside.install(app)
    security.limits.apply(app, limits.LIMITS)
    live.install(app)
