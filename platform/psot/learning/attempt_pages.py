"""The pages of an attempt: question by question, the answers, the result, and all attempts."""

from typing import Any
from uuid import UUID

from flask import Response as Reply
from flask import abort, flash, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from content.quiz import PublicQuestion, Question, Response
from psot import clock
from psot.database import transaction
from psot.learning import bank, operations, queries, sets
from psot.learning.errors import AnswerStands, CheckRunning, ChoiceInvalid, NotShown, TimeIsUp
from psot.learning.forms import PICTURE_WIDTH_PX, response_from
from psot.learning.modes import Mode
from psot.learning.pages import blueprint, check_running, library_path, me, to
from psot.learning.pictures import height_of, marks
from psot.learning.values import Answered, AttemptView, Given

PER_PAGE = 25


@blueprint.get("/attempts/<uuid:attempt_id>")
def attempt(attempt_id: UUID) -> ResponseReturnValue:
    """Show the question that is next; the result when there is none."""
    return _question(attempt_id)


@blueprint.post("/attempts/<uuid:attempt_id>/answers")
def answer(attempt_id: UUID) -> ResponseReturnValue:
    """Take the answer to the question shown."""
    received_at = clock.now()
    asked = request.form.get("question", "")
    response: Response = None
    try:
        with transaction() as session:
            public = queries.question_shown(session, me(), attempt_id, asked)
            heights = _heights(session, public)
            response = response_from(public, request.form, heights)
            given = operations.answer(
                session,
                member=me(),
                attempt=attempt_id,
                question=asked,
                response=response,
                received_at=received_at,
            )
    except ChoiceInvalid as error:
        page = _question(attempt_id, problem=str(error.message), response=response)
        return (page, error.status) if isinstance(page, str) else page
    except (NotShown, TimeIsUp) as error:
        flash(str(error.message), "warning")
        return to("learning.attempt", attempt_id=attempt_id)
    except CheckRunning as error:
        return check_running(error)
    except AnswerStands as error:
        page = render_template(
            "learning/stands.html", attempt_id=attempt_id, position=_position(attempt_id, asked)
        )
        return page, error.status
    if given.sealed:
        return to("learning.attempt", attempt_id=attempt_id)
    return to("learning.answered", attempt_id=attempt_id, position=given.position)


@blueprint.get("/attempts/<uuid:attempt_id>/answers/<int:position>")
def answered(attempt_id: UUID, position: int) -> str:
    """Show an answer given, what would have been right, why, and where that is written."""
    with transaction() as session:
        found = queries.attempt_of(session, me(), attempt_id)
        given = next((one for one in found.answers if one.position == position), None)
        if given is None:
            abort(404)
        page = _about(session, found) | _pictures(session, given)
        past = bank.past_act(session, given.asked, clock.now().date())
    return render_template(
        "learning/answered.html",
        given=given,
        topic_path=library_path("topic", given.asked.topic),
        past_act=past,
        **page,
    )


@blueprint.get("/attempts/<uuid:attempt_id>/result")
def result(attempt_id: UUID) -> ResponseReturnValue:
    """Show what a finished attempt came to; an unfinished one goes on."""
    with transaction() as session:
        found = queries.result_of(session, me(), attempt_id)
        page = _about(session, found.attempt)
    if not found.attempt.finished:
        return to("learning.attempt", attempt_id=attempt_id)
    paths = {one.topic: library_path("topic", one.topic) for one in found.topics}
    return render_template("learning/result.html", result=found, topic_paths=paths, **page)


@blueprint.post("/attempts/<uuid:attempt_id>/stop")
def stop(attempt_id: UUID) -> ResponseReturnValue:
    """End an attempt with what is answered."""
    with transaction() as session:
        found = operations.stop_attempt(session, member=me(), attempt=attempt_id, now=clock.now())
    if not found.given and not found.sealed:
        flash(gettext("Stopped before the first answer: nothing is counted."), "info")
        return to("learning.quizzes")
    return to("learning.result", attempt_id=attempt_id)


@blueprint.post("/attempts/<uuid:attempt_id>/practise")
def practise(attempt_id: UUID) -> ResponseReturnValue:
    """Practise the questions that were not answered rightly."""
    try:
        with transaction() as session:
            found = queries.attempt_of(session, me(), attempt_id)
            if not found.finished:
                return to("learning.attempt", attempt_id=attempt_id)
            begun = operations.start_set(
                session,
                member=me(),
                mode=Mode.PRACTICE,
                quiz=sets.again_of(found.id),
                questions=found.to_repeat,
                now=clock.now(),
            )
    except CheckRunning as error:
        return check_running(error)
    return to("learning.attempt", attempt_id=begun.id)


@blueprint.get("/me/attempts")
def mine() -> str:
    """List the reader's attempts, those under way first."""
    mode = request.args.get("mode", "")
    mode = mode if mode in set(Mode) else ""
    page = max(1, request.args.get("page", 1, type=int))
    with transaction() as session:
        found = queries.history(
            session, me(), mode=mode, limit=PER_PAGE + 1, offset=PER_PAGE * (page - 1)
        )
        begun = queries.open_attempts(session, me(), clock.now()) if page == 1 else []
        begun = [one for one in begun if not mode or one.mode == mode]
        named = [(one.id, one.quiz, one.mode) for one in found]
        named += [(one.id, one.quiz, one.mode) for one in begun]
        titles = {id_: sets.title(session, quiz, mode) for id_, quiz, mode in named}
    return render_template(
        "learning/mine.html",
        found=found[:PER_PAGE],
        more=len(found) > PER_PAGE,
        begun=begun,
        titles=titles,
        mode=mode,
        modes=list(Mode),
        page=page,
    )


@blueprint.get("/questions/pictures/<name>")
def picture(name: str) -> Reply:
    """Give a picture of a question. It runs nothing, even when opened by itself."""
    with transaction() as session:
        found = bank.picture(session, name)
    if found is None:
        abort(404)
    reply = make_response(found.data)
    reply.mimetype = found.media_type
    reply.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    reply.cache_control.private = True
    reply.cache_control.max_age = 3600
    return reply


def states(attempt: AttemptView) -> list[str]:
    """Return for each question how its target looks: hit, miss, part, done, aim or wait."""
    shown = [state(one) for one in attempt.given]
    left = len(attempt.asked) - len(shown)
    if attempt.finished:
        return shown + (["miss"] * left if attempt.sealed else [])
    return shown + ["aim", *["wait"] * (left - 1)][:left]


def state(given: Given) -> str:
    """Return how the target of an answer looks; a sealed one only that it is answered."""
    if not isinstance(given, Answered):
        return "done"
    if given.score_ppm == 0:
        return "miss"
    return "hit" if given.right else "part"


def _question(
    attempt_id: UUID, *, problem: str = "", response: Response = None
) -> str | ResponseReturnValue:
    now = clock.now()
    try:
        with transaction() as session:
            shown = operations.show_question(session, member=me(), attempt=attempt_id, now=now)
            found = queries.attempt_of(session, me(), attempt_id)
            page = _about(session, found)
            heights = _heights(session, shown.question) if shown else {}
    except CheckRunning as error:
        return check_running(error)
    if shown is None:
        return to("learning.result", attempt_id=attempt_id)
    return render_template(
        "learning/question.html",
        shown=shown,
        problem=problem,
        response=response,
        heights=heights,
        picture_width=PICTURE_WIDTH_PX,
        now=now,
        **page,
    )


def _about(session: Any, found: AttemptView) -> dict[str, Any]:
    """Return what every page of an attempt says of it."""
    return {
        "attempt": found,
        "states": states(found),
        "title": sets.title(session, found.quiz, found.mode),
        "home": found.quiz if sets.exists(session, found.quiz) else "",
        "topics": bank.topics(session),
        "content_language": bank.language(session),
    }


def _heights(session: Any, public: PublicQuestion) -> dict[str, float]:
    """Return how high the pictures of a question are, by their file."""
    files = [public.picture.file] if public.picture else []
    files += [part["picture"]["file"] for part in public.form.get("parts", ()) if part["picture"]]
    found = {file: bank.picture(session, file) for file in files}
    return {file: height_of(one.data) if one else 1.0 for file, one in found.items()}


def _pictures(session: Any, given: Answered) -> dict[str, Any]:
    """Return the pictures of an answered question with the areas that are drawn over them."""
    asked: list[Question] = [given.asked, *getattr(given.asked, "parts", {}).values()]
    heights = _heights(session, given.question)
    return {
        "heights": heights,
        "marks": {
            one.picture.file: marks(getattr(one, "areas", ()), heights[one.picture.file])
            for one in asked
            if one.picture is not None
        },
    }


def _position(attempt_id: UUID, question: str) -> int | None:
    with transaction() as session:
        found = queries.attempt_of(session, me(), attempt_id)
    places = (one.position for one in found.answers if one.question.id == question)
    return next(places, None)
