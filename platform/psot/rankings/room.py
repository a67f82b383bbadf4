"""What boards bring into the app: their pages and the live boards behind them."""

from flask import Flask

from psot.live import BoardKind, door_of
from psot.policies import PUBLIC
from psot.rankings import boards, history_pages, medal_board, medal_pages, pages, table_pages

# Importing the pages puts their routes on the one blueprint.
__all__ = ["history_pages", "install", "medal_pages", "table_pages"]


def install(app: Flask) -> None:
    """Bring the pages and the live boards."""
    app.register_blueprint(pages.blueprint)
    boards.register(app)
    door_of(app).register_board(BoardKind(prefix=medal_board.PREFIX, policy=PUBLIC))
