"""What items brings into the app."""

from flask import Flask

from psot.items import pages


def install(app: Flask) -> None:
    """Bring the pages of items."""
    app.register_blueprint(pages.blueprint)
