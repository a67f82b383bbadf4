"""The pages of mistakes and of the day's set."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from psot import clock
from psot.database import transaction
from psot.learning.errors import CheckRunning, NothingToAsk
from psot.learning.pages import check_running
from psot.library import queries as library
from psot.members.queries import current_member
from psot.shell import preferences
from psot.study import operations, queries
from psot.study.chart import bars
from psot.study.errors import LimitInvalid
from psot.study.walking import day_of

blueprint = Blueprint("study", __name__, template_folder="templates")


@blueprint.get("/me/mistakes")
def mistakes() -> str:
    """List what the reader got wrong and does not know again yet."""
    topic = request.args.get("topic", "")
    with transaction() as session:
        found = queries.mistakes(session, me(), zone())
        topics = library.topics(session)
        paused = queries.open_set(session, me(), clock.now(), _set_name(topic))
    counts = dict.fromkeys(topics, 0)
    for one in found:
        counts[one.question.topic] = counts.get(one.question.topic, 0) + 1
    topic = topic if counts.get(topic) else ""
    shown = [one for one in found if not topic or one.question.topic == topic]
    today = day_of(clock.now(), zone())
    return render_template(
        "study/mistakes.html",
        found=found,
        shown=shown,
        ready=sum(one.right_on != today for one in shown),
        most=operations.MOST_MISTAKES,
        topic=topic,
        topics=topics,
        counts={one: count for one, count in counts.items() if count},
        begun=paused,
        today=today,
    )


@blueprint.post("/me/mistakes")
def practise() -> ResponseReturnValue:
    """Begin a set of the reader's mistakes."""
    topic = request.form.get("topic", "")
    try:
        with transaction() as session:
            topic = topic if topic in library.topics(session) else ""
            begun = operations.practise_mistakes(
                session, member=me(), topic=topic, now=clock.now(), zone=zone()
            )
    except CheckRunning as error:
        return check_running(error)
    except NothingToAsk:
        flash(gettext("There is nothing to practise here today."), "info")
        return to("study.mistakes")
    return to("learning.attempt", attempt_id=begun.id)


@blueprint.get("/me/today")
def today() -> str:
    """Show the reader's day: what is due, what comes in two weeks, what stays in memory."""
    return _today()


@blueprint.post("/me/today")
def begin() -> ResponseReturnValue:
    """Begin the set of this day, or go on with it."""
    try:
        with transaction() as session:
            begun = operations.start_daily(
                session,
                member=me(),
                now=clock.now(),
                zone=zone(),
                beyond=request.form.get("beyond") == "yes",
            )
    except CheckRunning as error:
        return check_running(error)
    except NothingToAsk as error:
        flash(str(error.message), "info")
        return to("study.today")
    return to("learning.attempt", attempt_id=begun.id)


@blueprint.post("/me/today/limit")
def limit() -> ResponseReturnValue:
    """Keep how many questions the reader wants in a day."""
    wanted = request.form.get("limit", type=int)
    try:
        with transaction() as session:
            operations.set_daily_limit(session, member=me(), limit=wanted)
    except LimitInvalid as error:
        return _today(problem=str(error.message), wanted=request.form.get("limit", "")), 422
    flash(gettext("Saved."), "success")
    return to("study.today")


def me() -> UUID:
    """Return who is asking."""
    viewer = current_member()
    if viewer is None:  # the door lets members in only; this is its second bolt
        abort(401)
    return viewer.id


def zone() -> ZoneInfo:
    """Return in which zone the reader's days begin and end."""
    return ZoneInfo(preferences.zone())


def to(endpoint: str, **values: object) -> Response:
    """Lead on after a form was taken."""
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[arg-type]  # parts of an address


def _today(*, problem: str = "", wanted: str = "") -> str:
    with transaction() as session:
        found = queries.today(session, me(), clock.now(), zone())
        wrong = len(queries.mistakes(session, me(), zone()))
    return render_template(
        "study/today.html",
        found=found,
        bars=bars(found.forecast),
        mistakes=wrong,
        least=queries.LEAST_A_DAY,
        most=queries.MOST_A_DAY,
        problem=problem,
        wanted=wanted or found.limit,
    )


def _set_name(topic: str) -> str:
    return f"{operations.MISTAKES}.{topic}" if topic else operations.MISTAKES
