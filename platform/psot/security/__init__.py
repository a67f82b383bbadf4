"""What protects every page alike: headers, CSRF, limits. No room knows it; the door installs it."""

from flask import Flask

from psot.security import csrf, headers, limits

__all__ = ["csrf", "headers", "install", "limits"]


def install(app: Flask) -> None:
    """Protect ``app``. Comes after the door of policies and before any room."""
    csrf.install(app)
    headers.install(app)
    limits.install(app)
