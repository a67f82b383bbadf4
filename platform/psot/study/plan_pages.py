"""The pages of plans: what they contain, and the reader's own way through one."""

from typing import Any
from uuid import UUID

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from content.quiz import Step
from psot import clock
from psot.database import transaction
from psot.learning import queries as learning
from psot.learning.pages import library_path
from psot.library import queries as library
from psot.members.queries import current_member
from psot.study import courses, operations
from psot.study.errors import NoCourse, UnknownCourse
from psot.study.pages import blueprint, me, to, zone
from psot.study.walking import COUNTS_BEFORE, day_of


@blueprint.get("/plans")
def plans() -> str:
    """List the plans with everything they contain."""
    viewer = current_member()
    with transaction() as session:
        found = library.plans(session)
        topics = library.topics(session)
        row = courses.current_row(session, viewer.id) if viewer else None
        mine = row.plan if row else ""
    return render_template(
        "study/plans.html",
        plans=list(found.values()),
        topics=topics,
        minutes={id_: _minutes(plan.steps, topics) for id_, plan in found.items()},
        mine=mine,
        signed_in=viewer is not None,
    )


@blueprint.get("/me/plan")
def plan() -> str:
    """Show the reader's plan step by step, and the years that were."""
    now = clock.now()
    with transaction() as session:
        found = courses.current(session, me(), now, zone())
        past = courses.past(session, me(), zone())
        row = courses.current_row(session, me())
        before = (
            courses.read_before(session, me(), row.began_at - COUNTS_BEFORE) if row else set[str]()
        )
        topics = library.topics(session)
        open_quizzes = learning.quizzes_on_page(session)
    return render_template(
        "study/plan.html",
        found=found,
        past=past,
        topics=topics,
        before=before,
        paths={
            (one.number, deed.kind.value): _path(one.step, deed.kind, open_quizzes)
            for one in (found.steps if found else ())
            for deed in one.deeds
        },
        today=day_of(now, zone()),
        counted_days=COUNTS_BEFORE.days,
        undo=next((one for one in past if not one.renewed), None),
    )


@blueprint.get("/me/plan/rounds/<uuid:course>")
def past_round(course: UUID) -> str:
    """Show a round that is over as it stood on its last day."""
    with transaction() as session:
        found = next((one for one in courses.past(session, me(), zone()) if one.id == course), None)
        topics = library.topics(session)
    if found is None:
        raise UnknownCourse(gettext("There is no such plan of yours."), subject=str(course))
    return render_template("study/past.html", found=found, topics=topics)


@blueprint.post("/me/plan")
def choose() -> ResponseReturnValue:
    """Begin a plan."""
    with transaction() as session:
        operations.choose_plan(
            session, member=me(), plan=request.form.get("plan", ""), now=clock.now()
        )
    return to("study.plan")


@blueprint.post("/me/plan/pause")
def pause() -> ResponseReturnValue:
    """Let the plan stand still, or go on."""
    do = operations.resume_plan if request.form.get("on") == "no" else operations.pause_plan
    try:
        with transaction() as session:
            do(session, member=me(), now=clock.now())
    except NoCourse as error:
        flash(str(error.message), "info")
    return to("study.plan")


@blueprint.post("/me/plan/leave")
def leave() -> ResponseReturnValue:
    """Leave the plan."""
    try:
        with transaction() as session:
            operations.leave_plan(session, member=me(), now=clock.now())
    except NoCourse as error:
        flash(str(error.message), "info")
    else:
        flash(gettext("You left the plan. Everything you did stays."), "info")
    return to("study.plan")


@blueprint.post("/me/plan/return")
def come_back() -> ResponseReturnValue:
    """Come back to a plan that was left."""
    given = request.form.get("course", "")
    with transaction() as session:
        operations.return_to_plan(session, member=me(), course=_id(given), now=clock.now())
    return to("study.plan")


@blueprint.post("/me/plan/lessons/<topic>")
def reread(topic: str) -> ResponseReturnValue:
    """Keep that the reader read a lesson again in this round of the plan."""
    try:
        with transaction() as session:
            operations.refresh_lesson(session, member=me(), topic=topic, now=clock.now())
    except NoCourse as error:
        flash(str(error.message), "info")
    return to("study.plan")


def _id(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError as error:
        raise UnknownCourse(gettext("There is no such plan of yours."), subject=given) from error


def _path(step: Any, kind: Step, open_quizzes: set[str]) -> str:
    """Return where a thing of a step is done; "" where there is no such page."""
    if kind is Step.LESSON:
        path = library_path("topic", step.topic)
        return f"{path}/lesson" if path else ""
    if kind is Step.PRACTICE and step.quiz in open_quizzes:
        return f"/quizzes/{step.quiz}"
    return f"/topics/{step.topic}/{kind.value}"


def _minutes(steps: Any, topics: Any) -> int:
    return sum(topics[one.topic].minutes or 0 for one in steps if one.topic in topics)
