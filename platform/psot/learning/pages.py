"""The pages on which a set is chosen and begun."""

import re
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException
from werkzeug.wrappers import Response

from content.quiz import PublicQuestion, Question
from psot import clock
from psot.database import transaction
from psot.learning import bank, operations, queries, sets
from psot.learning.errors import CheckRunning
from psot.learning.modes import Mode
from psot.learning.values import OfferedSet
from psot.members.queries import current_member

blueprint = Blueprint("learning", __name__, template_folder="templates")

LONGEST_SEARCH = 100
LONGEST_LINE = 180
GAP = re.compile(r"\{\{\w+\}\}")
LIBRARY = {"act": "/library/acts/{}", "norm": "/library/norms/{}", "topic": "/topics/{}"}
STATES = ("fresh", "open", "taken", "passed")
MODES = (Mode.PRACTICE, Mode.CHECK)


@blueprint.app_template_global("in_language")
def in_language(names: object) -> str:
    """Return a title or name of the content in the reader's language."""
    locale = get_locale()
    language = locale.language if locale else "ru"
    return cast("str", names.in_language(language))  # type: ignore[attr-defined]  # content's Names


@blueprint.app_template_filter("asks")
def asks(question: PublicQuestion | Question) -> str:
    """Return what a question asks as one line of a list; gaps are dots."""
    line = " ".join(GAP.sub("…", question.text).split())
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"


@blueprint.app_template_global("library_path")
def library_path(kind: str, name: str) -> str:
    """Return the address of a page about what is learned, or "" where there is no such page."""
    path = LIBRARY.get(kind, "").format(name)
    try:
        current_app.url_map.bind("").match(path)
    except (HTTPException, RoutingException):
        return ""
    return path


@blueprint.get("/quizzes")
def quizzes() -> str:
    """List what can be taken, by words, topic, mode and the reader's own state."""
    viewer = current_member()
    search = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    mode = _one_of("mode", MODES)
    state = _one_of("state", STATES) if viewer else ""
    with transaction() as session:
        topics = bank.topics(session)
        topic = _one_of("topic", tuple(topics))
        found = queries.offered(
            session,
            member=viewer.id if viewer else None,
            search=search,
            topic=topic,
            mode=mode,
            state=state,
        )
    filters = {"q": search, "topic": topic, "mode": mode, "state": state}
    return render_template(
        "learning/quizzes.html",
        quizzes=[one for one in found if one.set.published_at],
        of_topics=_by_topic([one for one in found if not one.set.published_at]),
        filters=filters,
        filtered=any(filters.values()),
        topics=topics,
        placement=sets.PLACEMENT,
        signed_in=viewer is not None,
    )


@blueprint.get("/quizzes/<slug>")
def quiz(slug: str) -> str:
    """Introduce a set: what it asks about, by which rules, what the reader did before."""
    return _set_page(slug)


@blueprint.get("/topics/<topic>/practice")
def topic_practice(topic: str) -> str:
    """Introduce the practice of a topic."""
    return _set_page(sets.slug_of(topic, Mode.PRACTICE))


@blueprint.get("/topics/<topic>/check")
def topic_check(topic: str) -> str:
    """Introduce the check of a topic."""
    return _set_page(sets.slug_of(topic, Mode.CHECK))


@blueprint.post("/quizzes/<slug>/attempts")
def start(slug: str) -> ResponseReturnValue:
    """Begin an attempt, or go on with the unfinished one."""
    try:
        with transaction() as session:
            attempt = operations.start_attempt(session, member=me(), slug=slug, now=clock.now())
    except CheckRunning as error:
        return check_running(error)
    return redirect(url_for("learning.attempt", attempt_id=attempt.id), 303)


def check_running(error: CheckRunning) -> ResponseReturnValue:
    """Tell that a check is under way, and lead to it."""
    page = render_template("learning/running.html", attempt_id=error.subject)
    return page, error.status


def me() -> UUID:
    """Return who is asking."""
    viewer = current_member()
    if viewer is None:  # the door lets members only in; this is its second bolt
        abort(401)
    return viewer.id


def to(endpoint: str, **values: Any) -> Response:
    """Lead on after a form was taken."""
    return redirect(url_for(endpoint, **values), 303)


def _set_page(slug: str) -> str:
    viewer = current_member()
    with transaction() as session:
        found = queries.one_offered(session, slug, member=viewer.id if viewer else None)
        past = queries.past_attempts(session, viewer.id, slug) if viewer else []
        topic = bank.topics(session).get(found.set.topic or "")
    return render_template(
        "learning/quiz.html",
        found=found,
        past=past,
        topic=topic,
        signed_in=viewer is not None,
    )


def _by_topic(found: list[OfferedSet]) -> dict[str, dict[str, OfferedSet]]:
    topics: dict[str, dict[str, OfferedSet]] = {}
    for one in found:
        topics.setdefault(one.set.topic or "", {})[one.set.mode.value] = one
    return topics


def _one_of(name: str, known: tuple[str, ...]) -> str:
    given = request.args.get(name, "")
    return given if given in known else ""
