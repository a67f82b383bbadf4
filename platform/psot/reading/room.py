"""What reading brings into the app."""

from flask import Flask
from flask_babel import gettext

from psot import shell
from psot.database import transaction
from psot.members.queries import current_member
from psot.reading import law_pages, pages, queries, search_pages

# Importing the pages puts their routes on the one blueprint.
__all__ = ["install", "law_pages", "search_pages"]


def install(app: Flask) -> None:
    """Bring the pages of the library, and what the first page says of it."""
    app.register_blueprint(pages.blueprint)
    shell.show(app, steps=_steps, may=queries.BEGAN)


def _steps() -> list[shell.Step]:
    """Propose to read on where the member stopped."""
    viewer = current_member()
    if viewer is None:
        return []
    with transaction() as session:
        found = [one for one in queries.cards(session, viewer.id) if one.state == "begun"]
    if not found:
        return []
    last = max(found, key=lambda one: one.progress.seen_at.timestamp() if one.progress else 0)
    return [
        shell.Step(
            path=f"/topics/{last.topic.id}/lesson",
            title=gettext("Read on"),
            text=pages.called(last.topic.name),
            icon="book-open",
        )
    ]
