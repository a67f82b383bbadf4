"""What a member does to a post: change an own one, accept, thank, report."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from psot import clock
from psot.community import operations, queries
from psot.community.errors import BadPost, NotYours
from psot.community.forms import AnswerForm, AskForm, ReasonForm, id_in, show
from psot.community.pages import blueprint, look_at, me, offered, place
from psot.community.writing import FREELY
from psot.database import transaction

__all__: list[str] = []

FREE_MINUTES = int(FREELY.total_seconds() // 60)


@blueprint.route("/questions/<uuid:thread_id>/edit", methods=["GET", "POST"])
def edit_thread(thread_id: UUID) -> ResponseReturnValue:
    """Let the asker change the question."""
    with transaction() as session:
        found = look_at(session, thread_id)
        names = offered(session)
    if not found.author.own:
        raise NotYours(gettext("Only who wrote this may change it."))
    form = AskForm(title=found.title, topic=found.topic, text=found.text)
    form.offer(names)
    if request.method == "GET":
        return _edit_page(form, thread_id)
    if not form.validate_on_submit():
        return _edit_page(form, thread_id), 422
    try:
        with transaction() as session:
            operations.change_thread(
                session,
                thread=thread_id,
                member=me().id,
                topic=form.topic.data,
                title=form.title.data,
                text=form.text.data,
                now=clock.now(),
            )
    except BadPost as error:
        show(form, error)
        return _edit_page(form, thread_id), error.status
    flash(gettext("Your changes are kept."), "success")
    return redirect(place(thread_id), 303)


@blueprint.route(
    "/questions/<uuid:thread_id>/answers/<uuid:answer_id>/edit", methods=["GET", "POST"]
)
def edit_answer(thread_id: UUID, answer_id: UUID) -> ResponseReturnValue:
    """Let its author change an answer."""
    with transaction() as session:
        found = queries.answer_of(look_at(session, thread_id), answer_id)
    if not found.author.own:
        raise NotYours(gettext("Only who wrote this may change it."))
    form = AnswerForm(text=found.text)
    if request.method == "GET":
        return _edit_page(form, thread_id, answer_id)
    if not form.validate_on_submit():
        return _edit_page(form, thread_id, answer_id), 422
    try:
        with transaction() as session:
            operations.change_answer(
                session,
                thread=thread_id,
                answer=answer_id,
                member=me().id,
                text=form.text.data,
                now=clock.now(),
            )
    except BadPost as error:
        show(form, error)
        return _edit_page(form, thread_id, answer_id), error.status
    flash(gettext("Your changes are kept."), "success")
    return redirect(place(thread_id, answer_id), 303)


@blueprint.post("/questions/<uuid:thread_id>/answers/<uuid:answer_id>/accept")
def accept(thread_id: UUID, answer_id: UUID) -> Response:
    """Accept an answer as the asker or as an expert."""
    viewer = me()
    with transaction() as session:
        operations.accept(
            session,
            thread=thread_id,
            answer=answer_id,
            member=viewer.id,
            expert=viewer.has_role("expert"),
            now=clock.now(),
        )
    flash(gettext("The answer is accepted and stands first."), "success")
    return redirect(place(thread_id, answer_id), 303)


@blueprint.post("/questions/<uuid:thread_id>/answers/<uuid:answer_id>/thanks")
def thank(thread_id: UUID, answer_id: UUID) -> Response:
    """Thank for an answer."""
    with transaction() as session:
        operations.thank(
            session, thread=thread_id, answer=answer_id, member=me().id, now=clock.now()
        )
    return redirect(place(thread_id, answer_id), 303)


@blueprint.route("/questions/<uuid:thread_id>/report", methods=["GET", "POST"])
def report(thread_id: UUID) -> ResponseReturnValue:
    """Ask the editors to look at a question, or at the answer named in the address."""
    answer_id = id_in(request.args.get("answer", ""))
    with transaction() as session:
        found = look_at(session, thread_id)
        meant = queries.answer_of(found, answer_id) if answer_id else found
    form = ReasonForm()
    if request.method == "POST" and form.validate_on_submit():
        try:
            with transaction() as session:
                operations.report(
                    session,
                    thread=thread_id,
                    answer=answer_id,
                    member=me().id,
                    reason=form.reason.data,
                    note=form.note.data or "",
                    now=clock.now(),
                )
        except BadPost as error:
            show(form, error)
        else:
            flash(gettext("Thank you: the editors will look at it."), "success")
            return redirect(place(thread_id, answer_id), 303)
    page = render_template(
        "community/report.html", form=form, thread=found, meant=meant, answer_id=answer_id
    )
    return page, 422 if request.method == "POST" else 200


def _edit_page(form: AskForm | AnswerForm, thread_id: UUID, answer_id: UUID | None = None) -> str:
    return render_template(
        "community/edit.html",
        form=form,
        answer_id=answer_id,
        back=place(thread_id, answer_id),
        here=url_for(request.endpoint or "", **(request.view_args or {})),
        minutes=FREE_MINUTES,
    )
