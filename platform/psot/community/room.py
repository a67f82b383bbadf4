"""What community brings into the app."""

from flask import Flask

__all__ = ["install"]


def install(app: Flask) -> None:
    """Bring the pages of community."""
    _ = app
