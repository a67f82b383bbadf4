"""A lesson as a page shows it, rendered once for as long as the library stands as it is."""

from collections import OrderedDict
from threading import Lock
from typing import Final

from sqlalchemy.orm import Session

from content.lessons import Rendered, render
from content.quiz import Lesson
from psot.library import queries as library
from psot.reading.places import links
from psot.reading.values import Heading, LessonView

KEPT: Final = 200
"""Rendered lessons a process remembers."""

_kept: "OrderedDict[tuple[int, str], Rendered]" = OrderedDict()
_lock = Lock()


def lesson(session: Session, topic: str) -> LessonView | None:
    """Return the published lesson of ``topic`` with its page, or None."""
    found = library.lesson(session, topic)
    if found is None:
        return None
    page = _rendered(session, found)
    return LessonView(
        topic=topic,
        version=found.version,
        title=found.title,
        summary=found.summary,
        html=page.html,
        headings=tuple(
            Heading(anchor=one.anchor, title=one.title, level=one.level) for one in page.headings
        ),
        minutes=page.minutes,
        cites=page.cites,
    )


def _rendered(session: Session, found: Lesson) -> Rendered:
    # The text itself is part of the key: two databases of one process may stand at one number.
    key = library.stamp(session), found.markdown
    with _lock:
        known = _kept.get(key)
    if known is not None:
        return known
    made = render(found.markdown, links=links(session))
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made
