"""What the course brings into the app: the racer's page, and what a racer does there."""

from flask import Flask

from psot.course import actions, pages


def install(app: Flask) -> None:
    """Bring the racer's page and calls to ``app``."""
    app.register_blueprint(pages.blueprint)
    actions.register(app)
