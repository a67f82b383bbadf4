"""What the virtual workplace brings into the app."""

from flask import Flask
from flask_babel import gettext, ngettext
from flask_limiter.util import get_remote_address
from sqlalchemy.orm import Session

from psot import shell
from psot.database import transaction
from psot.members.queries import current_member
from psot.reading import asides
from psot.security.limits import Limit, apply
from psot.workplace import class_pages, editor_pages, live, pages, queries, run_pages
from psot.workplace.wording import language

# Importing the pages puts their routes on the one blueprint.
__all__ = ["class_pages", "editor_pages", "install", "run_pages"]


def install(app: Flask) -> None:
    """Bring the pages of the workplace, its boards, and what other pages show of it."""
    app.register_blueprint(pages.blueprint)
    live.register(app)
    # A hand is not faster than three actions a second; a page asks the author's check as one types.
    apply(
        app,
        {
            "workplace.act": [Limit(often="240 per minute", per=_whoever)],
            "workplace.path": [Limit(often="120 per minute", per=_whoever)],
            "workplace.begin": [Limit(often="30 per minute", per=_whoever)],
            "workplace.check": [Limit(often="120 per minute", per=_whoever)],
            "workplace.enter": [Limit(often="30 per minute", per=_whoever)],
        },
    )
    shell.show(app, steps=_steps, may=queries.HAS_OPEN_RUN)
    asides.offer(app, _of_topic)


def _of_topic(session: Session, topic: str) -> list[asides.Aside]:
    """Return the scenarios of a topic for its page."""
    return [
        asides.Aside(
            path=f"/workplace/{one.scenario.id}",
            title=one.scenario.title.in_language(language()),
            note=_note(one.scenario.minutes),
            icon="hard-hat",
        )
        for one in queries.listed(session, member=None, topic=topic)
    ]


def _note(minutes: int) -> str:
    length = ngettext("%(num)d minute", "%(num)d minutes", minutes)
    return str(gettext("Practice in the virtual enterprise, %(length)s", length=length))


def _whoever() -> str:
    viewer = current_member()
    return str(viewer.id) if viewer else get_remote_address()


def _steps() -> list[shell.Step]:
    """Propose to go on with a run that is not finished."""
    viewer = current_member()
    if viewer is None:
        return []
    with transaction() as session:
        found = [one for one in queries.listed(session, member=viewer.id) if one.open_run]
    return [
        shell.Step(
            path=f"/workplace/runs/{one.open_run}",
            title=gettext("Go on in the virtual enterprise"),
            text=one.scenario.title.in_language(language()),
            icon="hard-hat",
        )
        for one in found[:1]
    ]
