"""The editors' desk: what members reported, what is off the page, doubles made one."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from psot import clock
from psot.community import operations, queries
from psot.community.errors import BadPost, CannotMerge, UnknownThread
from psot.community.forms import MergeForm, ReasonForm, id_in, show
from psot.community.pages import blueprint, look_at, me, place
from psot.community.values import REASONS
from psot.database import transaction

__all__: list[str] = []


@blueprint.get("/editor/questions")
def desk() -> str:
    """List the reported posts and those off the page."""
    with transaction() as session:
        reported = queries.reported(session)
        down = queries.taken_down(session)
    return render_template("community/desk.html", reported=reported, down=down, reasons=REASONS)


@blueprint.get("/editor/questions/<uuid:thread_id>")
def decide(thread_id: UUID) -> str:
    """Show one post to an editor, with everything that can be decided about it."""
    return _decide_page(thread_id, ReasonForm(formdata=None), MergeForm(formdata=None))


@blueprint.post("/editor/questions/<uuid:thread_id>/take-down")
def take_down(thread_id: UUID) -> ResponseReturnValue:
    """Take a post off the page, with a reason."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return _decide_page(thread_id, form, MergeForm(formdata=None)), 422
    try:
        with transaction() as session:
            operations.take_down(
                session,
                thread=thread_id,
                answer=_answer_id(),
                editor=me().id,
                reason=form.reason.data,
                note=form.note.data or "",
                now=clock.now(),
            )
    except BadPost as error:
        show(form, error)
        return _decide_page(thread_id, form, MergeForm(formdata=None)), error.status
    flash(gettext("It is off the page. Its author sees the reason."), "success")
    return redirect(url_for("community.desk"), 303)


@blueprint.post("/editor/questions/<uuid:thread_id>/restore")
def restore(thread_id: UUID) -> Response:
    """Put a post back on the page."""
    with transaction() as session:
        operations.restore(
            session, thread=thread_id, answer=_answer_id(), editor=me().id, now=clock.now()
        )
    flash(gettext("It is on the page again."), "success")
    return redirect(url_for("community.desk"), 303)


@blueprint.post("/editor/questions/<uuid:thread_id>/dismiss")
def dismiss(thread_id: UUID) -> Response:
    """Leave a reported post where it is."""
    with transaction() as session:
        operations.dismiss(
            session, thread=thread_id, answer=_answer_id(), editor=me().id, now=clock.now()
        )
    flash(gettext("The reports are settled; the post stays."), "success")
    return redirect(url_for("community.desk"), 303)


@blueprint.post("/editor/questions/<uuid:thread_id>/merge")
def merge(thread_id: UUID) -> ResponseReturnValue:
    """Make a question the double of another."""
    form = MergeForm()
    into = id_in(str(form.into.data or ""))
    if not form.validate_on_submit() or into is None:
        form.into.errors = [*form.into.errors, gettext("Paste the address of a question.")]
        return _decide_page(thread_id, ReasonForm(formdata=None), form), 422
    try:
        with transaction() as session:
            stands = operations.merge(
                session, thread=thread_id, into=into, editor=me().id, now=clock.now()
            )
    except (CannotMerge, UnknownThread) as error:
        form.into.errors = [*form.into.errors, str(error.message)]
        return _decide_page(thread_id, ReasonForm(formdata=None), form), error.status
    flash(gettext("The two questions are one now."), "success")
    return redirect(place(stands), 303)


def _decide_page(thread_id: UUID, form: ReasonForm, merging: MergeForm) -> str:
    answer_id = _answer_id()
    with transaction() as session:
        found = look_at(session, thread_id)
        meant = queries.answer_of(found, answer_id) if answer_id else found
        post = answer_id or thread_id
        reports = [one for one in queries.reported(session) if (one.answer or one.thread) == post]
    return render_template(
        "community/decide.html",
        thread=found,
        meant=meant,
        answer_id=answer_id,
        form=form,
        merging=merging,
        reported=reports[0] if reports else None,
        reasons=REASONS,
    )


def _answer_id() -> UUID | None:
    """Return the answer that the address means, None for the question itself."""
    return id_in(request.args.get("answer", ""))
