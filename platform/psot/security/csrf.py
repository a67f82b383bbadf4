"""CSRF: every unsafe method needs the token of its session, in the form or in ``X-CSRFToken``."""

from typing import Any, cast

from flask import Flask
from flask_wtf import CSRFProtect

_PROTECT = "psot.security.csrf"


def install(app: Flask) -> None:
    """Ask for the token on every unsafe method."""
    # A page may stay open as long as its session: the token then is as good as the session.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.extensions[_PROTECT] = CSRFProtect(app)


def exempt(app: Flask, view: Any) -> None:
    """Spare a blueprint or a view that never reads the session cookie for unsafe methods."""
    cast("CSRFProtect", app.extensions[_PROTECT]).exempt(view)
