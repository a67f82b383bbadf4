"""What bots bring into the app: the button of the exhibition race."""

from flask import Flask

from psot.bots import pages


def install(app: Flask) -> None:
    """Bring the button, and the word for the organizer's page whether to show it."""
    app.register_blueprint(pages.blueprint)
    app.jinja_env.globals["bots_offered"] = pages.offered
