"""The steps of a document's life: handed over, published or sent back, retired, brought back."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from psot import clock
from psot.database import transaction
from psot.errors import Conflict
from psot.library import desk, operations
from psot.library.drafting import LONGEST_NOTE
from psot.library.pages import KINDS, blueprint, document_page, editor
from psot.library.validating import problems
from psot.library.wording import told

Step = Callable[[Session], object]


@blueprint.post(f"/editor/content/<{KINDS}:kind>/<name>/submit")
def submit(kind: str, name: str) -> ResponseReturnValue:
    """Hand the draft over to a second person, once it is complete."""
    with transaction() as session:
        body = dict(desk.opened(session, kind, name).present.body)
        wrong = problems(session, kind, name, body)
    if wrong:
        said = [f"{one.field}: {told(one)}" if one.field else told(one) for one in wrong]
        return document_page(kind, name, problems=said), 422
    done = gettext("Handed over: a second person reads and publishes it.")
    return _step(
        kind,
        name,
        done,
        lambda s: operations.submit(s, kind=kind, name=name, by=editor(), now=clock.now()),
    )


@blueprint.post(f"/editor/content/<{KINDS}:kind>/<name>/publish")
def publish(kind: str, name: str) -> ResponseReturnValue:
    """Put before readers what somebody else wrote."""
    if not request.form.get("confirmed"):
        problem = gettext("Confirm that you have read the document.")
        return document_page(kind, name, publish_problem=problem), 422
    return _step(
        kind,
        name,
        gettext("Published: readers get it now."),
        lambda s: operations.publish(
            s, kind=kind, name=name, by=editor(), now=clock.now(), note=_note()
        ),
    )


@blueprint.post(f"/editor/content/<{KINDS}:kind>/<name>/send-back")
def send_back(kind: str, name: str) -> ResponseReturnValue:
    """Give a draft back to its author, saying why."""
    if not _note():
        problem = gettext("Write what has to be changed.")
        return document_page(kind, name, note_problem=problem), 422
    return _step(
        kind,
        name,
        gettext("Sent back with your note."),
        lambda s: operations.reject(
            s, kind=kind, name=name, by=editor(), now=clock.now(), note=_note()
        ),
    )


@blueprint.post(f"/editor/content/<{KINDS}:kind>/<name>/discard")
def discard(kind: str, name: str) -> ResponseReturnValue:
    """Throw the draft away."""
    if not request.form.get("confirmed"):
        problem = gettext("Confirm that the draft may go.")
        return document_page(kind, name, discard_problem=problem), 422
    with transaction() as session:
        found = desk.opened(session, kind, name)
        alone = found.document.published is None and len(found.versions) == 1
    response = _step(
        kind,
        name,
        gettext("The draft is gone."),
        lambda s: operations.discard_draft(s, kind=kind, name=name, now=clock.now()),
    )
    return redirect(url_for("library.contents"), 303) if alone else response


@blueprint.post(f"/editor/content/<{KINDS}:kind>/<name>/retire")
def retire(kind: str, name: str) -> ResponseReturnValue:
    """Take a document from readers once the editor has written its name."""
    if request.form.get("name", "").strip() != name:
        problem = gettext("Write the name as it stands here: %(name)s", name=name)
        return document_page(kind, name, retire_problem=problem), 422
    return _step(
        kind,
        name,
        gettext("Retired: readers no longer get it. It can come back at any time."),
        lambda s: operations.retire(s, kind=kind, name=name, by=editor(), now=clock.now()),
    )


@blueprint.post(f"/editor/content/<{KINDS}:kind>/<name>/restore")
def restore(kind: str, name: str) -> ResponseReturnValue:
    """Bring a retired document back."""
    return _step(
        kind,
        name,
        gettext("It is back: readers get it again."),
        lambda s: operations.restore(s, kind=kind, name=name, by=editor(), now=clock.now()),
    )


@blueprint.post(f"/editor/content/<{KINDS}:kind>/<name>/versions/<int:number>/rollback")
def rollback(kind: str, name: str, number: int) -> ResponseReturnValue:
    """Publish an earlier version's text anew."""
    return _step(
        kind,
        name,
        gettext("The text of version %(number)s is published again.", number=number),
        lambda s: operations.rollback(
            s, kind=kind, name=name, number=number, by=editor(), now=clock.now()
        ),
    )


def _step(kind: str, name: str, done: str, step: Step) -> ResponseReturnValue:
    """Take a step and lead back to the document, saying what came of it."""
    try:
        with transaction() as session:
            step(session)
    except Conflict as error:
        flash(str(error.message), "warning")
    else:
        flash(done, "success")
    return redirect(url_for("library.document", kind=kind, name=name), 303)


def _note() -> str:
    return request.form.get("note", "").strip()[:LONGEST_NOTE]
