"""What learning brings into the app: its pages, and what the first page says of them."""

from flask import Flask
from flask_babel import gettext

from psot import shell
from psot.database import transaction
from psot.learning import attempt_pages, editor_pages, pages, queries
from psot.members.queries import current_member

__all__ = ["attempt_pages", "editor_pages", "install"]


def install(app: Flask) -> None:
    """Bring the pages of learning, and what the first page says of them."""
    app.register_blueprint(pages.blueprint)
    shell.show(app, steps=_steps)


def _steps() -> list[shell.Step]:
    """Propose to finish what was begun, else the newest quiz not taken yet."""
    viewer = current_member()
    if viewer is None:
        return []
    with transaction() as session:
        found = queries.published(session, member=viewer.id)
    begun = next((one for one in found if one.standing.open_attempt), None)
    fresh = next((one for one in found if one.state == "fresh"), None)
    steps = []
    if begun is not None:
        steps.append(
            shell.Step(
                path=f"/attempts/{begun.standing.open_attempt}",
                title=gettext("Finish what you began"),
                text=pages.in_language(begun.set.title),
                icon="play",
            )
        )
    if fresh is not None:
        steps.append(
            shell.Step(
                path=f"/quizzes/{fresh.set.slug}",
                title=gettext("Take a new quiz"),
                text=pages.in_language(fresh.set.title),
                icon="target",
            )
        )
    return steps
