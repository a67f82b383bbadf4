"""What recordings brings into the app: its pages, and what the first page proposes."""

from flask import Flask
from flask_babel import gettext
from flask_limiter.util import get_remote_address
from sqlalchemy.orm import Session

from psot import clock, shell
from psot.database import transaction
from psot.members.queries import current_member
from psot.reading import asides
from psot.recordings import desk_pages, media_pages, pages, queries, watch_pages, wording
from psot.security.limits import Limit, apply

__all__ = ["desk_pages", "install", "media_pages", "watch_pages"]


def install(app: Flask) -> None:
    """Bring the pages of recordings."""
    app.register_blueprint(pages.blueprint)
    # A player reports six times a minute; kept reports come at once.
    apply(
        app,
        {
            "recordings.initialize": [Limit(often="60 per minute", per=_whoever)],
            "recordings.report": [Limit(often="240 per minute", per=_whoever)],
        },
    )
    shell.show(app, steps=_steps, may=queries.WATCHES)
    asides.offer(app, _of_topic)


def _of_topic(session: Session, topic: str) -> list[asides.Aside]:
    """Return the recordings of a topic for its page."""
    language = wording.language()
    found = queries.published(session, now=clock.now(), topic=topic, language=language)
    return [
        asides.Aside(
            path=f"/recordings/{one.recording.slug}",
            title=one.recording.title.in_language(language),
            note=wording.clock_text(one.recording.length_ms),
            icon="circle-play",
        )
        for one in found
    ]


def _whoever() -> str:
    viewer = current_member()
    return str(viewer.id) if viewer else get_remote_address()


def _steps() -> list[shell.Step]:
    """Propose to go on with the recording that was watched last."""
    viewer = current_member()
    if viewer is None:
        return []
    with transaction() as session:
        found = queries.unfinished(session, viewer.id, now=clock.now())
    if found is None:
        return []
    place = wording.clock_text(found.progress.place_ms)
    return [
        shell.Step(
            path=f"/recordings/{found.recording.slug}",
            title=gettext("Watch on from %(place)s", place=place),
            text=found.recording.title.in_language(wording.language()),
            icon="play",
        )
    ]
