"""What study brings into the app: its pages, and what the first page says of the day."""

from flask import Flask
from flask_babel import gettext, ngettext
from sqlalchemy import or_

from psot import clock, shell
from psot.database import transaction
from psot.learning.pages import in_language
from psot.library import queries as library
from psot.members.queries import current_member
from psot.study import courses, pages, plan_pages, queries
from psot.study.walking import day_of

# Importing the pages puts their routes on the one blueprint.
__all__ = ["install", "plan_pages"]


def install(app: Flask) -> None:
    """Bring the pages of study, and what the first page says of the day."""
    app.register_blueprint(pages.blueprint)
    shell.show(app, steps=_steps, may=or_(queries.HAS_CARDS, courses.ON_THE_WAY))


def _steps() -> list[shell.Step]:
    """Remind of what is due today, and of the next step of the plan."""
    viewer = current_member()
    if viewer is None:
        return []
    now, zone = clock.now(), pages.zone()
    with transaction() as session:
        due = queries.due_today(session, viewer.id, now, zone)
        course = courses.current(session, viewer.id, now, zone)
        topics = library.topics(session)
    steps = []
    if due:
        steps.append(
            shell.Step(
                path="/me/today",
                title=gettext("Today's set"),
                text=ngettext("%(num)d question is due", "%(num)d questions are due", due),
                icon="calendar",
            )
        )
    ahead = course.next_step if course and course.paused_on is None else None
    if ahead is not None and ahead.step.topic in topics:
        late = ahead.state(day_of(now, zone)) == "late"
        steps.append(
            shell.Step(
                path="/me/plan",
                title=gettext("Your plan waits") if late else gettext("Next in your plan"),
                text=in_language(topics[ahead.step.topic].name),
                icon="map-pin",
            )
        )
    return steps
