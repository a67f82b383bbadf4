"""The pages of learning: choose a quiz, answer question by question, see what it came to."""

from typing import Any, cast
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from werkzeug.wrappers import Response

from psot import clock
from psot.database import transaction
from psot.learning import catalogue, operations, queries
from psot.learning.errors import AnswerStands, ChoiceInvalid, NotShown
from psot.learning.values import Answered, AttemptView
from psot.members.queries import current_member

blueprint = Blueprint("learning", __name__, template_folder="templates")

LONGEST_SEARCH = 100


@blueprint.app_template_global("in_language")
def in_language(names: object) -> str:
    """Return a title or name of the content in the reader's language."""
    locale = get_locale()
    language = locale.language if locale else "ru"
    return cast("str", names.in_language(language))  # type: ignore[attr-defined]  # content's Names


@blueprint.get("/quizzes")
def quizzes() -> str:
    """List the quizzes on the page, by words and topic, with the reader's own state."""
    search = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    topic = request.args.get("topic", "")
    topics = catalogue.pack().topics
    viewer = current_member()
    with transaction() as session:
        found = queries.published(
            session,
            member=viewer.id if viewer else None,
            search=search,
            topic=topic if topic in topics else "",
        )
    return render_template(
        "learning/quizzes.html",
        found=found,
        search=search,
        topic=topic if topic in topics else "",
        topics=topics,
        signed_in=viewer is not None,
    )


@blueprint.get("/quizzes/<slug>")
def quiz(slug: str) -> str:
    """Introduce a quiz: what it asks about, how long it takes, what the reader did before."""
    viewer = current_member()
    with transaction() as session:
        found = queries.published_quiz(session, slug, member=viewer.id if viewer else None)
        past = queries.past_attempts(session, viewer.id, slug) if viewer else []
    return render_template(
        "learning/quiz.html",
        found=found,
        past=past,
        topic=catalogue.pack().topics.get(found.quiz.topic or ""),
        signed_in=viewer is not None,
    )


@blueprint.post("/quizzes/<slug>/attempts")
def start(slug: str) -> Response:
    """Begin an attempt, or go on with the unfinished one."""
    with transaction() as session:
        attempt = operations.start_attempt(session, member=_me(), slug=slug, now=clock.now())
    return _to("learning.attempt", attempt_id=attempt.id)


@blueprint.get("/attempts/<uuid:attempt_id>")
def attempt(attempt_id: UUID) -> str | Response:
    """Show the question that is next; the result when there is none."""
    return _question(attempt_id)


@blueprint.post("/attempts/<uuid:attempt_id>/answers")
def answer(attempt_id: UUID) -> ResponseReturnValue:
    """Take the answer to the question shown."""
    received_at = clock.now()
    try:
        with transaction() as session:
            given = operations.answer(
                session,
                member=_me(),
                attempt=attempt_id,
                question=request.form.get("question", ""),
                chosen=request.form.getlist("chosen"),
                received_at=received_at,
            )
    except ChoiceInvalid as error:
        return _question(attempt_id, problem=str(error.message)), error.status
    except NotShown as error:
        flash(str(error.message), "warning")
        return _to("learning.attempt", attempt_id=attempt_id)
    except AnswerStands as error:
        position = _position(attempt_id, request.form.get("question", ""))
        page = render_template("learning/stands.html", attempt_id=attempt_id, position=position)
        return page, error.status
    return _to("learning.answered", attempt_id=attempt_id, position=given.position)


@blueprint.get("/attempts/<uuid:attempt_id>/answers/<int:position>")
def answered(attempt_id: UUID, position: int) -> str:
    """Show an answer given, what would have been right, why, and where that is written."""
    with transaction() as session:
        found = queries.attempt_of(session, _me(), attempt_id)
    given = next((one for one in found.answers if one.position == position), None)
    if given is None:
        abort(404)
    return render_template(
        "learning/answered.html",
        attempt=found,
        given=given,
        states=states(found),
        quiz=catalogue.quiz(found.quiz),
        content_language=catalogue.pack().language,
    )


@blueprint.get("/attempts/<uuid:attempt_id>/result")
def result(attempt_id: UUID) -> ResponseReturnValue:
    """Show what a finished attempt came to; an unfinished one goes on."""
    with transaction() as session:
        found = queries.attempt_of(session, _me(), attempt_id)
    if not found.finished:
        return _to("learning.attempt", attempt_id=attempt_id)
    return render_template(
        "learning/result.html",
        attempt=found,
        states=states(found),
        quiz=catalogue.quiz(found.quiz),
        content_language=catalogue.pack().language,
    )


def states(attempt: AttemptView) -> list[str]:
    """Return for each question how its target looks: hit, miss, part, aim or wait."""
    shown = [state(one) for one in attempt.answers]
    left = len(attempt.questions) - len(shown)
    return shown + ["aim", *["wait"] * (left - 1)][:left]


def state(given: Answered) -> str:
    """Return how the target of an answer looks."""
    if given.score_ppm == 0:
        return "miss"
    return "hit" if given.score_ppm == 1_000_000 else "part"  # noqa: PLR2004 - all of it, in ppm


def _question(attempt_id: UUID, *, problem: str = "") -> str | Response:
    with transaction() as session:
        shown = operations.show_question(session, member=_me(), attempt=attempt_id, now=clock.now())
        found = queries.attempt_of(session, _me(), attempt_id)
    if shown is None:
        return _to("learning.result", attempt_id=attempt_id)
    return render_template(
        "learning/question.html",
        attempt=found,
        shown=shown,
        states=states(found),
        problem=problem,
        chosen=request.form.getlist("chosen"),
        quiz=catalogue.quiz(found.quiz),
        topic=catalogue.pack().topics[shown.question.topic],
        content_language=catalogue.pack().language,
    )


def _position(attempt_id: UUID, question: str) -> int | None:
    with transaction() as session:
        found = queries.attempt_of(session, _me(), attempt_id)
    places = (one.position for one in found.answers if one.question.id == question)
    return next(places, None)


def _me() -> UUID:
    viewer = current_member()
    if viewer is None:  # the door lets members only in; this is its second bolt
        abort(401)
    return viewer.id


def _to(endpoint: str, **values: Any) -> Response:
    return redirect(url_for(endpoint, **values), 303)
