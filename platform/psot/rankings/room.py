"""What boards bring into the app: their pages and the live boards behind them."""

from flask import Flask

from psot.rankings import boards, pages

__all__ = ["install"]


def install(app: Flask) -> None:
    """Bring the pages and the live boards."""
    app.register_blueprint(pages.blueprint)
    boards.register(app)
