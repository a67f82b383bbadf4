"""What the organizers' room brings into the app."""

from flask import Flask

from psot.organizer import pages


def install(app: Flask) -> None:
    """Bring the operator's page."""
    app.register_blueprint(pages.blueprint)
