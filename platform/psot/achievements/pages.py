"""The page of a member's own achievements."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from flask import Blueprint, abort, render_template
from flask_babel import gettext
from sqlalchemy.orm import Session

from psot import clock
from psot.achievements import queries
from psot.achievements.values import Held, Standing
from psot.achievements.words import WORDS
from psot.database import transaction
from psot.learning.pages import in_language
from psot.learning.queries import question_texts
from psot.library import queries as library
from psot.members.queries import current_member
from psot.races.queries import race
from psot.shell.formats import day

blueprint = Blueprint("achievements", __name__, template_folder="templates")


@blueprint.get("/me/achievements")
def mine() -> str:
    """Show what the reader has earned and where, and how far the way to the rest is."""
    viewer = current_member()
    if viewer is None:  # the door lets members in only; this is its second bolt
        abort(401)
    with transaction() as session:
        found = queries.mine(session, viewer.id, clock.now())
        places = {
            (one.name, held.subject): _place(session, one.name, held)
            for one in found
            for held in one.held
        }
    return render_template(
        "achievements/mine.html",
        held=[one for one in found if one.held],
        ahead=[one for one in found if not _whole(one)],
        words=WORDS,
        places=places,
    )


def _whole(one: Standing) -> bool:
    """Tell whether there is nothing more to earn of it."""
    return bool(one.held) and one.name not in AGAIN


AGAIN = frozenset({"topic_mastered", "steady_weeks"})
"""What is earned for each topic or season anew."""


def _place(session: Session, name: str, held: Held) -> tuple[str, str]:
    """Return in words where an achievement was earned, and the address there, "" without one."""
    match name:
        case "clean_shooting" | "five_races":
            return race(session, UUID(held.place)).title, f"/races/{held.place}/mine"
        case "steady_weeks":
            week = day(date.fromisoformat(held.place))
            told = gettext(
                "season %(name)s, the tenth week from %(day)s", name=held.subject, day=week
            )
            return told, ""
        case "helped":
            return gettext("The question of the tenth"), f"/questions/{held.place}"
        case "topic_mastered":
            topics = library.topics(session)
            topic = topics.get(held.subject)
            told = in_language(topic.name) if topic else held.subject
            return told, f"/attempts/{held.place}/result"
        case "safe_practice":
            return gettext("The run and its debriefing"), f"/workplace/runs/{held.place}/debrief"
        case _:
            texts: Mapping[str, str] = question_texts(session, [held.place])
            return texts.get(held.place, held.place), ""
