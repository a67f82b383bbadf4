"""The editor's pages: read a quiz with its key, publish it, withdraw it, see its history."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from psot import clock
from psot.database import transaction
from psot.errors import Conflict
from psot.learning import bank, operations, queries
from psot.learning.errors import UnknownQuiz
from psot.learning.pages import blueprint
from psot.learning.values import Shelf
from psot.members.queries import current_member, public_names


@blueprint.get("/editor/quizzes")
def shelf() -> str:
    """List every quiz of the content with what of it is on the page."""
    with transaction() as session:
        found = queries.shelf(session)
        topics = bank.topics(session)
    return render_template("learning/shelf.html", found=found, topics=topics)


@blueprint.get("/editor/quizzes/<slug>")
def shelf_quiz(slug: str) -> str:
    """Show a quiz as it would be asked, with its key, sources and publications."""
    return _quiz_page(slug)


@blueprint.post("/editor/quizzes/<slug>/publish")
def publish(slug: str) -> ResponseReturnValue:
    """Put the quiz on the page once the editor confirms to have read it."""
    if not request.form.get("confirmed"):
        return _quiz_page(slug, problem=gettext("Confirm that you have read it.")), 422
    try:
        with transaction() as session:
            operations.publish_quiz(session, slug=slug, editor=_editor(), now=clock.now())
    except Conflict as error:
        flash(str(error.message), "warning")
    else:
        flash(gettext("The quiz is published."), "success")
    return _back(slug)


@blueprint.post("/editor/quizzes/<slug>/withdraw")
def withdraw(slug: str) -> ResponseReturnValue:
    """Take the quiz off the page once the editor confirms it."""
    if not request.form.get("confirmed"):
        return _quiz_page(slug, problem=gettext("Confirm the withdrawal.")), 422
    try:
        with transaction() as session:
            operations.withdraw_quiz(session, slug=slug, editor=_editor(), now=clock.now())
    except Conflict as error:
        flash(str(error.message), "warning")
    else:
        flash(gettext("The quiz is withdrawn. You can publish it again at any time."), "success")
    return _back(slug)


def _quiz_page(slug: str, *, problem: str = "") -> str:
    with transaction() as session:
        found = _shelf(session, slug)
        editors = {one for row in found.history for one in (row.published_by, row.withdrawn_by)}
        names = public_names(session, [one for one in editors if one])
        known = bank.published(session)
        asked = [known[one] for one in found.quiz.questions if one in known]
        topics = bank.topics(session)
        language = bank.language(session)
    return render_template(
        "learning/shelf_quiz.html",
        found=found,
        names=names,
        problem=problem,
        questions=asked,
        topics=topics,
        content_language=language,
    )


def _shelf(session: Session, slug: str) -> Shelf:
    found = next((one for one in queries.shelf(session) if one.quiz.slug == slug), None)
    if found is None:
        raise UnknownQuiz(gettext("There is no such quiz."), subject=slug)
    return found


def _editor() -> UUID | None:
    viewer = current_member()
    return viewer.id if viewer else None


def _back(slug: str) -> Response:
    return redirect(url_for("learning.shelf_quiz", slug=slug), 303)
