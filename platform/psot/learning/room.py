"""What learning brings into the app: its pages, and what the first page says of them."""

from contextlib import suppress
from typing import cast

from flask import Flask, current_app
from flask_babel import gettext
from redis import Redis
from redis.exceptions import RedisError

from psot import shell
from psot.database import transaction
from psot.learning import attempt_pages, editor_pages, pages, queries
from psot.members.queries import current_member

__all__ = ["attempt_pages", "editor_pages", "install"]

ANSWERS = "psot:learning:answers"
ANSWERS_KEPT_S = 30


def install(app: Flask) -> None:
    """Bring the pages of learning, and what the first page says of them."""
    app.register_blueprint(pages.blueprint)
    shell.show(app, figures={"quizzes": _quizzes_open, "answers": _answers_given}, steps=_steps)


def _quizzes_open() -> int:
    with transaction() as session:
        return queries.quizzes_count(session)


def _answers_given() -> int:
    """Return the number of answers; counted twice a minute, since the first page is read often."""
    redis = cast("Redis", current_app.extensions["psot.redis"])
    try:
        kept = cast("bytes | None", redis.get(ANSWERS))
    except RedisError:
        kept = None
    if kept is not None:
        return int(kept)
    with transaction() as session:
        counted = queries.answers_count(session)
    with suppress(RedisError):
        redis.set(ANSWERS, counted, ex=ANSWERS_KEPT_S)
    return counted


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
