"""CSRF: every unsafe method needs the token of its session, in the form or in ``X-CSRFToken``."""

import secrets
from typing import Any, Final, cast

from flask import Flask, request
from flask_wtf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer

HEADER = "X-CSRFToken"
_PROTECT = "psot.security.csrf"
IN_SESSION: Final = "csrf_token"
"""Under this name a session keeps what its tokens are made of."""
_SALT: Final = "wtf-csrf-token"


def install(app: Flask) -> None:
    """Ask for the token on every unsafe method."""
    # A page may stay open as long as its session: the token then is as good as the session.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.extensions[_PROTECT] = _HeaderFirst(app)


class _HeaderFirst(CSRFProtect):  # type: ignore[misc]  # Flask-WTF has no types
    """Looks into the form only where no header brings the token: what scripts send is no form."""

    def _get_csrf_token(self) -> Any:
        return request.headers.get(HEADER) or super()._get_csrf_token()


def exempt(app: Flask, view: Any) -> None:
    """Spare a blueprint or a view that never reads the session cookie for unsafe methods."""
    cast("CSRFProtect", app.extensions[_PROTECT]).exempt(view)


class Tokens:
    """Tokens as Flask-WTF's pages have them, made where there is no page."""

    def __init__(self, app: Flask) -> None:
        self._signer = URLSafeTimedSerializer(cast("str", app.secret_key), _SALT)

    def signed(self, kept: str) -> str:
        """Return a token of the session that keeps ``kept``."""
        return str(self._signer.dumps(kept))


def new() -> str:
    """Return what a new session keeps: as long and as random as Flask-WTF's own."""
    return secrets.token_hex(20)
