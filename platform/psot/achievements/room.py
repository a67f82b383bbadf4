"""What achievements bring into the app: the page of the own ones."""

from flask import Flask

from psot.achievements import pages

__all__ = ["install"]


def install(app: Flask) -> None:
    """Bring the page."""
    app.register_blueprint(pages.blueprint)
