"""What standings bring into the app."""

from flask import Flask

from psot.standings import boards, pages, remote_pages, screens


def install(app: Flask) -> None:
    """Bring the pages of standings."""
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(remote_pages.blueprint)
    screens.register(app)
    boards.register(app)
