"""What the course brings into the app: the racer's page, and what a racer does there."""

from flask import Flask

from psot.course import actions, closing, pages
from psot.races.room import closes_by


def install(app: Flask) -> None:
    """Bring the racer's page and calls to ``app``; the desk closes a course as we do."""
    app.register_blueprint(pages.blueprint)
    actions.register(app)
    closes_by(app, closing.close)
