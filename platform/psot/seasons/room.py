"""What seasons bring into the app: the archive for all, and the organizer's desk."""

from flask import Flask

from psot.seasons import desk, pages, rules_pages

# Importing the pages of rules puts them on the desk's blueprint.
__all__ = ["install", "rules_pages"]


def install(app: Flask) -> None:
    """Bring the pages of seasons."""
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(desk.blueprint)
