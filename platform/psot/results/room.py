"""What results bring into the app."""

from flask import Flask

from psot import security
from psot.results import (
    export_pages,
    figures,
    mine_pages,
    pages,
    practice_pages,
    replay_pages,
    season_pages,
    words,
)
from psot.security.limits import Limit

# Importing the pages puts their routes on the one blueprint.
__all__ = [
    "export_pages",
    "install",
    "mine_pages",
    "practice_pages",
    "replay_pages",
    "season_pages",
]


def install(app: Flask) -> None:
    """Bring the pages of results, and how they write times and points."""
    figures.install(app)
    words.install(app)
    app.register_blueprint(pages.blueprint)
    # A file is made anew for every reader, so nobody has a hundred of them made at once.
    files = Limit(often="60 per minute", methods=("GET",))
    security.limits.apply(app, {"results.export": (files,), "results.season_file": (files,)})
