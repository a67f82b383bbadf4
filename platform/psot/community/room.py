"""What the community brings into the app: its pages, and what other pages show of it."""

from typing import cast

from flask import Flask, g
from flask_babel import gettext, ngettext
from flask_limiter.util import get_remote_address
from sqlalchemy.orm import Session

from psot import shell
from psot.community import desk_pages, pages, post_pages, queries
from psot.database import transaction
from psot.members.queries import current_member
from psot.reading import asides
from psot.security.limits import Limit, apply
from psot.shell.navigation import counted_at

__all__ = ["desk_pages", "install", "post_pages"]

_NEWS = "psot_community_news"
_OWN = "/me/questions"
BESIDE = 3
"""Questions shown on a topic's page."""


def install(app: Flask) -> None:
    """Bring the pages of the community."""
    app.register_blueprint(pages.blueprint)
    apply(
        app,
        {
            "community.create": [Limit(often="10 per hour; 30 per day", per=_whoever)],
            "community.answer": [Limit(often="30 per hour; 100 per day", per=_whoever)],
            "community.edit_thread": [Limit(often="60 per hour", per=_whoever)],
            "community.edit_answer": [Limit(often="60 per hour", per=_whoever)],
            "community.accept": [Limit(often="60 per hour", per=_whoever)],
            "community.thank": [Limit(often="60 per minute", per=_whoever)],
            "community.report": [Limit(often="20 per hour", per=_whoever)],
        },
    )
    shell.show(app, steps=_steps)
    shell.count(app, _OWN, _news, queries.news_of)
    asides.offer(app, _of_topic)


def _of_topic(session: Session, topic: str) -> list[asides.Aside]:
    """Return what colleagues asked about a topic, and the way to ask about it."""
    found = queries.of_topic(session, topic, limit=BESIDE)
    return [
        *(
            asides.Aside(
                path=f"/questions/{one.id}",
                title=one.title,
                note=gettext("An expert accepted an answer")
                if one.expert
                else ngettext("%(num)d answer", "%(num)d answers", one.answers),
                icon="users-round",
            )
            for one in found
        ),
        asides.Aside(
            path=f"/questions/ask?topic={topic}",
            title=gettext("Ask about this topic"),
            note=gettext("Colleagues and experts answer"),
            icon="plus",
        ),
    ]


def _steps() -> list[shell.Step]:
    """Propose to read new answers to the member's own questions."""
    news = counted_at(_OWN)
    if not news:
        return []
    return [
        shell.Step(
            path=_OWN,
            title=gettext("Read the answers"),
            text=ngettext(
                "%(num)d question of yours has new answers",
                "%(num)d questions of yours have new answers",
                news,
            ),
            icon="users-round",
        )
    ]


def _news() -> int:
    """Return how many of the reader's own questions have answers not read yet; asked once."""
    viewer = current_member()
    if viewer is None:
        return 0
    if _NEWS not in g:
        with transaction() as session:
            setattr(g, _NEWS, queries.news(session, viewer.id))
    return cast("int", g.get(_NEWS))


def _whoever() -> str:
    viewer = current_member()
    return str(viewer.id) if viewer else get_remote_address()
