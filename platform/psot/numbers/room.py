"""What numbers bring into the app: their pages, and the four figures of the first page."""

from flask import Flask

from psot import shell
from psot.database import transaction
from psot.numbers import pages, queries

__all__ = ["install"]


def install(app: Flask) -> None:
    """Bring the pages, and what the first page counts."""
    app.register_blueprint(pages.blueprint)
    shell.show(app, figures=_counted)


def _counted() -> dict[str, int]:
    with transaction() as session:
        return queries.first_page(session)
