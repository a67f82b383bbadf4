"""What numbers bring into the app: their pages, and the four figures of the first page."""

from flask import Flask

from psot import shell
from psot.database import transaction
from psot.numbers import pages, queries

__all__ = ["install"]


def install(app: Flask) -> None:
    """Bring the pages, and what the first page counts."""
    app.register_blueprint(pages.blueprint)
    shell.show(
        app,
        figures={
            "members": lambda: _total("members"),
            "regions": _regions,
            "answers": lambda: _total("answers"),
            "questions": _questions,
        },
    )


def _total(kind: str) -> int:
    with transaction() as session:
        return queries.total(session, kind)


def _regions() -> int:
    with transaction() as session:
        return queries.regions_count(session)


def _questions() -> int:
    with transaction() as session:
        return queries.questions_count(session)
